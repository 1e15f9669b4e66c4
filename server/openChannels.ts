import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AlarmEvent } from '../shared/domain/alarmEvent.ts';
import type { ChannelId, EditionId } from '../shared/domain/ids.ts';
import { nationOf, type SeriesTable } from '../shared/domain/seriesTable.ts';
import type { Source } from '../shared/domain/source.ts';
import { createPlayhead, type Playhead } from '../shared/playback/playhead.ts';
import { alertTellersOf } from './alertConditions.ts';
import type { Catalogue } from './catalogue.ts';
import { type Channel, createChannel, type Watcher } from './channel.ts';
import type { Config } from './config.ts';
import { withComputedSeries } from './history/computedSeries.ts';
import { createGate } from './ingest/gate.ts';
import { DEMO_RECORDING_PATH, type OpenedRecording, openRecording } from './openRecording.ts';
import { type OpenedFeeds, openFeeds } from './openFeeds.ts';
import { openStore, type Store } from './openStore.ts';
import { createLivePlayer, type LivePlayer } from './players/livePlayer.ts';
import { createMergedPlayer } from './players/mergedPlayer.ts';
import { createReplayPlayer } from './players/replayPlayer.ts';
import { createExercises } from './players/simulated/exercises.ts';
import { readScenario, readScenarios } from './players/simulated/scenario.ts';
import { createSimulatedPlayer, type SimulatedPlayer } from './players/simulated/simulatedPlayer.ts';
import { createWallClockPlayhead } from './players/wallClockPlayhead.ts';
import type { AlarmCheckpoint } from './ports/alarmCheckpoint.ts';
import type { Exercises } from './ports/exercises.ts';
import type { FeedSettings } from './ports/feedSettings.ts';
import type { Player } from './ports/player.ts';
import type { AsOfAnswer } from './ports/store.ts';
import { createPublisher, type PictureRooms } from './publisher.ts';
import { createChannelState } from './state/channelState.ts';
import { createSystemConditions, type SystemSigns } from './systemConditions.ts';

const DEDUPE_MS = 7 * 24 * 3_600_000;

export interface Surroundings {
  readonly config: Config;
  readonly catalogue: Catalogue;
  readonly rooms: PictureRooms;
  readonly nowMs: () => number;
  readonly elapsedMs: () => number;
  /** Wall time that no step of the machine's clock moves. Epoch ms. */
  readonly steadyNowMs: () => number;
  readonly onError: (error: unknown) => void;
}

export interface LiveChannel {
  readonly channel: Channel;
  readonly livePlayer: LivePlayer;
  readonly store: Store;
  readonly exercises: Exercises;
  readonly feeds: OpenedFeeds;
}

/** What posts and the simulator say, in a file per edition: a code may name other ground in another one. The last known picture is back before the first tick. */
export async function openLiveChannel(surroundings: Surroundings, sources: readonly Source[], settings: readonly FeedSettings[], signs: Omit<SystemSigns, 'feeds'>): Promise<LiveChannel> {
  const { config, catalogue, nowMs } = surroundings;
  const table = catalogue.tablesByEdition[config.IOC_EDITION];
  mkdirSync(config.IOC_DATA, { recursive: true });
  const store = await openStore({ path: join(config.IOC_DATA, `live-${config.IOC_EDITION}.sqlite`), table });
  const playhead = createWallClockPlayhead(nowMs);
  const restored = await store.history.asOf(playhead.nowMs());
  const fingerprints = await store.log.readFingerprints(nowMs() - DEDUPE_MS);
  const livePlayer = createLivePlayer({ onArrival: () => void channel.drain() });
  const simulator = config.IOC_LIVE === 'feeds' ? null : simulatorOf(surroundings, table);
  const exercises = createExercises({ simulator, scenarios: readScenarios(), nowMs: playhead.nowMs });
  const watchers: Watcher[] = [];
  let tellsAlerts = alertTellersOf(settings, catalogue.alarmRules);
  const channel = assemble(surroundings, {
    id: 'live', edition: config.IOC_EDITION, table, sources, store, playhead,
    player: simulator === null ? livePlayer : withSimulator(livePlayer, simulator, table, restored),
    remembered: { fingerprints, atMs: nowMs() }, alarmCheckpoint: await store.alarms.readCheckpoint(), alarmEvents: await store.alarms.readAll(), alarmNowMs: surroundings.steadyNowMs,
    watchers, tellsAlerts: (sourceId) => tellsAlerts(sourceId),
  });
  // Rules on alerts and on ourselves are read here once: a change of them takes effect with the next start.
  const rules = channel.alarms.rules.inForce();
  tellsAlerts = alertTellersOf(settings, rules);
  const feeds = await openFeeds({ feeds: settings, table, reports: store.reports, livePlayer, restored, nowMs: playhead.nowMs, rules, open: channel.openAlarms() });
  watchers.push(feeds.alerts, createSystemConditions({ rules, nationCode: nationOf(table), open: channel.openAlarms() }, { ...signs, feeds: feeds.door.skews }));
  await channel.open(restored);
  return { channel, livePlayer, store, exercises, feeds };
}

