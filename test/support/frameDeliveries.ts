import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { changedSeries } from '../../shared/frame/changedSeries.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import type { FrameHeader, HeldPosition, SeriesRange } from '../../shared/frame/frame.ts';
import { withEpoch } from '../../shared/frame/frameHeader.ts';
import { decimalsOf, topicRanges } from '../../shared/frame/topicRanges.ts';
import type { FrameStream, Step } from './someFrameStreams.ts';
import { copyColumns, writeChanges } from './someReadings.ts';

const EPOCHS = ['0123456789abcdef', 'ffffffffffffffff', '0000000000000000'] as const;
const FOREIGN_EPOCH = 'fedcba9876543210';

/** One frame as it arrives, what a follower does with it, and what it holds then. */
export interface Delivery {
  readonly bytes: Uint8Array;
  readonly does: 'applied' | 'old' | 'resync';
  readonly holds: ReadingColumns;
}

interface Sent {
  readonly header: FrameHeader;
  readonly bytes: Uint8Array;
}

/** Writes each step's changes and sends them with the real encoder. */
function aServer({ table, topic, firstSeq }: FrameStream, ranges: readonly SeriesRange[]) {
  const encoder = createFrameEncoder(decimalsOf(table));
  const carried = Uint32Array.from(ranges.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i)));
  const columns = createReadingColumns(table.series.length);
  let epoch = 0;
  let seq = firstSeq;
  const header = (kind: FrameHeader['kind'], dataTimeMs: number): FrameHeader => ({
    kind, channel: 'live', topic, epoch: EPOCHS[epoch % EPOCHS.length]!, baseSeq: kind === 'delta' ? seq - 1 : 0, seq, serverTimeMs: 1_600_000_000_000.5, dataTimeMs, seriesCount: table.series.length,
  });
  return {
    columns,
    snapshot({ kind, changes, dataTimeMs }: Step): Sent {
      if (kind === 'restart') epoch += 1;
      writeChanges(columns, changes);
      const said = header('snapshot', dataTimeMs);
      return { header: said, bytes: encoder.encodeSnapshot(said, columns, ranges) };
    },
    delta({ changes, dataTimeMs, namesAll }: Step): Sent {
      const before = copyColumns(columns);
      writeChanges(columns, changes);
      seq += 1;
      const said = header('delta', dataTimeMs);
      return { header: said, bytes: encoder.encodeDelta(said, before, columns, namesAll ? carried : changedSeries(before, columns, carried)) };
    },
  };
}

/** The stream as a server sends it and the wire delivers it; the first frame is a snapshot. */
export function deliveriesOf(stream: FrameStream): Delivery[] {
  const ranges = topicRanges(stream.table, stream.topic)!;
  const server = aServer(stream, ranges);
  const deliveries: Delivery[] = [];
  let held: HeldPosition | null = null;
  let holds = createReadingColumns(stream.table.series.length);
  let last: Sent | null = null;
  const deliver = ({ header, bytes }: Sent) => {
    const does = header.kind === 'snapshot' ? 'applied' : doesWith(header, held);
    if (does === 'applied') {
      holds = carriedOf(server.columns, ranges);
      held = header;
    }
    deliveries.push({ bytes, does, holds });
  };
  for (const [i, step] of stream.steps.entries()) {
    if (i === 0 || step.kind === 'resync' || step.kind === 'restart') deliver(server.snapshot(step));
    else if (step.kind === 'again' && last !== null) deliver(last);
    else {
      last = server.delta(step);
      if (step.kind === 'foreign') deliver({ header: { ...last.header, epoch: FOREIGN_EPOCH }, bytes: withEpoch(last.bytes, FOREIGN_EPOCH) });
      if (step.kind !== 'lost') deliver(last);
    }
  }
  return deliveries;
}

/** What the page tells a follower to do with a delta. */
function doesWith({ epoch, seq, baseSeq }: FrameHeader, held: HeldPosition | null): Delivery['does'] {
  if (held === null || held.epoch !== epoch) return 'resync';
  if (seq <= held.seq) return 'old';
  return baseSeq === held.seq ? 'applied' : 'resync';
}

/** A copy of what a topic carries; minus zero is sent as zero. */
function carriedOf(server: ReadingColumns, ranges: readonly SeriesRange[]): ReadingColumns {
  const copy = createReadingColumns(server.seriesCount);
  for (const column of ['value', 'numerator', 'denominator', 'observedAtMs', 'status', 'membersFresh', 'membersExpected'] as const) {
    for (const [start, end] of ranges) copy[column].set(server[column].subarray(start, end).map((number) => number + 0), start);
  }
  return copy;
}
