import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readCatalogue } from '../../server/catalogue.ts';
import { createChannel } from '../../server/channel.ts';
import { toSource } from '../../server/feeds.ts';
import { createGate } from '../../server/ingest/gate.ts';
import { openFeeds } from '../../server/openFeeds.ts';
import { openStore } from '../../server/openStore.ts';
import { createLivePlayer } from '../../server/players/livePlayer.ts';
import { createLogRecording } from '../../server/players/logRecording.ts';
import { createReplayPlayer } from '../../server/players/replayPlayer.ts';
import type { FeedSettings } from '../../server/ports/feedSettings.ts';
import type { Player } from '../../server/ports/player.ts';
import type { Store } from '../../server/openStore.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { createPlayhead } from '../../shared/playback/playhead.ts';
import { copyOf, createMirror } from '../support/mirrorOf.ts';
import { aFeed, anAlertReport } from '../support/someAlerts.ts';

const catalogue = readCatalogue();
const table = catalogue.tablesByEdition[2021];
const START_MS = Date.parse('2026-11-23T14:00:00+07:00');
const MINUTE_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'ioc-feeds-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** A channel of its own over this store, moved by hand. */
async function aRun(store: Store, feeds: readonly FeedSettings[], player: Player) {
  const playhead = createPlayhead({ startMs: 0, elapsedMs: () => 0, isPlaying: false });
  const mirror = createMirror(table);
  const sources = [...catalogue.sources, ...feeds.map((feed) => toSource(feed, catalogue.indicators))];
  const channel = createChannel({
    id: 'live', edition: '2021', table, player, playhead, log: store.log, history: store.history, publisher: mirror.publisher,
    createGate: () => createGate({ table, sources }), createState: () => createChannelState({ table, sources }),
    onError: (error) => { throw error; },
  });
  return { channel, mirror, playhead };
}

/** The live part of the server in this process: door, books, channel, and a real file. */
async function aServer(feeds: readonly FeedSettings[], atMs: number, path = join(folder, `${files++}.sqlite`)) {
  const store = await openStore({ path, table });
  const restored = await store.history.asOf(atMs);
  const livePlayer = createLivePlayer({ onArrival: () => void run.channel.drain() });
  const run = await aRun(store, feeds, livePlayer);
  run.playhead.seek(atMs);
  const opened = await openFeeds({ feeds, table, reports: store.reports, livePlayer, restored, nowMs: run.playhead.nowMs });
  await run.channel.open(restored);
  const shownAt = (code: string, indicatorId: string) => run.mirror.columns.value[table.indexOf(code, indicatorId) ?? -1];
  return {
    ...run, store, path, door: opened.door, shownAt, compact: opened.compact,
    async tickAt(ms: number) {
      run.playhead.seek(ms);
      opened.sayFigures(ms);
      await run.channel.tick();
    },
    send: (feed: FeedSettings, report: Parameters<typeof anAlertReport>[0], ms: number) =>
      opened.door.take(feed, [{ kind: 'report', id: null, report: anAlertReport({ localityCode: '48', ...report }) }], ms),
    close: () => run.channel.close(),
  };
}

