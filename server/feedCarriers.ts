import { setTimeout as delay } from 'node:timers/promises';
import type { SourceId } from '../shared/domain/ids.ts';
import type { FeedLinkStatus } from '../shared/protocol/feeds.ts';
import { MAX_DEPTH, parseStrictJson } from './http/strictJson.ts';
import { openMqttFeeds } from './mqtt/openMqttFeeds.ts';
import { openSyslog } from './openSyslog.ts';
import type { FeedAdapter } from './ports/feed.ts';
import type { FeedDoor } from './ports/feedDoor.ts';
import type { FeedSettings } from './ports/feedSettings.ts';

export interface FeedCarriersOptions {
  readonly feeds: readonly FeedSettings[];
  readonly adapters: readonly FeedAdapter[];
  readonly door: FeedDoor;
  readonly nowMs: () => number;
  readonly onError: (error: unknown) => void;
}

export interface FeedCarriers {
  /** `null`: nothing is kept open for this feed. */
  linkOf(feedId: SourceId): FeedLinkStatus | null;
  /** Resolves once what was taken is answered. */
  close(): Promise<void>;
}

/** What brings feeds in beside HTTP: syslog listeners and MQTT subscriptions. @throws Error if one can never work, e.g. a port is taken. */
export async function openFeedCarriers({ feeds, adapters, door, nowMs, onError }: FeedCarriersOptions): Promise<FeedCarriers> {
  const syslog = await openSyslog({ door, adapters, nowMs, onError, wait: (waitMs, signal) => delay(waitMs, undefined, { signal }) });
  const links = openMqttFeeds(feeds, {
    door, adapters: new Map(adapters.map((adapter) => [adapter.format, adapter])), parseJson: (text, options) => parseStrictJson(text, MAX_DEPTH, options), nowMs, random: Math.random, onError,
  });
  return {
    linkOf(feedId) {
      const link = links.find((each) => each.status().feedId === feedId);
      if (link === undefined) return null;
      const { feedId: _feedId, ...status } = link.status();
      return status;
    },
    async close() {
      await Promise.all([syslog.close(), ...links.map((link) => link.close())]);
    },
  };
}
