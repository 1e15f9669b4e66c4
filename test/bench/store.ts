import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openStore, type Store } from '../../server/openStore.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import { aLand, anIndicator } from '../support/aCatalogue.ts';

export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly reach: string;
  readonly ok: boolean;
}

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

/**
 * What 63 feeds send: each series at its own second of the minute give or take half a second, walking at random at its
 * indicator's decimals; one indicator in twelve states its parts; received with the rest of its batch. No event ids.
 */
function createFeeds(table: SeriesTable, seriesCount: number) {
  const random = createRandom(1);
  const level = Float64Array.from({ length: seriesCount }, () => Math.round(random() * 1000));
  const order = Int32Array.from({ length: seriesCount }, (_, i) => i);
  for (let i = seriesCount - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  const sourceIds = Array.from({ length: 63 }, (_, i) => SourceId.parse(`feed-${i}`));
  const decimals = table.series.map(({ indicator }) => 10 ** indicator.decimals);
  return (fromMs: number, everyMs: number, first: number, count: number): Observation[] => Array.from({ length: count }, (_, i) => {
    const seriesIndex = order[(first + i) % seriesCount]!;
    level[seriesIndex] = Math.max(0, level[seriesIndex]! + Math.floor((random() - 0.5) * 20));
    const hasParts = seriesIndex % 12 === 11;
    const phaseMs = (first / seriesCount) * everyMs;
    return {
      seriesIndex, sourceId: sourceIds[Math.floor(seriesIndex / 122)]!, eventId: null,
      observedAtMs: Math.floor(fromMs + phaseMs + random() * 1000), receivedAtMs: Math.floor(fromMs + phaseMs + 1500),
      value: level[seriesIndex]! / decimals[seriesIndex]!,
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

const quantile = (sorted: readonly number[], part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

async function timesOf(runs: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    await work(run);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
}

const spread = (sorted: readonly number[]) => `p50 ${quantile(sorted, 0.5).toFixed(1)}, p95 ${quantile(sorted, 0.95).toFixed(1)}, max ${(sorted.at(-1) ?? 0).toFixed(1)} ms`;
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
const folder0 = mkdtempSync(join(tmpdir(), 'bench-store-'));
console.table(await benchDay(join(folder0, 'day.sqlite'), benchTable()));
console.log(folder0);
