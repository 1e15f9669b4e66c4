import type { Indicator } from '../../shared/domain/indicator.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import { decimalsOf, topicRanges } from '../../shared/frame/topicRanges.ts';
import { createMirrorStore } from '../../client/store/createMirrorStore.ts';
import { copyColumns } from '../support/someReadings.ts';
import { createWorkload } from './workload.ts';

// Runs in a page: the mirror of the client with nothing beside it, fed by the server's encoder. Bundled by `browserDecode.ts`.

const T0 = 1_600_000_000_000;
const EPOCH = '0123456789abcdef';
const WARM_TICKS = 60;

export interface DecodeCase {
  readonly localities: readonly Locality[];
  readonly indicators: readonly Indicator[];
  /** Part of the series that changes in each tick. */
  readonly ratio: number;
  readonly ticks: number;
}

/** One number a tick, ms by the page's clock. */
export interface DecodeTimes {
  readonly series: number;
  /** Socket's bytes to columns. */
  readonly takeMs: number[];
  /** What every animation frame with news begins with: which series changed since the last, told to whoever listens. */
  readonly flushMs: number[];
  /** The same tick as one would write it first: the whole picture as JSON, into a Map. */
  readonly naiveMs: number[];
}

function createFrames(table: SeriesTable, ratio: number) {
  const encoder = createFrameEncoder(decimalsOf(table));
  const workload = createWorkload(table, { ratio, seed: 1, startMs: T0 });
  const keys = table.series.map(({ locality, indicator }) => `${locality.code}/${indicator.id}`);
  const header = (seq: number, kind: 'snapshot' | 'delta') => ({
    kind, channel: 'live', topic: 'nation', epoch: EPOCH, baseSeq: kind === 'snapshot' ? 0 : seq - 1, seq,
    serverTimeMs: T0 + seq * 1_000, dataTimeMs: T0 + seq * 1_000, seriesCount: table.series.length,
  });
  return {
    snapshot: () => encoder.encodeSnapshot(header(0, 'snapshot'), workload.columns, topicRanges(table, 'nation') ?? []),
    next(seq: number) {
      const before = copyColumns(workload.columns);
      const changed = workload.next(T0 + seq * 1_000);
      const values = Object.fromEntries(keys.map((key, index) => [key, workload.columns.value[index]]));
      return { delta: encoder.encodeDelta(header(seq, 'delta'), before, workload.columns, changed), naive: JSON.stringify({ ts: T0 + seq * 1_000, values }) };
    },
    holds: (columns: { readonly value: Float64Array }) => columns.value.every((value, index) => value === workload.columns.value[index]),
  };
}

export async function timeTicks({ localities, indicators, ratio, ticks }: DecodeCase): Promise<DecodeTimes> {
  const table = buildSeriesTable(localities, indicators);
  const frames = createFrames(table, ratio);
  let flush = () => {};
  const store = createMirrorStore({ table, channel: 'live', edition: '2021', scheduleFrame: (next) => { flush = next; } });
  store.follow('nation');
  store.takeFrame(frames.snapshot());
  flush();
  const naiveMirror = new Map<string, number>();
  const times: DecodeTimes = { series: table.series.length, takeMs: [], flushMs: [], naiveMs: [] };
  for (let tick = 1; tick <= WARM_TICKS + ticks; tick++) {
    const { delta, naive } = frames.next(tick);
    // A task of its own, as a message is, after the garbage of making the frame.
    await new Promise((next) => { setTimeout(next); });
    const startMs = performance.now();
    store.takeFrame(delta);
    const takenMs = performance.now();
    flush();
    const flushedMs = performance.now();
    const { values } = JSON.parse(naive) as { values: Record<string, number> };
    for (const key in values) naiveMirror.set(key, values[key] ?? 0);
    const naiveEndMs = performance.now();
    if (!frames.holds(store.columns)) throw new Error(`The mirror differs at tick ${tick}.`);
    if (tick <= WARM_TICKS) continue;
    times.takeMs.push(takenMs - startMs);
    times.flushMs.push(flushedMs - takenMs);
    times.naiveMs.push(naiveEndMs - flushedMs);
  }
  return times;
}
