import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildSeriesTable } from '../../shared/domain/seriesTable.ts';
import type { FeedItemOutcome } from '../../shared/protocol/feeds.ts';
import { parseStrictJson } from '../../server/http/strictJson.ts';
import { createGate } from '../../server/ingest/gate.ts';
import { openMqttFeeds } from '../../server/mqtt/openMqttFeeds.ts';
import type { FeedDoor } from '../../server/ports/feedDoor.ts';
import { FeedSettings } from '../../server/ports/feedSettings.ts';
import type { FeedLink } from '../../server/ports/feedLinks.ts';
import { createCloudEventsFeed } from '../../server/sources/cloudevents/decode.ts';
import { aLand, anIndicator } from '../support/aCatalogue.ts';
import { ensureDebian } from '../support/debianService.ts';
import { type Mosquitto, startMosquitto } from '../support/mosquitto.ts';

const binary = await ensureDebian('mosquitto', 'mosquitto');
const indicators = [anIndicator()];
const adapter = createCloudEventsFeed(indicators);
const until = (isSo: () => boolean, what: string) => vi.waitFor(() => { if (!isSo()) throw new Error(`Still waiting for: ${what}.`); }, { timeout: 30_000, interval: 20 });
const NOW_MS = Date.parse('2026-03-01T08:00:00+07:00');

const anEvent = (id: string, value = 1) => JSON.stringify({
  specversion: '1.0', id, source: '/tinh-01/iot', type: 'vn.ioc.observation.v1', subject: '001', time: '2026-03-01T07:59:00+07:00', data: { indicator: 'dossiers-received', value },
});

/** The real gate behind a door that can be made to fail. */
function aDoor() {
  const gate = createGate({ table: buildSeriesTable(aLand(), indicators), sources: [] });
  const outcomes: FeedItemOutcome[] = [];
  const turnedAway: string[] = [];
  const door = {
    isBroken: false, refused: 0, outcomes, turnedAway,
    async take(_feed, items, receivedAtMs) {
      if (door.isBroken) {
        door.refused += 1;
        throw Object.assign(new Error('More is waiting than this server takes.'), { name: 'InboxFullError', retryAfterMs: 1 });
      }
      const candidates = items.flatMap((item) => (item.kind === 'candidate' ? [{ candidate: item.candidate, receivedAtMs }] : []));
      const judged = gate.admit(candidates).results.map(({ kind }, at): FeedItemOutcome =>
        ({ id: items[at]?.id ?? null, outcome: kind === 'accepted' ? 'stored' : kind, reason: null, detail: null, isPlaced: true }));
      outcomes.push(...judged);
      return judged;
    },
    noteTurnedAway(_feedId, reason) { turnedAway.push(reason); },
  } satisfies Pick<FeedDoor, 'take' | 'noteTurnedAway'> & Record<string, unknown>;
  return door;
}

