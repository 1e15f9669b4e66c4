import { type Freshness, freshnessAt, sourceLimits } from '../shared/domain/freshness.ts';
import type { FeedItemOutcome, FeedStatus } from '../shared/protocol/feeds.ts';
import type { FeedSettings } from './ports/feedSettings.ts';

const MINUTE_MS = 60_000;
const SKEW_MINUTES = 60;
/** Ten deliveries a second; of more, the newest are looked at. */
const MOST_LAGS = 600;
const MOST_REFUSED = 5;
const DETAIL_CHARACTERS = 200;
/** Reasons are the names of problems; this only guards against a mistake of ours. */
const MOST_REASONS = 32;

type TurnedAway = FeedStatus['turnedAway'][number];

/** Counts by reason, with the last detail. */
function createReasons() {
  const byReason = new Map<string, TurnedAway>();
  return {
    note(reason: string, detail: string, atMs: number): void {
      const name = byReason.has(reason) || byReason.size < MOST_REASONS ? reason : 'other';
      byReason.set(name, { reason: name, count: (byReason.get(name)?.count ?? 0) + 1, lastAtMs: atMs, lastDetail: cut(detail) });
    },
    list: (): TurnedAway[] => [...byReason.values()],
  };
}

/** What one feed has sent, in bounded memory. */
export interface FeedTally {
  /** `newestAtMs`: the newest moment that something new in the delivery speaks of; `null`: nothing in it is new. */
  note(outcomes: readonly FeedItemOutcome[], newestAtMs: number | null, receivedAtMs: number): void;
  noteSeen(atMs: number): void;
  noteRefused(reason: string, detail: string, atMs: number): void;
  readonly turnedAway: ReturnType<typeof createReasons>;
  readonly lastSeenAtMs: number | null;
  /** As `FeedStatus` has it. */
  skewMs(nowMs: number): number | null;
  status(nowMs: number, unplaced: number): FeedStatus;
}

/** @param seenAtMs when it was last heard in an earlier run; `null`: never */
export function createFeedTally({ id, name, format, localities, expectEveryMs }: FeedSettings, seenAtMs: number | null): FeedTally {
  const items = { stored: 0, duplicate: 0, quarantined: 0, rejected: 0, ignored: 0 };
  const refused: FeedStatus['refused'] = [];
  const turnedAway = createReasons();
  const lags: { readonly atMs: number; readonly lagMs: number }[] = [];
  const smallestByMinute = new Map<number, number>();
  let lastSeenAtMs = seenAtMs;

  function noteLag(lagMs: number, atMs: number): void {
    lags.push({ atMs, lagMs });
    if (lags.length > MOST_LAGS) lags.shift();
    const minute = Math.floor(atMs / MINUTE_MS);
    smallestByMinute.set(minute, Math.min(lagMs, smallestByMinute.get(minute) ?? lagMs));
    for (const old of smallestByMinute.keys()) if (old <= minute - SKEW_MINUTES) smallestByMinute.delete(old);
  }

  function freshnessOf(nowMs: number): Freshness {
    if (lastSeenAtMs === null) return 'never';
    return expectEveryMs === null ? 'fresh' : freshnessAt(nowMs - lastSeenAtMs, sourceLimits(expectEveryMs));
  }

  function skewAt(nowMs: number): number | null {
    const lastMinute = Math.floor(nowMs / MINUTE_MS);
    const smallest = [...smallestByMinute].filter(([minute]) => minute > lastMinute - SKEW_MINUTES).map(([, lagMs]) => lagMs);
    return smallest.length === 0 ? null : Math.min(...smallest);
  }

  return {
    turnedAway, skewMs: skewAt,
    get lastSeenAtMs() { return lastSeenAtMs; },
    note(outcomes, newestAtMs, receivedAtMs) {
      for (const { outcome } of outcomes) items[outcome] += 1;
      if (newestAtMs !== null) noteLag(receivedAtMs - newestAtMs, receivedAtMs);
    },
    noteSeen(atMs) { lastSeenAtMs = Math.max(lastSeenAtMs ?? atMs, atMs); },
    noteRefused(reason, detail, atMs) {
      refused.unshift({ atMs, reason, detail: cut(detail) });
      refused.length = Math.min(refused.length, MOST_REFUSED);
    },
    status(nowMs, unplaced) {
      const recent = lags.filter(({ atMs }) => atMs > nowMs - MINUTE_MS).map(({ lagMs }) => lagMs).sort((a, b) => a - b);
      return {
        id, name, format, localities: [...localities], expectEveryMs, lastSeenAtMs, freshness: freshnessOf(nowMs), items: { ...items },
        lagMs: recent.length === 0 ? null : { median: recent[Math.floor((recent.length - 1) / 2)] ?? 0, max: recent.at(-1) ?? 0 },
        skewMs: skewAt(nowMs),
        unplaced, refused: [...refused], turnedAway: turnedAway.list(), link: null,
      };
    },
  };
}

function cut(detail: string): string {
  return detail.length <= DETAIL_CHARACTERS ? detail : `${detail.slice(0, DETAIL_CHARACTERS - 1)}…`;
}
