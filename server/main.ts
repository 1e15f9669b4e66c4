import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createScopeJudge } from '../shared/domain/feedScope.ts';
import { accountPathIn } from './access/accountFile.ts';
import { createPeople } from './access/createPeople.ts';
import { openFeedTokens } from './access/feedTokens.ts';
import { createHttpServerOptions } from './access/httpServerOptions.ts';
import { whyForeign } from './access/origin.ts';
import { tokenPathIn } from './access/tokenFile.ts';
import { readBranding } from './branding.ts';
import { readCatalogue } from './catalogue.ts';
import { type Config, isLoopback, readConfig, workerPlanOf } from './config.ts';
import { alarmOriginOf, tellingAlarms } from './alarmOrigin.ts';
import { cutAlarmLog } from './alarms/cutAlarmLog.ts';
import { createFeedAdapters } from './feedAdapters.ts';
import { answerClientError } from './http/clientError.ts';
import { type FeedCarriers, openFeedCarriers } from './feedCarriers.ts';
import { readFeeds, toSource } from './feeds.ts';
import { createHttpApp, DEFAULT_HTTP_LIMITS } from './http/createHttpApp.ts';
import { createNotes } from './notes/createNotes.ts';
import { openDemoChannel, openLiveChannel } from './openChannels.ts';
import { findRecordings } from './openRecordings.ts';
import { openOutbound } from './outbound/openOutbound.ts';
import { readWebhooks } from './outbound/webhookSettings.ts';
import type { Outbound } from './ports/outbound.ts';
import { alarmsAsOf, projectAsOf } from './projectAsOf.ts';
import { openSockets } from './rooms/openSockets.ts';
import { HEARTBEAT_EVERY_MS } from './rooms/rooms.ts';
import { forkSocketWorker } from './forkSocketWorker.ts';
import { createSocketMetrics } from './socketMetrics.ts';
import { createCloudEventsFeed } from './sources/cloudevents/decode.ts';
import { createChannelState } from './state/channelState.ts';
import { dryRun } from './state/dryRun.ts';
import { createWalls } from './walls/createWalls.ts';

/** Time for the last answers to leave when the server is stopped. */
const LAST_ANSWERS_MS = 1_000;
const PUMP_WEBHOOKS_EVERY_MS = 1_000;
const RETAIN_EVERY_MS = 10 * 60_000;
const LOOK_AT_DISK_EVERY_MS = 30_000;
const CLIENT_DIR = resolve(import.meta.dirname, '../client/dist');

/** Names what the page and the server were built from, so that an old page knows a new server. */
function readBuildId(): string {
  const manifest = resolve(CLIENT_DIR, '.build.json');
  return existsSync(manifest) ? createHash('sha256').update(readFileSync(manifest)).digest('hex').slice(0, 12) : 'no-client';
}