describe.skipIf(binary === null)('MQTT from a real Mosquitto', () => {
  let broker: Mosquitto;
  let door: ReturnType<typeof aDoor>;
  const links: FeedLink[] = [];

  beforeEach(async () => {
    broker = await startMosquitto(binary ?? '');
    door = aDoor();
  });
  afterEach(async () => {
    await Promise.all(links.splice(0).map((link) => link.close()));
    await broker.remove();
  });

  function open(more: object = {}): FeedLink {
    const feed = FeedSettings.parse({
      id: 'tinh-01-iot', name: { vi: 'Tỉnh 01', en: 'Province 01' }, format: 'cloudevents', localities: ['01'], expectEveryMs: null,
      mqtt: { url: broker.url, topics: ['ioc/01/#'], clientId: 'ioc-tinh-01', ...more },
    });
    const [link] = openMqttFeeds([feed], {
      adapters: new Map([['cloudevents', adapter]]), door, parseJson: (text) => parseStrictJson(text, 32), nowMs: () => NOW_MS, random: Math.random,
      onError: (error) => { throw error; }, retryMs: { first: 5, longest: 50 },
    });
    links.push(link!);
    return link!;
  }
  const said = () => door.outcomes.map(({ id, outcome }) => `${id} ${outcome}`);
  const isThere = (link: FeedLink) => until(() => link.status().isConnected, 'connected');
  const subscribed = async (link: FeedLink) => {
    await isThere(link);
    // A retained message answers the first subscription, so its arrival says that it stands.
    await broker.publish('ioc/01/hello', anEvent('hello'), { retain: true });
    await until(() => said().length > 0, 'the first message');
    door.outcomes.length = 0;
  };

  test('[MQ1] what is published is stored, and answered duplicate when it comes again', async () => {
    const link = open();
    await subscribed(link);
    await broker.publish('ioc/01/a', anEvent('e-1'));
    await broker.publish('ioc/01/a', anEvent('e-1'));
    await broker.publish('ioc/02/a', anEvent('e-2'));
    await broker.publish('ioc/01/b/c', anEvent('e-3'));
    await until(() => said().length === 3, 'three outcomes');
    expect(said()).toEqual(['e-1 stored', 'e-1 duplicate', 'e-3 stored']);
    expect(link.status()).toMatchObject({ feedId: 'tinh-01-iot', isConnected: true, sinceMs: NOW_MS, taken: 4, unreadable: 0, lastMessageAtMs: NOW_MS, refusedTopics: [], lastError: null });
  });

  test('[MQ2] what was published while we were away arrives after we are back, in order', async () => {
    const first = open();
    await subscribed(first);
    await first.close();
    for (const id of ['e-1', 'e-2', 'e-3']) await broker.publish('ioc/01/a', anEvent(id));
    expect(said()).toEqual([]);
    open();
    await until(() => said().length === 3, 'three outcomes');
    expect(said()).toEqual(['e-1 stored', 'e-2 stored', 'e-3 stored']);
  });

  test('[MQ3] what cannot be stored is not acknowledged: the broker sends it again, and nothing is lost', async () => {
    const link = open();
    await subscribed(link);
    door.isBroken = true;
    for (const id of ['e-1', 'e-2']) await broker.publish('ioc/01/a', anEvent(id));
    await until(() => door.refused >= 3, 'three tries');
    expect(link.status().lastError).toMatchObject({ text: expect.stringContaining('could not be stored') });
    door.isBroken = false;
    await until(() => said().length === 2, 'two outcomes');
    expect(said()).toEqual(['e-1 stored', 'e-2 stored']);
  });

  test('[MQ3] not acknowledged before a stop of ours, it comes after the next start', async () => {
    const link = open();
    await subscribed(link);
    door.isBroken = true;
    await broker.publish('ioc/01/a', anEvent('e-1'));
    await until(() => door.refused >= 1, 'a try');
    await link.close();
    door.isBroken = false;
    open();
    await until(() => said().length === 1, 'one outcome');
    expect(said()).toEqual(['e-1 stored']);
  });

  test('[MQ4] a broker that restarts is found again with its session, and the page says that it was away', async () => {
    const link = open();
    await subscribed(link);
    await broker.stop();
    await until(() => !link.status().isConnected, 'the loss noticed');
    expect(link.status().lastError).not.toBeNull();
    await broker.start();
    await isThere(link);
    await broker.publish('ioc/01/a', anEvent('e-1'));
    await until(() => said().length === 1, 'one outcome');
    expect(said()).toEqual(['e-1 stored']);
  });

  test('[MQ4] a broker that lost its sessions is told on the page', async () => {
    const link = open();
    await subscribed(link);
    await broker.stop();
    broker.forget();
    await broker.start();
    await until(() => link.status().lastError?.text.includes('no longer knew our session') === true, 'the loss told');
    // Retained, so that it comes also if it is published before the new subscription stands.
    await broker.publish('ioc/01/a', anEvent('e-1'), { retain: true });
    await until(() => said().includes('e-1 stored'), 'the new message');
  });

  test('[MQ5] what nobody can read is counted and acknowledged, and what follows is taken', async () => {
    const link = open();
    await subscribed(link);
    await broker.publish('ioc/01/a', '{"id":1,"id":2}');
    await broker.publish('ioc/01/a', 'x'.repeat(300_000));
    await broker.publish('ioc/01/a', anEvent('e-0'), { contentType: 'text/csv' });
    await broker.publish('ioc/01/a', `[${anEvent('e-1')},${anEvent('e-2')}]`, { contentType: 'application/cloudevents-batch+json; charset=utf-8' });
    await until(() => said().length === 2, 'two outcomes');
    expect(door.turnedAway).toEqual(['malformed-request', 'too-large', 'unsupported-media-type']);
    expect(said()).toEqual(['e-1 stored', 'e-2 stored']);
    expect(link.status()).toMatchObject({ unreadable: 3, isConnected: true, lastError: null });
  });

  test('[MQ6] a retained message comes with the first subscription, and not at every reconnection', async () => {
    await broker.publish('ioc/01/state', anEvent('kept'), { retain: true });
    const link = open();
    await until(() => said().length === 1, 'the retained message');
    await link.close();
    open();
    await broker.publish('ioc/01/a', anEvent('e-1'));
    await until(() => said().includes('e-1 stored'), 'the new message');
    expect(said()).toEqual(['kept stored', 'e-1 stored']);
  });

  test('[MQ7] a broker that wants a password, or is not there, is an error on the page and tried again', async () => {
    await broker.remove();
    broker = await startMosquitto(binary ?? '', ['allow_anonymous false']);
    const link = open();
    await until(() => link.status().lastError !== null, 'the refusal');
    expect(link.status()).toMatchObject({ isConnected: false, lastError: { text: expect.stringMatching(/not authorized/i) } });
    await broker.stop();
    await until(() => /ECONNREFUSED/.test(link.status().lastError?.text ?? ''), 'nobody there');
  });
});

test('[MQ7] a format that nobody reads stops the start', () => {
  const feed = FeedSettings.parse({
    id: 'x', name: { vi: 'X', en: 'X' }, format: 'cef', localities: ['01'], expectEveryMs: null, mqtt: { url: 'mqtt://127.0.0.1:1', topics: ['a'], clientId: 'x' },
  });
  expect(() => openMqttFeeds([feed], { adapters: new Map(), door: aDoor(), parseJson: (text) => parseStrictJson(text, 32), nowMs: () => NOW_MS, random: Math.random, onError: () => {} })).toThrow('format "cef"');
  expect(() => FeedSettings.parse({ ...feed, mqtt: { ...feed.mqtt, url: 'mqtt://me:secret@broker' } })).toThrow('passwordFile');
  expect(() => FeedSettings.parse({ ...feed, mqtt: { ...feed.mqtt, url: 'http://broker' } })).toThrow('mqtt://');
});
