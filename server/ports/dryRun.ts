import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { DryRunDto } from '../../shared/protocol/alarmRules.ts';
import type { ChannelView } from './channel.ts';

export interface DryRunAsk {
  readonly channel: Pick<ChannelView, 'table' | 'history'>;
  /** On a state, a band or members. */
  readonly rule: AlarmRule;
  readonly inForce: readonly AlarmRule[];
  /** Epoch ms; the last moment is excluded. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Aborted: nobody waits for the answer any more, and the run rejects with its reason. */
  readonly signal: AbortSignal;
}

/** [RU5] What a rule, and the one in force of its id, would have raised over what history keeps. */
export type DryRun = (ask: DryRunAsk) => Promise<Omit<DryRunDto, 'channel'>>;
