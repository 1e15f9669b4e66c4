import { expect, test } from 'vitest';
import { createFeedAdapters } from '../../server/feedAdapters.ts';
import { openFeedCarriers } from '../../server/feedCarriers.ts';
import { FeedSettings } from '../../server/ports/feedSettings.ts';
import { indicators, smallNation } from '../support/aChannelView.ts';
import { aFeedDoor } from '../support/someFeeds.ts';

test.each(['suricata', 'cef'])('[MQ7] a feed of %s, which is sent in lines, cannot come by MQTT: the start is refused, and says what can', async (format) => {
  const feed = FeedSettings.parse({
    id: 'soc-10', name: { vi: 'SOC', en: 'SOC' }, format, localities: ['10'], expectEveryMs: null,
    mqtt: { url: 'mqtt://127.0.0.1:1883', topics: ['soc/#'], clientId: 'ioc' },
  });
  const adapters = createFeedAdapters({ edition: '2021', localities: smallNation, indicators });
  await expect(openFeedCarriers({ feeds: [feed], adapters, door: aFeedDoor([feed]), nowMs: () => 0, onError: () => {} })).rejects.toThrow(/"soc-10" has "mqtt".*in lines.*HTTP or syslog/);
});
