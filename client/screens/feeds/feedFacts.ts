import type { FeedsDto } from '../../../shared/protocol/answers.ts';
import type { FeedStatus } from '../../../shared/protocol/feeds.ts';

/** Why items are refused, in words of the catalogues; a reason of a newer server is shown by its own name. */
const REASONS = [
  'malformed', 'malformed-item', 'malformed-request', 'unknown-indicator', 'unknown-locality', 'not-observed-here', 'implausible-value', 'id-conflict', 'too-many-sources',
  'too-late', 'future', 'duplicate', 'out-of-scope', 'book-full', 'too-many-requests', 'too-large', 'unsupported-media-type', 'unauthorized', 'feed-refused', 'wrong-format', 'not-allowed', 'too-many', 'not-its-source', 'inbox-full', 'store-full', 'not-stored',
] as const;
type Reason = (typeof REASONS)[number];

export function isKnownReason(reason: string): reason is Reason {
  return REASONS.some((known) => known === reason);
}

/** A clock ahead by more than this is worth a word; the gate refuses what is a minute ahead. */
const SKEW_LIMIT_MS = 5_000;

export type FeedTrouble = 'silent' | 'late' | 'clock' | 'turnedAway' | 'refused' | 'unplaced';

/** What to look at first; `null`: nothing. Silence before everything: what a silent feed last did says little. */
export function troubleOf({ freshness, expectEveryMs, lastSeenAtMs, skewMs, items, turnedAway, unplaced }: FeedStatus): FeedTrouble | null {
  if (expectEveryMs !== null && lastSeenAtMs !== null && (freshness === 'stale' || freshness === 'dead')) return 'silent';
  if (freshness === 'late') return 'late';
  if (skewMs !== null && skewMs < -SKEW_LIMIT_MS) return 'clock';
  if (turnedAway.length > 0) return 'turnedAway';
  if (items.rejected + items.quarantined > 0) return 'refused';
  return unplaced > 0 ? 'unplaced' : null;
}

const RANK: Readonly<Record<FeedTrouble | 'none', number>> = { silent: 0, late: 1, clock: 2, turnedAway: 3, refused: 4, unplaced: 5, none: 6 };

/** Those in trouble first, then by id, so that rows stand still while nothing changes. */
export function inTroubleOrder(feeds: readonly FeedStatus[]): readonly FeedStatus[] {
  const rankOf = (feed: FeedStatus) => RANK[troubleOf(feed) ?? 'none'];
  return [...feeds].sort((a, b) => rankOf(a) - rankOf(b) || a.id.localeCompare(b.id));
}

export type SourceStatus = FeedsDto['sources'][number];
const FRESHNESS_RANK = { dead: 0, stale: 1, late: 2, never: 3, fresh: 4 } as const;

/** Sources of the channel that do not speak as promised, the longest silent first. */
export function silentSources(sources: readonly SourceStatus[]): readonly SourceStatus[] {
  return sources.filter(({ freshness }) => freshness !== 'fresh')
    .sort((a, b) => FRESHNESS_RANK[a.freshness] - FRESHNESS_RANK[b.freshness] || (a.lastReceivedAtMs ?? 0) - (b.lastReceivedAtMs ?? 0) || a.sourceId.localeCompare(b.sourceId));
}
