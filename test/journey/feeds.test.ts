import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { alertTellersOf, toAlertAlarmId } from '../../server/alertConditions.ts';
import { readCatalogue } from '../../server/catalogue.ts';
import { createChannel, type Watcher } from '../../server/channel.ts';
import { toSource } from '../../server/feeds.ts';
import { createGate } from '../../server/ingest/gate.ts';
import { openFeeds } from '../../server/openFeeds.ts';
import { openStore, type Store } from '../../server/openStore.ts';
import { createLivePlayer } from '../../server/players/livePlayer.ts';
import { createLogRecording } from '../../server/players/logRecording.ts';
import { createMergedPlayer } from '../../server/players/mergedPlayer.ts';
import { createReplayPlayer } from '../../server/players/replayPlayer.ts';
import { readScenario } from '../../server/players/simulated/scenario.ts';
import { createSimulatedPlayer } from '../../server/players/simulated/simulatedPlayer.ts';
import type { DecodedItem } from '../../server/ports/feed.ts';
import type { FeedSettings } from '../../server/ports/feedSettings.ts';
import type { Player } from '../../server/ports/player.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { unpackStatus } from '../../shared/domain/readingColumns.ts';
import { createPlayhead } from '../../shared/playback/playhead.ts';
import { FeedsDto } from '../../shared/protocol/answers.ts';
import { copyOf, createMirror } from '../support/mirrorOf.ts';
import { aFeed, anAlertReport } from '../support/someAlerts.ts';
import { startServer } from '../support/startServer.ts';

const catalogue = readCatalogue();
const table = catalogue.tablesByEdition[2021];
const START_MS = Date.parse('2026-11-23T14:00:00+07:00');
const MINUTE_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'ioc-feeds-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** Plays what a log of observations holds up to a moment, in a channel of its own. */
async function replayed(store: Store, feeds: readonly FeedSettings[], atMs: number) {
  const { channel, mirror, playhead } = await aRun(await openStore({ path: ':memory:', table }), feeds, createReplayPlayer({ name: 'replay', recording: await createLogRecording(store.log, table) }));
  await channel.open({ resolution: 'raw', observations: [] });
  playhead.seek(atMs);
  await channel.tick();
  const acceptedCount = channel.acceptedCount();
  await channel.close();
  return { columns: mirror.columns, acceptedCount };
}

/** A channel of its own over this store, moved by hand. */
async function aRun(store: Store, feeds: readonly FeedSettings[], player: Player, liveFromMs: number | null = null) {
  const isLive = liveFromMs !== null;
  const playhead = createPlayhead({ startMs: liveFromMs ?? 0, elapsedMs: () => 0, isPlaying: false });
  const mirror = createMirror(table);
  const sources = [...catalogue.sources, ...feeds.map((feed) => toSource(feed, catalogue.indicators))];
  const watchers: Watcher[] = [];
  const channel = createChannel({
    id: 'live', edition: '2021', table, player, playhead, log: store.log, history: store.history, alarmLog: store.alarms, alarmEvents: await store.alarms.readAll(), publisher: mirror.publisher,
    createGate: () => createGate({ table, sources }), createState: (open) => createChannelState({ table, sources, rules: catalogue.alarmRules, open, ...(isLive && { tellsAlerts: alertTellersOf(feeds, catalogue.alarmRules) }) }),
    watchers,
    onError: (error) => { throw error; },
  });
  return { channel, mirror, playhead, watchers };
}

