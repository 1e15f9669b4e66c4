import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withComputedSeries } from '../../server/history/computedSeries.ts';
import { openStore, type Store } from '../../server/openStore.ts';
import { projectAsOf } from '../../server/projectAsOf.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import { decimalsOf, topicRanges } from '../../shared/frame/topicRanges.ts';
import { realTable } from '../support/aCatalogue.ts';
import { type BenchRow, quantile } from './row.ts';

const MINUTE_MS = 60_000;
const DAYS = 30;
const START_MS = Date.UTC(2026, 0, 1);
const END_MS = START_MS + DAYS * 24 * 60 * MINUTE_MS;
const PROVINCE = '68';
const INDICATOR = 'tslcd-latency';
/** As many as the server sends. */
const POINTS = 2_000;
const BATCH = 1_200;
const RUNS = 15;
const NO_FINGERPRINTS = { words: new Uint32Array(0) };

/** Thirty days of one indicator of twelve districts at its cadence of a minute, 518,400 readings, through `append`. Repeatable values. */
async function fill(store: Store, table: ReturnType<typeof realTable>): Promise<number> {
  const indices = table.childrenOf(PROVINCE).map(({ code }) => table.indexOf(code, INDICATOR) ?? -1);
  let batch: Observation[] = [];
  let total = 0;
  for (let atMs = START_MS; atMs < END_MS; atMs += MINUTE_MS) {
    for (const [place, seriesIndex] of indices.entries()) {
      const value = Math.round((20 + place + 8 * Math.sin(atMs / 1e7) + (atMs / MINUTE_MS * 7 + place) % 5) * 10) / 10;
      batch.push({ seriesIndex, sourceId: SourceId.parse('province-68'), eventId: null, observedAtMs: atMs + place * 500, receivedAtMs: atMs + 7_000, value, numerator: null, denominator: null, comparator: 'exactly', provenance: 'measured', ref: null });
    }
    if (batch.length < BATCH && atMs + MINUTE_MS < END_MS) continue;
    await store.log.append(batch, NO_FINGERPRINTS);
    total += batch.length;
    batch = [];
  }
  await store.history.retain(END_MS);
  return total;
}

async function timesOf(work: (run: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    await work(run);
    times.push(performance.now() - began);
  }
  return times;
}

const spread = (times: readonly number[]) => `p50 ${quantile(times, 0.5).toFixed(0)}, p95 ${quantile(times, 0.95).toFixed(0)} ms`;
const underRow = (what: string, times: readonly number[], limitMs: number): BenchRow => ({ what, measured: spread(times), reach: `p95 < ${limitMs} ms`, ok: quantile(times, 0.95) < limitMs });

/** What a tablet asks for when somebody looks back: a month's chart, observed and rolled up, and the whole page of a past moment. */
export async function benchPast(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-past-'));
  const table = realTable('2021');
  const store = await openStore({ path: join(folder, 'past.sqlite'), table });
  try {
    const total = await fill(store, table);
    const history = withComputedSeries(store.history, table);
    const ask = (code: string) => async () => {
      const answer = await history.series({ seriesIndex: table.indexOf(code, INDICATOR) ?? -1, fromMs: START_MS, toMs: END_MS, points: POINTS });
      if (answer.points.length !== POINTS || answer.points.every(({ count }) => count === 0)) throw new Error(`A month of ${code} came as ${answer.points.length} points, or empty.`);
      return JSON.stringify(answer.points);
    };
    const district = table.childrenOf(PROVINCE)[0]?.code ?? PROVINCE;
    const [observed, computed] = [await timesOf(ask(district)), await timesOf(ask(PROVINCE))];
    const encoder = createFrameEncoder(decimalsOf(table));
    const ranges = topicRanges(table, `province:${PROVINCE}`) ?? [];
    const frames = await timesOf(async (run) => {
      const atMs = START_MS + ((run + 1) * (END_MS - START_MS)) / (RUNS + 2);
      const columns = projectAsOf((of) => createChannelState({ table: of, sources: [] }), table, await history.asOf(Math.floor(atMs)), Math.floor(atMs));
      return encoder.encodeSnapshot({ kind: 'snapshot', channel: 'live', topic: `province:${PROVINCE}`, epoch: '0123456789abcdef', baseSeq: 0, seq: 0, serverTimeMs: atMs, dataTimeMs: atMs, seriesCount: table.series.length }, columns, ranges);
    });
    const kept = `${(total / 1000).toFixed(0)} k readings kept`;
    return [
      underRow(`past: 30 days of one district's series a minute, ${POINTS} points as JSON, ${kept}`, observed, 200),
      underRow('past: the same of its province, rolled up from 12 districts', computed, 200),
      underRow(`past: the frame of a province at any time of 30 days, ${table.series.length.toLocaleString('en')} series folded`, frames, 200),
    ];
  } finally {
    await store.log.close();
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) console.table(await benchPast());
