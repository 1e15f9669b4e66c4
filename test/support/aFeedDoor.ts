import type { DecodedItem } from '../../server/ports/feed.ts';
import type { FeedDoor } from '../../server/ports/feedDoor.ts';
import type { FeedSettings } from '../../server/ports/feedSettings.ts';

/** A door that keeps what it is given, and that a test can hold shut or let refuse. */
export function aFeedDoor(...feeds: readonly FeedSettings[]) {
  const items: DecodedItem[] = [];
  const itemsByFeed = new Map<string, DecodedItem[]>();
  const turnedAway: { reason: string; detail: string }[] = [];
  const refusals: Error[] = [];
  let opened: PromiseWithResolvers<void> | null = null;
  let watchers: (() => void)[] = [];
  let calls = 0;
  const tell = () => { for (const watch of watchers) watch(); };

  const door: FeedDoor = {
    settingsOf: (feedId) => feeds.find(({ id }) => id === feedId),
    feedsOf: (format) => feeds.filter((feed) => feed.format === format),
    async take(feed, taken) {
      calls += 1;
      tell();
      await opened?.promise;
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
      items.push(...taken);
      itemsByFeed.set(feed.id, [...itemsByFeed.get(feed.id) ?? [], ...taken]);
      tell();
      return taken.map(({ id }) => ({ id, outcome: 'stored' as const, reason: null, detail: null, isPlaced: true }));
    },
    noteJudged() {},
    noteTurnedAway(_feedId, reason, detail) {
      turnedAway.push({ reason, detail });
      tell();
    },
  };

  return {
    door, items, turnedAway,
    itemsOf: (feedId: string): readonly DecodedItem[] => itemsByFeed.get(feedId) ?? [],
    get calls() { return calls; },
    hold() { opened = Promise.withResolvers<void>(); },
    release() {
      opened?.resolve();
      opened = null;
    },
    /** The next call is answered with this. */
    refuseOnce(error: Error) { refusals.push(error); },
    /** Resolves when it is so; looks after every call and every refusal. */
    until(isSo: () => boolean): Promise<void> {
      return new Promise((resolve) => {
        const watch = () => {
          if (!isSo()) return;
          watchers = watchers.filter((other) => other !== watch);
          resolve();
        };
        watchers.push(watch);
        watch();
      });
    },
  };
}

/** InboxFullError as the ingest throws it. */
export function inboxFull(): Error {
  return Object.assign(new Error('inbox is full'), { name: 'InboxFullError', retryAfterMs: 5_000 });
}
