import type { SourceId } from '../../shared/domain/ids.ts';
import type { FeedItemOutcome, FeedStatus } from '../../shared/protocol/feeds.ts';
import type { DecodedItem } from './feed.ts';
import type { FeedFormat, FeedSettings } from './feedSettings.ts';
import type { Outcome } from './ingest.ts';

/**
 * The one way in for what feeds send, whatever carried it: HTTP, syslog, MQTT, an uploaded sheet. Behind it candidates go to the gate and
 * reports to the log of reports and the books.
 */
export interface FeedDoor {
  /** By id; `undefined`: no such feed is configured. */
  settingsOf(feedId: SourceId): FeedSettings | undefined;
  feedsOf(format: FeedFormat): readonly FeedSettings[];
  /**
   * Resolves after commit with one outcome per item, in order. Rejects as `HttpDependencies.ingest` does, and then what was stored is
   * recognised when it is sent again. A place or indicator outside the feed's scope is rejected item by item.
   */
  take(feed: FeedSettings, items: readonly DecodedItem[], receivedAtMs: number): Promise<readonly FeedItemOutcome[]>;
  /** What came of candidates of this feed that were handed to the gate beside `take`, in order; none: an empty delivery. Counted as `take` counts its own. */
  noteJudged(feed: FeedSettings, items: readonly DecodedItem[], outcomes: readonly Outcome[], receivedAtMs: number): void;
  /** What came under this feed's name and was turned away before it could be read: no right token, too much, not its format. */
  noteTurnedAway(feedId: SourceId, reason: string, detail: string, atMs: number): void;
}

/** How each configured feed does, for those who run the wall. */
export interface FeedStatuses {
  list(): readonly FeedStatus[];
}