/** The recording of what the seed documents report, or another one, played on demand. Reproducible, so its log lives in memory. */
export async function openDemoChannel(surroundings: Surroundings): Promise<Channel> {
  const { config, catalogue } = surroundings;
  return openReplay(surroundings, 'demo', await openRecording(config.IOC_RECORDING ?? DEMO_RECORDING_PATH, config.IOC_EDITION, catalogue));
}

/** A recording of a live run: plays from the picture it begins with, over and over, because a wall has nobody to press play. */
export async function openRecordingChannel(surroundings: Surroundings, id: ChannelId, path: string): Promise<Channel> {
  const { config, catalogue } = surroundings;
  const channel = await openReplay(surroundings, id, await openRecording(path, config.IOC_EDITION, catalogue));
  channel.control({ channel: id, action: 'loop', isOn: true });
  channel.control({ channel: id, action: 'play' });
  return channel;
}

async function openReplay(surroundings: Surroundings, id: ChannelId, { recording, edition, rate, sources }: OpenedRecording): Promise<Channel> {
  const table = surroundings.catalogue.tablesByEdition[edition];
  const channel = assemble(surroundings, {
    id, edition, table, sources, store: await openStore({ path: ':memory:', table }),
    player: createReplayPlayer({ name: 'replay', recording, fromMs: recording.startMs }),
    playhead: createPlayhead({ startMs: recording.startMs, endMs: recording.endMs, stopsMs: recording.marksMs, elapsedMs: surroundings.elapsedMs, rate, isPlaying: false }),
  });
  await channel.open({ resolution: 'raw', observations: [] });
  return channel;
}

function simulatorOf({ config, catalogue, nowMs }: Surroundings, table: SeriesTable): SimulatedPlayer {
  return createSimulatedPlayer({
    table, sources: catalogue.sources, seed: config.IOC_SIM_SEED, startMs: nowMs(), rateMultiplier: config.IOC_SIM_RATE,
    ...(config.IOC_SCENARIO === undefined ? {} : { scenario: readScenario(config.IOC_SCENARIO) }),
  });
}

function withSimulator(live: LivePlayer, simulated: Player, table: SeriesTable, restored: AsOfAnswer): Player {
  const reported = restored.observations
    .filter(({ provenance }) => provenance === 'measured' || provenance === 'declared' || provenance === 'derived')
    .flatMap(({ seriesIndex }) => table.series[seriesIndex] ?? [])
    .map(({ locality, indicator }) => `${locality.code}/${indicator.id}`);
  return createMergedPlayer(live, simulated, reported);
}

interface Parts {
  /** Those expected to speak on this channel. */
  readonly sources: readonly Source[];
  readonly id: ChannelId;
  readonly edition: EditionId;
  readonly table: SeriesTable;
  readonly store: Store;
  readonly player: Player;
  readonly playhead: Playhead;
  /** What the log of alarms holds; a recording begins without. */
  readonly alarmEvents?: readonly AlarmEvent[];
  readonly alarmCheckpoint?: AlarmCheckpoint | null;
  readonly alarmNowMs?: () => number;
  readonly watchers?: readonly Watcher[];
  readonly tellsAlerts?: (sourceId: string) => boolean;
  readonly remembered?: NonNullable<Parameters<typeof createGate>[0]['remembered']>;
}

function assemble({ rooms, catalogue, onError }: Surroundings, { id, edition, table, sources: listed, store, player, playhead, remembered, alarmEvents = [], alarmCheckpoint = null, alarmNowMs, watchers, tellsAlerts }: Parts): Channel {
  // A gateway of a province that this edition does not have would be missing for ever.
  const sources = listed.filter(({ locality }) => table.ownRange(locality) !== undefined);
  return createChannel({
    id, edition, table, player, playhead, onError,
    log: store.log, history: withComputedSeries(store.history, table),
    createGate: () => createGate({ table, sources, ...(remembered === undefined ? {} : { remembered }) }),
    rules: catalogue.alarmRules, createState: (open, rules) => createChannelState({ table, sources, rules, open, ...(alarmNowMs !== undefined && { listeningFromMs: playhead.nowMs() }), ...(tellsAlerts !== undefined && { tellsAlerts }) }),
    alarmLog: store.alarms, alarmEvents, alarmCheckpoint, ...(alarmNowMs !== undefined && { alarmNowMs }), ...(watchers !== undefined && { watchers }),
    publisher: createPublisher(rooms, store.log, onError),
  });
}
