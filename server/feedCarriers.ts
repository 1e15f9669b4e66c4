import { setTimeout as delay } from 'node:timers/promises';
import { parseStrictJson } from './http/strictJson.ts';
import { openMqttFeeds } from './mqtt/openMqttFeeds.ts';
import { openSyslog } from './openSyslog.ts';
import type { FeedAdapter } from './ports/feed.ts';
import type { FeedDoor } from './ports/feedDoor.ts';
import type { FeedLink } from './ports/feedLinks.ts';
import type { FeedSettings } from './ports/feedSettings.ts';

/** As deep as posted JSON. */
const MAX_DEPTH = 32;

export interface FeedCarriersOptions {
  readonly feeds: readonly FeedSettings[];
  readonly adapters: readonly FeedAdapter[];
  readonly door: FeedDoor;
  readonly nowMs: () => number;
  readonly onError: (error: unknown) => void;
}

export interface FeedCarriers {
  readonly links: readonly FeedLink[];
  /** Resolves once what was taken is answered. */
  close(): Promise<void>;
}

/** What brings feeds in beside HTTP: syslog listeners and MQTT subscriptions. @throws Error if one can never work, e.g. a port is taken. */
export async function openFeedCarriers({ feeds, adapters, door, nowMs, onError }: FeedCarriersOptions): Promise<FeedCarriers> {
  const syslog = await openSyslog({ door, adapters, nowMs, wait: (waitMs, signal) => delay(waitMs, undefined, { signal }) });
  const links = openMqttFeeds(feeds, {
    door, adapters: new Map(adapters.map((adapter) => [adapter.format, adapter])), parseJson: (text, options) => parseStrictJson(text, MAX_DEPTH, options), nowMs, random: Math.random, onError,
  });
  return {
    links,
    async close() {
      await Promise.all([syslog.close(), ...links.map((link) => link.close())]);
    },
  };
}
