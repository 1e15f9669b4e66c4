import type { AlarmCondition } from '../../shared/domain/alarm.ts';
import type { AlarmEventOf } from '../../shared/domain/alarmEvent.ts';

/** How a rule lets an occurrence live. */
export type AlarmLife = Pick<AlarmEventOf<'raised'>, 'isLatching' | 'needsAckOnReturn' | 'reAlarmAfterMs'>;

/** A condition that holds, since when, and how it may live. */
export interface StandingCondition {
  readonly condition: AlarmCondition;
  /** Data time it became true. Epoch ms. */
  readonly sinceMs: number;
  readonly life: AlarmLife;
}

/** What watchers of readings, alerts and machines say. The alarm log decides what of it is news. */
export type ConditionChange =
  /** It holds, or holds and has become something else. */
  | { readonly kind: 'holds'; readonly standing: StandingCondition }
  /** By a newer reading or its sender's word, never by silence. */
  | { readonly kind: 'over'; readonly alarmId: string; readonly atMs: number }
  | { readonly kind: 'data'; readonly alarmId: string; readonly isLost: boolean }
  /** Its sender has said it so many times by now. Each is written down: whoever tells it does so now and then, and with the end ([AI3]). */
  | { readonly kind: 'count'; readonly alarmId: string; readonly count: number };
