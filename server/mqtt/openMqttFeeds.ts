import type { FeedLink } from '../ports/feedLinks.ts';
import type { FeedFormat, FeedSettings } from '../ports/feedSettings.ts';
import { type MqttFeedOptions, openMqttFeed } from './openMqttFeed.ts';
import type { MessageAdapter } from './readMessage.ts';

export interface MqttFeedsOptions extends Omit<MqttFeedOptions, 'adapter'> {
  readonly adapters: ReadonlyMap<FeedFormat, MessageAdapter>;
}

/** One connection for each feed that has `mqtt` in its settings. @throws Error if one can never work */
export function openMqttFeeds(feeds: readonly FeedSettings[], { adapters, ...options }: MqttFeedsOptions): readonly FeedLink[] {
  return feeds.flatMap((feed) => {
    const { mqtt } = feed;
    if (mqtt === undefined) return [];
    const adapter = adapters.get(feed.format);
    if (adapter === undefined) throw new Error(`Feed "${feed.id}" has "mqtt" and format "${feed.format}", which this version does not read. Known: ${[...adapters.keys()].join(', ')}.`);
    if (!adapter.accepts.some(({ reading }) => reading === undefined || reading === 'json')) {
      throw new Error(`Feed "${feed.id}" has "mqtt", and format "${feed.format}" is sent in lines, which MQTT messages are not. Send it by HTTP or syslog, or as CloudEvents.`);
    }
    return [openMqttFeed({ ...feed, mqtt }, { ...options, adapter })];
  });
}
