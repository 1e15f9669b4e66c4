import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { toLevel } from '../../shared/domain/locality.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import { decimalsOf } from '../../shared/frame/topicRanges.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { realTable } from '../support/aCatalogue.ts';
import { anObservation, START_MS } from '../support/anObservation.ts';
import { type BenchRow, median, quantile } from './row.ts';

const TICKS = 150;
const WARM_UP = 30;
const CHANGED_RATIO = 0.2;
const REACH_MS = 20;

function copyInto(target: ReadingColumns, source: ReadingColumns): void {
  target.value.set(source.value);
  target.numerator.set(source.numerator);
  target.denominator.set(source.denominator);
  target.observedAtMs.set(source.observedAtMs);
  target.status.set(source.status);
  target.membersFresh.set(source.membersFresh);
  target.membersExpected.set(source.membersExpected);
}

/** The whole edition cut to its first provinces, until it has about `seriesCount` series. */
function cutTo(table: SeriesTable, seriesCount: number): SeriesTable {
  const end = table.series[seriesCount]?.locality;
  const at = end === undefined ? table.localities.length : table.localities.indexOf(end);
  return buildSeriesTable(table.localities.slice(0, at), table.indicators);
}

function measure(name: string, table: SeriesTable): BenchRow[] {
  const observed = table.series.filter(({ locality, indicator }) => toLevel(locality) === indicator.observedAt);
  const state = createChannelState({ table, sources: [] });
  const encoder = createFrameEncoder(decimalsOf(table));
  const before = createReadingColumns(table.series.length);
  const stride = Math.round(1 / CHANGED_RATIO);
  const projectMs: number[] = [], settleMs: number[] = [], encodeMs: number[] = [], tickMs: number[] = [], cpuMs: number[] = [], idleMs: number[] = [];
  let changedCount = 0, frameBytes = 0;
  for (let tick = 0; tick < TICKS; tick++) {
    const nowMs = START_MS + tick * 1_000;
    const batch: Observation[] = observed.filter((_, at) => tick === 0 || at % stride === tick % stride).map(({ index, indicator }) => anObservation({
      seriesIndex: index, observedAtMs: nowMs, sourceId: 'feed-a',
      value: indicator.states.at(-1)?.value ?? Math.max(indicator.plausible.min, Math.min(indicator.plausible.max, (index + 13 * tick) % 1_000)),
    }));
    copyInto(before, state.readings.columns);
    const startCpu = process.threadCpuUsage();
    const startMs = performance.now();
    state.project(batch, 0);
    const projectedMs = performance.now();
    const changed = state.settle(nowMs);
    const settledMs = performance.now();
    const frame = encoder.encodeDelta({
      kind: 'delta', channel: 'live', topic: 'nation', epoch: '0123456789abcdef', baseSeq: tick, seq: tick + 1,
      serverTimeMs: nowMs, dataTimeMs: nowMs, seriesCount: table.series.length,
    }, before, state.readings.columns, changed);
    const encodedMs = performance.now();
    const cpu = process.threadCpuUsage(startCpu);
    state.settle(nowMs);
    const idleEndMs = performance.now();
    if (tick < WARM_UP) continue;
    projectMs.push(projectedMs - startMs);
    settleMs.push(settledMs - projectedMs);
    encodeMs.push(encodedMs - settledMs);
    tickMs.push(encodedMs - startMs);
    cpuMs.push((cpu.user + cpu.system) / 1_000);
    idleMs.push(idleEndMs - encodedMs);
    changedCount = changed.length;
    frameBytes = frame.length;
  }
  const p99 = quantile(tickMs, 0.99);
  const parts = `project ${median(projectMs).toFixed(1)}, settle ${median(settleMs).toFixed(1)}, encode ${median(encodeMs).toFixed(1)}`;
  return [
    { what: `tick, ${name}: ${table.series.length.toLocaleString('en')} series, ${changedCount.toLocaleString('en')} changed`,
      measured: `median ${median(tickMs).toFixed(1)} ms (${parts}), p99 ${p99.toFixed(1)} ms, of which CPU ${quantile(cpuMs, 0.99).toFixed(1)}; ${frameBytes.toLocaleString('en')} B`, reach: `p99 < ${REACH_MS} ms`, ok: p99 < REACH_MS },
    { what: `settle with nothing new, ${name}`, measured: `median ${median(idleMs).toFixed(3)} ms`, reach: '< 1 ms', ok: median(idleMs) < 1 },
  ];
}

/** Why the columns are mutated in place: a fold that returned new columns would pay this for every batch it projects. */
function measureCopy(table: SeriesTable): BenchRow {
  const batchSize = 500;
  const observed = table.series.filter(({ locality, indicator }) => toLevel(locality) === indicator.observedAt);
  const state = createChannelState({ table, sources: [] });
  const copyMs: number[] = [], projectMs: number[] = [];
  for (let round = 0; round < 100; round++) {
    const batch = observed.slice((round % 50) * batchSize, (round % 50 + 1) * batchSize)
      .map(({ index }) => anObservation({ seriesIndex: index, observedAtMs: START_MS + round * 1_000 }));
    const startMs = performance.now();
    copyInto(createReadingColumns(table.series.length), state.readings.columns);
    const copiedMs = performance.now();
    state.project(batch, 0);
    copyMs.push(copiedMs - startMs);
    projectMs.push(performance.now() - copiedMs);
  }
  const nsPerReading = (ms: readonly number[]) => (median(ms) * 1e6) / batchSize;
  const ratio = nsPerReading(copyMs) / nsPerReading(projectMs);
  return {
    what: 'columns in place against a copy for each batch of 500',
    measured: `${nsPerReading(projectMs).toFixed(0)} ns against ${nsPerReading(copyMs).toFixed(0)} ns more a reading (${ratio.toFixed(0)} ×)`,
    reach: '≥ 2 ×, else copying would do', ok: ratio >= 2,
  };
}

/** Project, roll-up, freshness and the delta of the `nation` topic; a fifth of the observed series anew every second. */
export function benchTick(): BenchRow[] {
  const table = realTable('2025');
  return [...measure('edition 2025', table), ...measure('a cut of edition 2025', cutTo(table, 33_000)), measureCopy(table)];
}

if (import.meta.main) console.table(benchTick());
