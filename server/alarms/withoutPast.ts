import type { ConditionChange } from '../ports/conditions.ts';

/** What was over for longer when it was first heard of is history: nobody can do anything about it. */
const PAST_MS = 60_000;

/**
 * [LC17] Leaves out what began and ended before anybody here heard of it, e.g. silences between the batches of a feed that catches up. What of
 * it still stands, or was open before, is left in.
 */
export function withoutPast(changes: readonly ConditionChange[], isOpen: (alarmId: string) => boolean, nowMs: number): readonly ConditionChange[] {
  /** Of each condition that has begun and not ended, where it is spoken of. */
  const placesById = new Map<string, number[]>();
  const left = new Set<number>();
  changes.forEach((change, at) => {
    const alarmId = alarmIdOf(change);
    const places = placesById.get(alarmId);
    if (places !== undefined) places.push(at);
    else if (change.kind === 'holds') placesById.set(alarmId, [at]);
    if (change.kind !== 'over') return;
    placesById.delete(alarmId);
    if (places !== undefined && !isOpen(alarmId) && nowMs - change.atMs > PAST_MS) for (const place of places) left.add(place);
  });
  return left.size === 0 ? changes : changes.filter((_, at) => !left.has(at));
}

function alarmIdOf(change: ConditionChange): string {
  return change.kind === 'holds' ? change.standing.condition.id : change.alarmId;
}
