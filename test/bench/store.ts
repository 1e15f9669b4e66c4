import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../server/openStore.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import { aLand, anIndicator } from '../support/aCatalogue.ts';
import { watchLoop } from './loopBlock.ts';
import { type BenchRow, quantile } from './row.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2026, 0, 1);
const BATCH = 1000;
/** Appends on their way at once: the next is encoded while the last is written. */
const IN_FLIGHT = 4;
const NO_FINGERPRINTS = { words: new Uint32Array(0) };

/** 640 districts of 40 provinces, 12 indicators each. */
const benchTable = (): SeriesTable => buildSeriesTable(
  aLand({ provinces: 40, localsPerProvince: 16 }),
  Array.from({ length: 12 }, (_, i) => anIndicator({ id: `indicator-${i}`, levels: ['local'], decimals: i % 3 })),
);

/** Repeatable noise, so that two runs write the same bytes. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const FEEDS = 63;

/**
 * What 63 feeds send: feeds in a shuffled order, each its own series in the order of the table; each reading observed within a
 * second of its batch's turn in the period and received 1.5 s after that turn; values walk at random at their indicator's
 * decimals; one indicator in twelve states its parts. No event ids.
 */
function createFeeds(table: SeriesTable, seriesCount: number) {
  const random = createRandom(1);
  const level = Float64Array.from({ length: seriesCount }, () => Math.round(random() * 1000));
  const perFeed = Math.ceil(seriesCount / FEEDS);
  const turnOf = Float64Array.from({ length: FEEDS }, () => random());
  const feedOf = (seriesIndex: number) => Math.floor(seriesIndex / perFeed);
  const order = Array.from({ length: seriesCount }, (_, i) => i).sort((a, b) => (turnOf[feedOf(a)] ?? 0) - (turnOf[feedOf(b)] ?? 0) || a - b);
  const sourceIds = Array.from({ length: FEEDS }, (_, i) => SourceId.parse(`feed-${i}`));
  const powers = table.series.map(({ indicator }) => 10 ** indicator.decimals);
  return (fromMs: number, everyMs: number, first: number, count: number): Observation[] => Array.from({ length: count }, (_, i) => {
    const seriesIndex = order[first + i]!;
    level[seriesIndex] = Math.max(0, level[seriesIndex]! + Math.floor((random() - 0.5) * 20));
    const hasParts = seriesIndex % 12 === 11;
    const turnMs = (first / seriesCount) * everyMs;
    return {
      seriesIndex, sourceId: sourceIds[feedOf(seriesIndex)]!, eventId: null,
      observedAtMs: Math.floor(fromMs + turnMs + random() * 1000), receivedAtMs: Math.floor(fromMs + turnMs + 1500),
      value: level[seriesIndex]! / powers[seriesIndex]!,
      numerator: hasParts ? level[seriesIndex]! : null, denominator: hasParts ? 1000 : null,
      comparator: 'exactly', provenance: 'measured', ref: null,
    };
  });
}

/** Every series once per `everyMs` for `lengthMs`. Returns how many observations. */
async function ingest(store: Store, feeds: ReturnType<typeof createFeeds>, seriesCount: number, fromMs: number, lengthMs: number, everyMs: number): Promise<number> {
  const inFlight: Promise<number>[] = [];
  let total = 0;
  for (let atMs = fromMs; atMs < fromMs + lengthMs; atMs += everyMs) {
    for (let first = 0; first < seriesCount; first += BATCH) {
      const batch = feeds(atMs, everyMs, first, Math.min(BATCH, seriesCount - first));
      inFlight.push(store.log.append(batch, NO_FINGERPRINTS));
      total += batch.length;
      if (inFlight.length >= IN_FLIGHT) await inFlight.shift();
    }
  }
  await Promise.all(inFlight);
  return total;
}

async function timesOf(runs: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    await work(run);
    times.push(performance.now() - began);
  }
  return times;
}

const spread = (times: readonly number[]) => `p50 ${quantile(times, 0.5).toFixed(1)}, p95 ${quantile(times, 0.95).toFixed(1)}, max ${Math.max(...times).toFixed(1)} ms`;
const bytesOn = (path: string) => statSync(path).size;

/** 10.08 million observations of one day, then their size and the speed of a chart. */
async function benchDay(path: string, table: SeriesTable): Promise<BenchRow[]> {
  const seriesCount = 7000;
  const store = await openStore({ path, table });
  const feeds = createFeeds(table, seriesCount);
  const began = performance.now();
  const total = await ingest(store, feeds, seriesCount, START_MS, DAY_MS, MINUTE_MS);
  const seconds = (performance.now() - began) / 1000;
  await store.history.retain(START_MS + DAY_MS);
  const random = createRandom(2);
  const times = await timesOf(300, () => store.history.series({
    seriesIndex: Math.floor(random() * seriesCount), fromMs: START_MS, toMs: START_MS + DAY_MS, points: 300,
  }));
  const stats = await store.stats();
  await store.log.close();
  const perObservation = bytesOn(path) / total;
  const reopened = performance.now();
  const again = await openStore({ path, table });
  const openSeconds = (performance.now() - reopened) / 1000;
  await again.log.close();
  return [
    { what: `store: size of ${(total / 1e6).toFixed(2)} M observations, log and all tiers`, measured: `${perObservation.toFixed(1)} B each`, reach: '<= 16 B', ok: perObservation <= 16 },
    { what: 'store: one series over 24 h in 300 points', measured: spread(times), reach: 'p50 < 2 ms', ok: quantile(times, 0.5) < 2 },
    { what: `store: a day of 7,000 series a minute taken in, ${stats.foldsDone} folds included`, measured: `${Math.round(total / seconds / 1000)} k/s`, reach: '>= 7 k/min', ok: total / seconds > 7000 / 60 },
    { what: `store: open a file of ${Math.round(bytesOn(path) / 1e6)} MB, quick_check included`, measured: `${openSeconds.toFixed(2)} s`, reach: '-', ok: true },
  ];
}

