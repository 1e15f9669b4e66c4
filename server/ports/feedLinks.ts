import type { SourceId } from '../../shared/domain/ids.ts';

/** How a connection that we keep open for a feed is doing; for the feeds page. Times are epoch ms. */
interface FeedLinkStatus {
  readonly feedId: SourceId;
  readonly carrier: 'mqtt';
  /** Without name or password. */
  readonly url: string;
  readonly isConnected: boolean;
  /** Since when it is (or is not) connected. */
  readonly sinceMs: number;
  /** Messages since our start: taken means that the broker may forget them. */
  readonly taken: number;
  /** Messages nobody could read; they are counted under the feed as turned away. */
  readonly unreadable: number;
  readonly lastMessageAtMs: number | null;
  /** Topics that the broker does not let us subscribe to. */
  readonly refusedTopics: readonly string[];
  /** The newest trouble, also when it is over. */
  readonly lastError: { readonly atMs: number; readonly text: string } | null;
}

export interface FeedLink {
  status(): FeedLinkStatus;
  /** Resolves once nothing more is handed to the door. What was not stored stays with the broker. */
  close(): Promise<void>;
}
