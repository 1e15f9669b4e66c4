import { afterAll, expect, test } from 'vitest';
import { readCatalogue } from '../../server/catalogue.ts';
import { createChannel, type Watcher } from '../../server/channel.ts';
import { createGate } from '../../server/ingest/gate.ts';
import { openStore, type Store } from '../../server/openStore.ts';
import { createLivePlayer } from '../../server/players/livePlayer.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { createPlayhead } from '../../shared/playback/playhead.ts';
import { createMirror } from '../support/mirrorOf.ts';
import { aCondition, PLAIN_LIFE } from '../support/someAlarms.ts';

const { tablesByEdition: { 2021: table }, sources, alarmRules } = readCatalogue();
const START_MS = Date.parse('2026-11-23T14:00:00+07:00');
const stores: Store[] = [];
afterAll(async () => { for (const { log } of stores) await log.close(); });

test('[A2] what readings and other watchers say in the tick in which one watcher fails is an alarm all the same', async () => {
  const store = await openStore({ path: ':memory:', table });
  stores.push(store);
  const playhead = createPlayhead({ startMs: START_MS, elapsedMs: () => 0, isPlaying: false });
  const player = createLivePlayer({ onArrival: () => {} });
  const errors: unknown[] = [];
  const isDue = { now: false };
  const once: Watcher = {
    take() {
      if (!isDue.now) return [];
      isDue.now = false;
      return [{ kind: 'holds', standing: { condition: aCondition({ id: 'system:disk-low', kind: 'system' }), sinceMs: START_MS, life: PLAIN_LIFE } }];
    },
  };
  const broken: Watcher = { take: () => { throw new Error('no such disk'); } };
  const channel = createChannel({
    id: 'live', edition: '2021', table, player, playhead, log: store.log, history: store.history, alarmLog: store.alarms, alarmEvents: [], publisher: createMirror(table).publisher,
    createGate: () => createGate({ table, sources }), createState: (open) => createChannelState({ table, sources, rules: alarmRules, open }),
    watchers: [once, broken], onError: (error) => errors.push(error),
  });
  await channel.open({ resolution: 'raw', observations: [] });
  void player.receive([{ sourceId: 'province-68', eventId: 'a', localityCode: '672', indicatorId: 'tslcd-link-state', observedAtMs: START_MS, value: 0, provenance: 'measured' }], START_MS);
  isDue.now = true;
  await channel.tick();
  await channel.tick();
  expect(channel.openAlarms().map(({ id }) => id)).toEqual(expect.arrayContaining(['state:672:tslcd-link-state', 'system:disk-low']));
  expect(errors.length).toBeGreaterThan(0);
});
