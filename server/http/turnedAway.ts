import type { FeedsDto } from '../../shared/protocol/answers.ts';

type Entry = FeedsDto['turnedAway'][number];

/** What was posted and never became a candidate, by reason. The gate counts the rest. */
export interface TurnedAwayTally {
  note(reason: string, count: number, detail: string, atMs: number): void;
  list(): Entry[];
}

/** Reasons are the names of problems, so their number is bounded. */
export function createTurnedAwayTally(): TurnedAwayTally {
  const entriesByReason = new Map<string, Entry>();
  return {
    note(reason, count, detail, atMs) {
      const before = entriesByReason.get(reason)?.count ?? 0;
      entriesByReason.set(reason, { reason, count: before + count, lastAtMs: atMs, lastDetail: detail.slice(0, 500) });
    },
    list: () => [...entriesByReason.values()],
  };
}
