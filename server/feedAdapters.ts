import type { FeedAdapter } from './ports/feed.ts';

/** Every format a feed may speak, besides CloudEvents. */
export const feedAdapters: readonly FeedAdapter[] = [];