async function start(config: Config): Promise<void> {
  const logger = pino({ level: config.IOC_LOG_LEVEL });
  const nowMs = () => Date.now();
  const onError = (error: unknown) => logger.error({ err: error }, 'a step failed; the channel goes on with the next');
  const isLoopbackBind = isLoopback(config.IOC_HOST);
  const buildId = readBuildId();
  const catalogue = readCatalogue();
  const branding = readBranding(config.IOC_BRAND, config.IOC_EDITION, catalogue.tablesByEdition[config.IOC_EDITION].localities);
  const feedSettings = readFeeds(config.IOC_FEEDS, { ...catalogue, localities: catalogue.tablesByEdition[config.IOC_EDITION].localities });
  const liveSources = [...catalogue.sources, ...feedSettings.map((feed) => toSource(feed, catalogue.indicators))];
  const webhooks = config.IOC_WEBHOOKS === undefined ? [] : readWebhooks(config.IOC_WEBHOOKS);
  const feedAdapters = createFeedAdapters({ edition: config.IOC_EDITION, localities: catalogue.tablesByEdition[config.IOC_EDITION].localities, indicators: catalogue.indicators });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const { serverOptions, maxConnections } = createHttpServerOptions();
  const http = createServer(serverOptions);
  http.maxConnections = maxConnections;
  const steadyNowMs = () => performance.timeOrigin + performance.now();
  const walls = createWalls({ nowMs: steadyNowMs });
  const { rooms, workers } = openSockets(http, {
    ...createSocketMetrics(registry, () => ({ rooms: rooms.stats(), workers })),
    allowedOrigins: config.IOC_ALLOWED_ORIGINS, isLoopbackBind, handshakesPerSec: config.IOC_HANDSHAKES_PER_SEC, buildId, walls, nowMs: steadyNowMs, onProblem: (problem) => logger.warn(problem),
    plan: workerPlanOf(config.IOC_SOCKET_WORKERS, availableParallelism()),
    fork: () => forkSocketWorker({ buildId, clockOffsetMs: steadyNowMs() - Number(process.hrtime.bigint()) / 1e6 }),
  });
  const surroundings = { config, catalogue, rooms, nowMs, elapsedMs: () => performance.now(), steadyNowMs, onError };
  let diskFreeRatio: number | null = null;
  const lookAtDisk = async () => {
    // As df counts: what is kept for the superuser is neither used nor free.
    const { bavail, bfree, blocks } = await statfs(config.IOC_DATA);
    diskFreeRatio = blocks > 0 ? bavail / (blocks - bfree + bavail) : null;
  };
  const { channel: live, livePlayer, store, exercises, feeds } = await openLiveChannel({ ...surroundings, rooms: tellingAlarms(rooms, (transitions) => outbound?.tell(transitions)) }, liveSources, feedSettings, { walls, diskFreeRatio: () => diskFreeRatio });
  const outbound: Outbound | null = webhooks.length === 0 ? null : await openOutbound({
    hooks: webhooks, path: join(config.IOC_DATA, `webhooks-${config.IOC_EDITION}.jsonl`), origin: alarmOriginOf(live), source: '/ioc/live', nowMs, random: Math.random, onError,
  });
  const notes = createNotes({ log: store.notes, entries: await store.notes.readAll(), nowMs });
  const people = await createPeople({ path: accountPathIn(config.IOC_DATA), trail: store.alarms, nowMs, onError: (error) => logger.error({ err: error }, 'accounts or their trail; what was read of them before goes on counting') });
  const demo = await openDemoChannel(surroundings);
  const recordings = findRecordings(config.IOC_RECORDINGS, surroundings);
  const channels = [live, demo];
  const channelsById = new Map(channels.map((channel) => [channel.id, channel]));
  if (store.opening.kind === 'cut' || store.opening.kind === 'lost') {
    logger.error({ opening: store.opening }, 'the log is not the one this server left: it has a new epoch, and what is missing must come from a backup');
    // [AU4] What was cut off is not in the trail; that it was must be.
    await store.alarms.append([], [{ atMs: nowMs(), actor: 'system', station: null, action: 'log.cut', target: null, outcome: 'done', detail: { ...store.opening } }]).catch(onError);
  }
  if (config.IOC_SIGN_IN === 'plain' && !isLoopbackBind) logger.warn('IOC_SIGN_IN=plain: passwords are taken over plain HTTP, and whoever the network passes through can read them');

  /** The causes name files; who may ask here may not. They are in the log. */
  const isReady = () => {
    const isStoring = live.logFailure() === null && store.failure() === null;
    return { ready: isStoring, why: isStoring ? 'serving' : 'readings cannot be stored; the server log says why' };
  };
  let carriers: FeedCarriers | null = null;
  const app = createHttpApp({
    channels: channelsById,
    editions: catalogue.localityLists, crosswalk: catalogue.crosswalk,
    indicators: catalogue.indicators, sources: liveSources, facts: catalogue.facts, branding,
    observationFeed: createCloudEventsFeed(catalogue.indicators),
    serviceIndex: catalogue.serviceIndex, walls, exercises, recordings, notes,
    people, isPlainSignInTaken: config.IOC_SIGN_IN === 'plain', trail: store.alarms,
    // By the playhead's clock: one received before the machine's clock was set back would wait until it has caught up.
    ingest: (candidates) => livePlayer.receive(candidates, live.playback().nowMs),
    isIngestOpen: config.IOC_INGEST === 'open',
    feedTokens: openFeedTokens({ path: tokenPathIn(config.IOC_DATA), nowMs, onError: (error) => logger.error({ err: error }, 'the file of tokens; what was read of it before goes on counting') }),
    scopeJudge: createScopeJudge(catalogue.tablesByEdition[config.IOC_EDITION].localities),
    feedAdapters,
    feedDoor: feeds.door, feedStatusesOf: (channelId) => (channelId === live.id ? { list: () => feeds.door.list().map((feed) => ({ ...feed, link: carriers?.linkOf(feed.id) ?? null })) } : null),
    webhooksOf: (channelId) => (channelId === live.id ? outbound?.status() ?? [] : []),
    releaseQuarantined: async (itemId, release) => {
      const answer = await live.release(itemId, release);
      logger.info({ quarantineId: itemId, ...release, answer }, 'a reading was let go from the quarantine');
      return answer;
    },
    projectAsOf: (channel, answer, atMs, asked = channel.table) => projectAsOf((table) => createChannelState({ table, sources: liveSources }), asked, answer, atMs),
    alarmsAsOf: ({ table, alarms }, answer, atMs) => alarmsAsOf((of) => createChannelState({ table: of, rules: alarms.rules.inForceAt(atMs), sources: liveSources.filter(({ locality }) => of.ownRange(locality) !== undefined) }), table, answer, atMs),
    dryRun,
    whyForeign: (headers) => whyForeign({ ...headers, allowedOrigins: config.IOC_ALLOWED_ORIGINS, bindHost: config.IOC_HOST }),
    nowMs, isReady, metricsRegistry: registry,
    staticDir: existsSync(CLIENT_DIR) ? CLIENT_DIR : null, buildId, isOfflineOn: config.IOC_OFFLINE === 'on', limits: { ...DEFAULT_HTTP_LIMITS, trustedProxies: config.IOC_TRUSTED_PROXIES },
    reportError: (error, where) => logger.error({ err: error, where }, 'a request failed through a fault of ours'),
  });
  http.on('request', app);
  http.on('clientError', answerClientError);

  const tick = () => {
    try {
      feeds.sayFigures(live.playback().nowMs);
    } catch (error) {
      onError(error);
    }
    return Promise.all(channels.map((channel) => channel.tick()));
  };
  const timers = [
    setInterval(() => void tick(), config.IOC_TICK_MS),
    setInterval(() => rooms.heartbeat(), HEARTBEAT_EVERY_MS),
    setInterval(() => void outbound?.pump().catch(onError), PUMP_WEBHOOKS_EVERY_MS),
    setInterval(() => void lookAtDisk().catch(onError), LOOK_AT_DISK_EVERY_MS),
    setInterval(() => {
      feeds.compact(live.playback().nowMs).catch(onError);
      cutAlarmLog(store.alarms, steadyNowMs()).catch(onError);
      for (const { history, playback } of channels) history.retain(playback().nowMs).catch(onError);
      store.stats().then(({ foldProblem }) => { if (foldProblem !== null) logger.error({ foldProblem }, 'history is not being written; readings wait in memory and in the log'); }, onError);
    }, RETAIN_EVERY_MS),
  ];
  await lookAtDisk().catch(onError);
  // The first picture before the first visitor.
  await tick();

  await new Promise<void>((listening, failed) => {
    http.once('error', failed);
    http.listen(config.IOC_PORT, config.IOC_HOST, listening);
  });
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.IOC_PORT;
  carriers = await openFeedCarriers({ feeds: feedSettings, adapters: feedAdapters, door: feeds.door, nowMs, onError });
  process.stdout.write(`IOC display: http://${config.IOC_HOST}:${port}  (wall: /wall · province: /province/68 · replay: /demo)\n`);

  void recordings.open(async (channel) => {
    channels.push(channel);
    channelsById.set(channel.id, channel);
    await channel.tick();
  }, (name, why) => logger.error({ recording: name, why }, 'a recording cannot be played; the others can')).catch(onError);

  const stop = async (signal: string) => {
    logger.info({ signal }, 'stopping');
    for (const timer of timers) clearInterval(timer);
    rooms.close();
    const carried = carriers?.close().catch(onError);
    const answered = new Promise<void>((done) => { http.close(() => done()); });
    // Whoever has sent a reading hears what became of it before the line goes.
    await Promise.race([carried, new Promise((done) => { setTimeout(done, LAST_ANSWERS_MS); })]);
    await Promise.all(channels.map((channel) => channel.close().catch(onError)));
    await outbound?.close().catch(onError);
    http.closeIdleConnections();
    await Promise.race([answered, new Promise((done) => { setTimeout(done, LAST_ANSWERS_MS); })]);
    http.closeAllConnections();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
}

// An unknown state must not go on serving a wall: say why and end, the service manager starts a clean one.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(1);
});

try {
  await start(readConfig(process.env));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
