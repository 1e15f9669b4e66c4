import { pathToFileURL } from 'node:url';
import { performance } from 'node:perf_hooks';
import { createReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import { applyFrame } from '../../shared/frame/applyFrame.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import type { FrameHeader } from '../../shared/frame/frame.ts';
import { decimalsOf, topicRanges } from '../../shared/frame/topicRanges.ts';
import { realTable } from '../support/aCatalogue.ts';
import { copyColumns } from '../support/someReadings.ts';
import { type BenchRow, median } from './row.ts';
import { createWorkload, workloadTable } from './workload.ts';

const EPOCH = '0123456789abcdef';
const T0 = 1_600_000_000_000;
const TICKS = 200;
/** The binary event's text part and the heads of its two websocket frames: what the wire adds to a frame. */
const WIRE_BYTES = 2 + '451-["frame",{"_placeholder":true,"num":0}]'.length + 4;

interface Measured { bytes: number; encodeMs: number; applyMs: number; snapshotBytes: number; snapshotMs: number }

function measure(table: SeriesTable, ratio: number): Measured {
  const decimals = decimalsOf(table);
  const seriesCount = table.series.length;
  const encoder = createFrameEncoder(decimals);
  const workload = createWorkload(table, { ratio, seed: 1, startMs: T0 });
  const mirror = createReadingColumns(seriesCount);
  const ranges = topicRanges(table, 'nation') ?? [];
  const header = (kind: FrameHeader['kind'], seq: number, atMs: number): FrameHeader =>
    ({ kind, channel: 'live', topic: 'nation', epoch: EPOCH, baseSeq: kind === 'delta' ? seq - 1 : 0, seq, serverTimeMs: atMs, dataTimeMs: atMs, seriesCount });
  applyFrame(mirror, encoder.encodeSnapshot(header('snapshot', 10_000, T0), workload.columns, ranges), null, decimals);
  const bytes: number[] = [], encodeMs: number[] = [], applyMs: number[] = [], snapshotBytes: number[] = [], snapshotMs: number[] = [];
  for (let tick = 1; tick <= TICKS; tick++) {
    const atMs = T0 + tick * 1000;
    const before = copyColumns(workload.columns);
    const changed = workload.next(atMs);
    const a = performance.now();
    const delta = encoder.encodeDelta(header('delta', 10_000 + tick, atMs + 3.25), before, workload.columns, changed);
    const b = performance.now();
    applyFrame(mirror, delta, { epoch: EPOCH, seq: 10_000 + tick - 1 }, decimals);
    const c = performance.now();
    const snapshot = encoder.encodeSnapshot(header('snapshot', 10_000 + tick, atMs), workload.columns, ranges);
    const d = performance.now();
    if (mirror.value.some((value, index) => value !== workload.columns.value[index])) throw new Error(`Mirror differs at tick ${tick}.`);
    bytes.push(delta.length + WIRE_BYTES);
    encodeMs.push(b - a);
    applyMs.push(c - b);
    snapshotMs.push(d - c);
    snapshotBytes.push(snapshot.length + WIRE_BYTES);
  }
  return { bytes: median(bytes), encodeMs: median(encodeMs), applyMs: median(applyMs), snapshotBytes: median(snapshotBytes), snapshotMs: median(snapshotMs) };
}

/** Bytes include websocket and socket.io framing. Script times are this process's, medians of 200 ticks. */
export function benchFrame(): BenchRow[] {
  const w1 = measure(workloadTable(), 0.2);
  const w2 = measure(workloadTable(), 1);
  const edition = realTable('2025');
  const whole = measure(edition, 1);
  const count = edition.series.length.toLocaleString('en');
  return [
    { what: 'bytes a tick, 1,536 of 7,680 series changed (W1)', measured: `${w1.bytes} B`, reach: '≤ 2,200 B', ok: w1.bytes <= 2200 },
    { what: 'bytes a tick, all 7,680 series changed (W2)', measured: `${w2.bytes} B`, reach: '≤ 7,680 B', ok: w2.bytes <= 7680 },
    { what: 'snapshot of 7,680 series', measured: `${w1.snapshotBytes} B in ${w1.snapshotMs.toFixed(2)} ms`, reach: '≤ 20,480 B', ok: w1.snapshotBytes <= 20_480 },
    { what: `snapshot of ${count} series (edition 2025); a delta of all of them`, measured: `${whole.snapshotBytes} B in ${whole.snapshotMs.toFixed(2)} ms; ${whole.bytes} B, decoded and applied in ${whole.applyMs.toFixed(2)} ms`, reach: 'told', ok: true },
    { what: 'encode one W1 delta, once per topic', measured: `${w1.encodeMs.toFixed(2)} ms`, reach: '≤ 2 ms', ok: w1.encodeMs <= 2 },
    { what: 'decode and apply one W1 delta', measured: `${w1.applyMs.toFixed(2)} ms`, reach: '≤ 1 ms', ok: w1.applyMs <= 1 },
    { what: 'decode and apply one W2 delta', measured: `${w2.applyMs.toFixed(2)} ms`, reach: '≤ 2 ms', ok: w2.applyMs <= 2 },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(benchFrame());