const KEPT_DAYS = 35;
const AS_OF_RUNS = 60;

/**
 * The picture of 7,680 series at random times. Written through `append`: two whole days of hourly readings before the minute
 * tier's reach, then one hour in eight of five-minute readings over 35 days (all hours would take ten minutes), raw ones in the
 * last two days. Times are drawn from hours that have data, the slower case: in a gap the checkpoint alone answers.
 */
async function benchAsOf(path: string, table: SeriesTable): Promise<BenchRow[]> {
  const seriesCount = table.series.length;
  const store = await openStore({ path, table });
  const feeds = createFeeds(table, seriesCount);
  const nowMs = START_MS + (KEPT_DAYS + 4) * DAY_MS;
  const wholeDaysMs = START_MS;
  await ingest(store, feeds, seriesCount, wholeDaysMs, 2 * DAY_MS, HOUR_MS);
  const hours: number[] = [];
  for (let hourMs = nowMs - KEPT_DAYS * DAY_MS; hourMs < nowMs; hourMs += 8 * HOUR_MS) {
    hours.push(hourMs);
    await ingest(store, feeds, seriesCount, hourMs, HOUR_MS, 5 * MINUTE_MS);
  }
  await store.history.retain(nowMs);
  const random = createRandom(3);
  const rawFromMs = nowMs - 2 * DAY_MS;
  const startsByTier = {
    raw: hours.filter((hourMs) => hourMs >= rawFromMs), minute: hours.filter((hourMs) => hourMs < rawFromMs),
    hour: Array.from({ length: 48 }, (_, hour) => wholeDaysMs + hour * HOUR_MS),
  };
  const rows: BenchRow[] = [];
  for (const tier of ['raw', 'minute', 'hour'] as const) {
    const starts = startsByTier[tier];
    const times = await timesOf(AS_OF_RUNS, async () => {
      const atMs = (starts[Math.floor(random() * starts.length)] ?? 0) + Math.floor(random() * HOUR_MS);
      const { resolution, observations } = await store.history.asOf(atMs);
      if (resolution !== tier || observations.length > seriesCount) throw new Error(`As of ${atMs}: ${observations.length} observations from the ${resolution} tier, expected ${tier}.`);
    });
    rows.push({
      what: `store: as of any time, ${seriesCount.toLocaleString('en')} series, ${tier} tier`, measured: spread(times), reach: 'p95 < 200 ms', ok: quantile(times, 0.95) < 200,
    });
  }
  await store.log.close();
  return rows;
}

const ROUNDS = 4;

/** Batches of 1,000 as fast as they are acknowledged, from objects to COMMIT, with the folds they cause, once the code is compiled. */
async function benchAppend(path: string, table: SeriesTable): Promise<BenchRow[]> {
  const store = await openStore({ path, table });
  const feeds = createFeeds(table, table.series.length);
  const batches = Array.from({ length: 300 }, (_, i) => feeds(START_MS + i * 10_000, 10_000, (i % 7) * BATCH, BATCH));
  for (const batch of batches) await store.log.append(batch, NO_FINGERPRINTS);
  const inFlight: Promise<number>[] = [];
  const loop = watchLoop();
  const began = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    for (const batch of batches) {
      inFlight.push(store.log.append(batch, NO_FINGERPRINTS));
      if (inFlight.length >= IN_FLIGHT) await inFlight.shift();
    }
  }
  await Promise.all(inFlight);
  const perSecond = (ROUNDS * batches.length * BATCH) / ((performance.now() - began) / 1000);
  const block = loop.stop();
  await store.log.close();
  return [
    { what: 'store: durable append, batches of 1,000, encode included', measured: `${Math.round(perSecond / 1000)} k/s`, reach: '>= 200 k/s', ok: perSecond >= 200_000 },
    { what: 'store: longest turn of the main thread meanwhile', measured: `${block.cpuMs.toFixed(1)} ms of CPU, ${block.wallMs.toFixed(1)} ms by the clock`, reach: '< 20 ms of CPU', ok: block.cpuMs < 20 },
  ];
}

export async function benchStore(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-store-'));
  try {
    const table = benchTable();
    return [
      ...await benchAppend(join(folder, 'append.sqlite'), table), ...await benchDay(join(folder, 'day.sqlite'), table),
      ...await benchAsOf(join(folder, 'asOf.sqlite'), table),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) console.table(await benchStore());