/** The live part of the server in this process: door, books, channel, and a real file. */
async function aServer(feeds: readonly FeedSettings[], atMs: number, { path = join(folder, `${files++}.sqlite`), beside = (live: Player): Player => live } = {}) {
  const store = await openStore({ path, table });
  const restored = await store.history.asOf(atMs);
  const livePlayer = createLivePlayer({ onArrival: () => void run.channel.drain() });
  const run = await aRun(store, feeds, beside(livePlayer), atMs);
  const opened = await openFeeds({ feeds, table, reports: store.reports, livePlayer, restored, nowMs: run.playhead.nowMs, rules: catalogue.alarmRules, open: run.channel.openAlarms() });
  run.watchers.push(opened.alerts);
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
    // Each is an alarm by the sender's identity, and the count of critical ones is none beside them ([AI4]).
    expect(first.channel.openAlarms()).toMatchObject([
      { id: toAlertAlarmId('soc-a', 'a'), kind: 'alert', severity: 'critical', title: 'Mã độc tống tiền', localityCode: '48', sinceMs: START_MS + 500, count: 1 },
      { id: toAlertAlarmId('soc-a', 'b'), kind: 'alert', severity: 'high', count: 1 },
    ]);
    expect(await first.send(feed, { alertId: 'a', atMs: START_MS + 500 }, START_MS + 3_000)).toMatchObject([{ outcome: 'duplicate' }]);
    await first.send(feed, { alertId: 'a', transition: 'cleared', atMs: START_MS + 2_500 }, START_MS + 3_000);
    await first.tickAt(START_MS + 4_000);
    expect(shown()).toEqual([0, 1, 1, 2]);
    const [returned] = first.channel.openAlarms();
    expect(returned).toMatchObject({ id: toAlertAlarmId('soc-a', 'a'), state: 'RTN_UNACK', returnedAtMs: START_MS + 2_500, count: 2 });
    expect((await replayed(first.store, [feed], START_MS + 4_000)).columns).toEqual(copyOf(first.mirror.columns));
    await first.close();

    const second = await aServer([feed], START_MS + 5_000, { path: first.path });
    await second.tickAt(START_MS + 5_000);
    expect(['alerts-critical', 'alerts-high', 'alerts-open', 'alerts-day'].map((id) => second.shownAt('48', id))).toEqual([0, 1, 1, 2]);
    // What was closed stays closed, also when its raise is sent again.
    expect(await second.send(feed, { alertId: 'a', atMs: START_MS + 500 }, START_MS + 6_000)).toMatchObject([{ outcome: 'duplicate' }]);
    expect(second.channel.openAlarms()).toMatchObject([returned, { id: toAlertAlarmId('soc-a', 'b'), state: 'UNACK' }]);
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
    // [AI6] Nobody says any more whether its alert stands.
    const alertOf = () => server.channel.openAlarms().find(({ kind }) => kind === 'alert');
    expect(alertOf()).toMatchObject({ state: 'UNACK', dataLost: true });
    await server.door.take(beating, [{ kind: 'ignored', id: null, why: 'a heartbeat' }], START_MS + 12 * MINUTE_MS);
    await server.tickAt(START_MS + 12 * MINUTE_MS + 1_000);
    expect([freshnessOf('48'), server.shownAt('48', 'alerts-open')]).toEqual([1, 1]);
    expect(alertOf()).toMatchObject({ state: 'UNACK', dataLost: false });
    expect(server.channel.openAlarms().filter(({ kind }) => kind === 'source-silent')).toEqual([]);
    await server.close();
  });
});

test('[PL11] beside the simulator, what a feed counts is simulated no more, and the rest goes on', async () => {
  const simulated = createSimulatedPlayer({ table, sources: catalogue.sources, seed: 7, startMs: START_MS, rateMultiplier: 1, scenario: readScenario('quiet-day') });
  const server = await aServer([aFeed({ localities: ['48'] })], START_MS, { beside: (live) => createMergedPlayer(live, simulated) });
  for (let second = 0; second <= 180; second += 30) await server.tickAt(START_MS + second * 1_000);
  const of = (code: string, indicatorId: string) => {
    const index = table.indexOf(code, indicatorId) ?? -1;
    return [server.channel.readings.sourceIdOf(index), unpackStatus(server.mirror.columns.status[index] ?? 0).provenance];
  };
  expect([of('48', 'alerts-low'), of('48', 'alerts-day'), of('01', 'alerts-low')[1], of('48', 'dossiers-online')[1]]).toEqual([['soc-a', 'measured'], ['soc-a', 'measured'], 'simulated', 'simulated']);
  await server.close();
});

