import type { Alarm } from '../../shared/domain/alarm.ts';
import type { SlotMemory } from './conditionSlot.ts';

/** What is remembered of one condition from one set of rules to the next, or over a restart. */
export interface ConditionMemory extends Omit<SlotMemory, 'rule'> {
  /** By which rule it held. */
  readonly ruleId: string;
  readonly value: number | null;
  readonly isLost: boolean;
  readonly localityCode: string;
}

/** By the alarm's id. */
export type ConditionMemories = ReadonlyMap<string, ConditionMemory>;

/** [LC12] What the log of alarms says of before this start: of waiting nothing, and what stood stands. Alarms that no rule here has raised are of others. */
export function memoriesOf(open: readonly Alarm[]): ConditionMemories {
  return new Map(open.flatMap(({ id, kind, ruleId, returnedAtMs, sinceMs, value, dataLost, localityCode }): [string, ConditionMemory][] =>
    (ruleId === null || returnedAtMs !== null || kind === 'alert' || kind === 'system' ? []
      : [[id, { ruleId, sinceMs, isRaised: true, goneSinceMs: null, waitsFromMs: 0, value, isLost: dataLost, localityCode }]])));
}
