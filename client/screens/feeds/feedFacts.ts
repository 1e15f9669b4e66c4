import type { FeedsDto } from '../../../shared/protocol/answers.ts';
import type { FeedStatus } from '../../../shared/protocol/feeds.ts';

/** Why items are refused, in words of the catalogues; a reason of a newer server is shown by its own name. */
const REASONS = [
  'malformed', 'malformed-item', 'malformed-request', 'unknown-indicator', 'unknown-locality', 'not-observed-here', 'implausible-value', 'id-conflict', 'too-many-sources',
  'too-late', 'future', 'duplicate', 'out-of-scope', 'book-full', 'too-many-requests', 'too-large', 'unsupported-media-type', 'unauthorized', 'feed-refused', 'wrong-format', 'not-allowed', 'too-many', 'not-its-source', 'inbox-full', 'store-full', 'not-stored',
  'not-shown-here', 'foreign-origin',
] as const;
type Reason = (typeof REASONS)[number];

export function isKnownReason(reason: string): reason is Reason {
  return REASONS.some((known) => known === reason);
}

/** A clock ahead by more than this is worth a word; the gate refuses what is a minute ahead. */
const SKEW_LIMIT_MS = 5_000;

/** What was refused longer ago is in the lists still, and nothing to see to any more: counts run from the start of the server. */
const RECENT_MS = 3_600_000;

export function isRecent(atMs: number, nowMs: number): boolean {
  return nowMs - atMs < RECENT_MS;
}

const TROUBLES = ['silent', 'link', 'late', 'clock', 'turnedAway', 'refused', 'unplaced', 'never'] as const;
export type FeedTrouble = (typeof TROUBLES)[number];

/** What to look at first; `null`: nothing. Silence before everything: what a silent feed last did says little. */
export function troubleOf({ freshness, expectEveryMs, lastSeenAtMs, skewMs, refused, turnedAway, unplaced, link }: FeedStatus, nowMs: number): FeedTrouble | null {
  if (freshness === 'stale' || freshness === 'dead') return 'silent';
  if (link !== null && !link.isConnected) return 'link';
  if (freshness === 'late') return 'late';
  if (skewMs !== null && skewMs < -SKEW_LIMIT_MS) return 'clock';
  if (turnedAway.some(({ lastAtMs }) => isRecent(lastAtMs, nowMs))) return 'turnedAway';
  if (refused.some(({ atMs }) => isRecent(atMs, nowMs))) return 'refused';
  if (unplaced > 0) return 'unplaced';
  return expectEveryMs !== null && lastSeenAtMs === null ? 'never' : null;
}

/** Those in trouble first, then by id, so that rows stand still while nothing changes. */
export function inTroubleOrder(feeds: readonly FeedStatus[], nowMs: number): readonly FeedStatus[] {
  const rankOf = (feed: FeedStatus) => {
    const trouble = troubleOf(feed, nowMs);
    return trouble === null ? TROUBLES.length : TROUBLES.indexOf(trouble);
  };
  return [...feeds].sort((a, b) => rankOf(a) - rankOf(b) || a.id.localeCompare(b.id));
}

type SourceStatus = FeedsDto['sources'][number];
const FRESHNESS_RANK = { dead: 0, stale: 1, late: 2, never: 3, fresh: 4 } as const;

/** Sources of the channel that have spoken and do not keep their promise, the longest silent first. */
export function silentSources(sources: readonly SourceStatus[]): readonly SourceStatus[] {
  return sources.filter(({ freshness }) => freshness !== 'fresh' && freshness !== 'never')
    .sort((a, b) => FRESHNESS_RANK[a.freshness] - FRESHNESS_RANK[b.freshness] || (a.lastReceivedAtMs ?? 0) - (b.lastReceivedAtMs ?? 0) || a.sourceId.localeCompare(b.sourceId));
}
