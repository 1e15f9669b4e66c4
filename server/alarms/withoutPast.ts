import type { ConditionChange } from '../ports/conditions.ts';

/** What was over for longer when it was first heard of is history: nobody can do anything about it. */
const PAST_MS = 60_000;

/**
 * [LC17] Leaves out what began and ended before anybody here heard of it, e.g. silences between the batches of a feed that catches up. What of
 * it still stands, or was open before, is left in.
 */
export function withoutPast(changes: readonly ConditionChange[], isOpen: (alarmId: string) => boolean, nowMs: number): readonly ConditionChange[] {
  const beganAtById = new Map<string, number>();
  const left = new Set<number>();
  changes.forEach((change, at) => {
    if (change.kind === 'holds') {
      if (!beganAtById.has(change.standing.condition.id)) beganAtById.set(change.standing.condition.id, at);
      return;
    }
    if (change.kind !== 'over') return;
    const beganAt = beganAtById.get(change.alarmId);
    beganAtById.delete(change.alarmId);
    if (beganAt === undefined || isOpen(change.alarmId) || nowMs - change.atMs <= PAST_MS) return;
    for (let index = beganAt; index <= at; index++) if (alarmIdOf(changes[index]) === change.alarmId) left.add(index);
  });
  return left.size === 0 ? changes : changes.filter((_, at) => !left.has(at));
}

function alarmIdOf(change: ConditionChange | undefined): string | undefined {
  return change?.kind === 'holds' ? change.standing.condition.id : change?.alarmId;
}
