import type { SourceId } from '../../shared/domain/ids.ts';
import type { FeedLinkStatus } from '../../shared/protocol/feeds.ts';

/** A connection that we keep open for a feed. */
export interface FeedLink {
  status(): FeedLinkStatus & { readonly feedId: SourceId };
  /** Resolves once nothing more is handed to the door. What was not stored stays with the broker. */
  close(): Promise<void>;
}