describe('the journey of an alert', () => {
  const feed = aFeed({ localities: ['48', '01'] });

  test('[CB1] raised it is a reading of its province, cleared it is none, a restart changes nothing, and the log replayed shows the same', async () => {
    const first = await aServer([feed], START_MS);
    await first.tickAt(START_MS);
    // A province that is listened to and has no alerts says so; one that is not says nothing.
    expect([first.shownAt('48', 'alerts-critical'), first.shownAt('01', 'alerts-open'), first.shownAt('68', 'alerts-open')]).toEqual([0, 0, Number.NaN]);
    expect(await first.send(feed, { alertId: 'a', atMs: START_MS + 500 }, START_MS + 1_000)).toMatchObject([{ outcome: 'stored', isPlaced: true }]);
    // A district's alert is its province's.
    expect(await first.send(feed, { alertId: 'b', atMs: START_MS + 600, severity: 'high', localityCode: table.childrenOf('48')[0]?.code }, START_MS + 1_000)).toMatchObject([{ outcome: 'stored' }]);
    await first.tickAt(START_MS + 2_000);
    const shown = () => ['alerts-critical', 'alerts-high', 'alerts-open', 'alerts-day'].map((id) => first.shownAt('48', id));
    expect(shown()).toEqual([1, 1, 2, 2]);
    expect(first.channel.openAlarms()).toMatchObject([{ id: 'security:48:alerts-critical', severity: 'critical' }]);
    expect(await first.send(feed, { alertId: 'a', atMs: START_MS + 500 }, START_MS + 3_000)).toMatchObject([{ outcome: 'duplicate' }]);
    await first.send(feed, { alertId: 'a', transition: 'cleared', atMs: START_MS + 2_500 }, START_MS + 3_000);
    await first.tickAt(START_MS + 4_000);
    expect(shown()).toEqual([0, 1, 1, 2]);
    expect(first.channel.openAlarms()).toEqual([]);
    const picture = copyOf(first.mirror.columns);
    const recording = await createLogRecording(first.store.log, table);
    const replayStore = await openStore({ path: ':memory:', table });
    const replay = await aRun(replayStore, [feed], createReplayPlayer({ name: 'replay', recording }));
    await replay.channel.open({ resolution: 'raw', observations: [] });
    replay.playhead.seek(START_MS + 4_000);
    await replay.channel.tick();
    expect(replay.mirror.columns).toEqual(picture);
    await replay.channel.close();
    await first.close();

    const second = await aServer([feed], START_MS + 5_000, first.path);
    await second.tickAt(START_MS + 5_000);
    expect(['alerts-critical', 'alerts-high', 'alerts-open', 'alerts-day'].map((id) => second.shownAt('48', id))).toEqual([0, 1, 1, 2]);
    // What was closed stays closed, also when its raise is sent again.
    expect(await second.send(feed, { alertId: 'a', atMs: START_MS + 500 }, START_MS + 6_000)).toMatchObject([{ outcome: 'duplicate' }]);
    await second.close();
  });

  test('[FD5] a feed that promised a cadence and is silent lets its figures age, and is one alarm; a feed that promises none is never missed', async () => {
    const beating = aFeed({ id: 'soc-beating', localities: ['48'], expectEveryMs: MINUTE_MS });
    const rare = aFeed({ id: 'soc-rare', localities: ['01'] });
    const server = await aServer([beating, rare], START_MS);
    await server.tickAt(START_MS);
    // Not heard yet: it has not said that there are none.
    expect(server.shownAt('48', 'alerts-open')).toBeNaN();
    await server.send(beating, { alertId: 'a', atMs: START_MS }, START_MS + 1_000);
    for (let second = 2; second <= 12 * 60; second += 10) await server.tickAt(START_MS + second * 1_000);
    expect(server.channel.openAlarms().filter(({ kind }) => kind === 'source-silent').map(({ sourceId }) => sourceId)).toEqual(['soc-beating']);
    const statusOf = (id: string) => server.door.list().find((status) => status.id === id)?.freshness;
    expect([statusOf('soc-beating'), statusOf('soc-rare')]).toEqual(['stale', 'never']);
    const freshnessOf = (code: string) => (server.mirror.columns.status[table.indexOf(code, 'alerts-open') ?? -1] ?? 0) & 7;
    expect([freshnessOf('48'), freshnessOf('01')]).toEqual([3, 1]);
    // Silence clears nothing: heard again, the alert is still open.
    await server.door.take(beating, [{ kind: 'ignored', id: null, why: 'a heartbeat' }], START_MS + 12 * MINUTE_MS);
    await server.tickAt(START_MS + 12 * MINUTE_MS + 1_000);
    expect([freshnessOf('48'), server.shownAt('48', 'alerts-open')]).toEqual([1, 1]);
    expect(server.channel.openAlarms().filter(({ kind }) => kind === 'source-silent')).toEqual([]);
    await server.close();
  });
});