test('[QR2] what is released from quarantine becomes history, and a replay of the log admits it too', async () => {
  const feed = aFeed({ id: 'own', format: 'cloudevents', localities: ['48'] });
  const server = await aServer([feed], START_MS);
  const reading = (observedAtMs: number, value: number): DecodedItem => ({ kind: 'candidate', id: 'r', candidate: { sourceId: feed.id, localityCode: '48', indicatorId: 'dossiers-online', observedAtMs, value, provenance: 'measured' } });
  const answers = await server.door.take(feed, [reading(START_MS - 3 * 86_400_000, 7), reading(START_MS, 9), reading(START_MS + 600_000, 11)], START_MS);
  expect(answers.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['too-late', 'stored', 'future']);
  const held = (reason: string) => server.channel.quarantine().find((item) => item.reason === reason)?.id ?? -1;
  const by = { by: 'Quản trị viên', why: 'Đã đối chiếu.' };
  expect(await server.channel.release(held('too-late'), by)).toMatchObject({ kind: 'released', outcome: { outcome: 'stored' } });
  expect(await server.channel.release(held('future'), by)).toEqual({ kind: 'too-early', fromMs: START_MS + 600_000 });
  await server.tickAt(START_MS + 1_000);
  // Newest observed wins: the old one is no news.
  expect(server.shownAt('48', 'dossiers-online')).toBe(9);
  const { points } = await server.store.history.series({ seriesIndex: table.indexOf('48', 'dossiers-online') ?? -1, fromMs: START_MS - 4 * 86_400_000, toMs: START_MS, points: 4 });
  expect(points.map(({ last }) => last).filter((last) => last !== null)).toEqual([7]);
  await server.tickAt(START_MS + 600_000);
  expect(await server.channel.release(held('future'), by)).toMatchObject({ kind: 'released', outcome: { outcome: 'stored' } });
  await server.tickAt(START_MS + 601_000);
  expect(server.shownAt('48', 'dossiers-online')).toBe(11);
  const again = await replayed(server.store, [feed], START_MS + 601_000);
  expect([again.acceptedCount, again.columns]).toEqual([3, copyOf(server.mirror.columns)]);
  await server.close();
});

describe('the server itself', () => {
  test('[FD6] starts with its feeds, lists them as sources, and tells how each does', async () => {
    const path = join(folder, 'feeds.json');
    writeFileSync(path, JSON.stringify({ feeds: [{ id: 'soc-48', name: { vi: 'Giám sát 48', en: 'SOC 48' }, format: 'wazuh', localities: ['48'], expectEveryMs: null }] }));
    const server = await startServer({ env: { IOC_FEEDS: path, IOC_LIVE: 'feeds' } });
    const read = async (what: string) => (await fetch(`${server.url}/api/v1/${what}`)).json();
    expect(FeedsDto.parse(await read('feeds?channel=live')).feeds).toMatchObject([{ id: 'soc-48', freshness: 'never', items: { stored: 0 } }]);
    expect(FeedsDto.parse(await read('feeds?channel=demo')).feeds).toEqual([]);
    expect(await read('sources')).toContainEqual(expect.objectContaining({ id: 'soc-48', expectEveryMs: null }));
    expect(await read('explain?channel=live&locality=48&indicator=alerts-critical')).toMatchObject({ reading: { value: 0, provenance: 'measured' }, source: { sourceId: 'soc-48' } });
    await server.stop();
    writeFileSync(path, '{"feeds":[{"id":"Ồ"}]}');
    await expect(startServer({ env: { IOC_FEEDS: path } })).rejects.toThrow(/\/feeds\/0\/id/);
  });
});
