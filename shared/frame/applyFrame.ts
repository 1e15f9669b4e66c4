import type { ReadingColumns } from '../domain/readingColumns.ts';
import { ByteReader } from './byteReader.ts';
import { changedSeries } from './changedSeries.ts';
import { FrameError, type FrameHeader, type HeldPosition, type SeriesRange } from './frame.ts';
import { parseFrameHeader } from './frameHeader.ts';
import { readAscending } from './packedIntegers.ts';
import { type BlockContext, readNumberBlock, readStatusBlock, type StagedColumn } from './readBlocks.ts';

export interface AppliedFrame {
  readonly header: FrameHeader;
  /** Ascending series indices. After a snapshot: those that differ from what was held. */
  readonly changed: Uint32Array;
}

interface StagedBlocks {
  readonly value: StagedColumn;
  readonly numerator: StagedColumn;
  readonly denominator: StagedColumn;
  readonly observedAtMs: StagedColumn;
  readonly status: StagedColumn;
  readonly membersFresh: StagedColumn;
  readonly membersExpected: StagedColumn;
}

/**
 * [D3] Brings `columns` from the picture at `held` to the frame's. All or nothing: throws only `FrameError`, and then not a
 * single element was written. `held` is what the columns hold of this frame's topic; `null` when nothing yet.
 */
export function applyFrame(columns: ReadingColumns, bytes: Uint8Array, held: HeldPosition | null, decimalsBySeries: Uint8Array): AppliedFrame {
  const reader = new ByteReader(bytes);
  const header = parseFrameHeader(reader);
  if (header.seriesCount !== columns.seriesCount) {
    reader.fail(`${columns.seriesCount} series as in this edition's table, got ${header.seriesCount}`);
  }
  const isSnapshot = header.kind === 'snapshot';
  if (isSnapshot && header.baseSeq !== 0) reader.fail(`base sequence number 0 in a snapshot, got ${header.baseSeq}`);
  if (!isSnapshot) checkFollows(header, held);
  const ranges = isSnapshot ? readRanges(reader, columns.seriesCount) : null;
  const count = reader.varint(columns.seriesCount, 'number of changed series');
  const changed = readAscending(reader, count, columns.seriesCount);
  if (ranges !== null) checkInside(reader, changed, ranges);
  const context = { held: isSnapshot ? null : columns, changed, decimalsBySeries, dataTimeMs: header.dataTimeMs };
  const staged = count === 0 ? null : readBlocks(reader, context);
  if (reader.remaining > 0) reader.fail(`the end of the frame, got ${reader.remaining} more byte(s)`);
  if (ranges === null) {
    if (staged !== null) commit(columns, staged);
    return { header, changed };
  }
  return { header, changed: replace(columns, ranges, staged) };
}

/** [M1] */
function checkFollows(header: FrameHeader, held: HeldPosition | null): void {
  if (held !== null && held.epoch === header.epoch && held.seq === header.baseSeq) return;
  const position = held === null ? 'nothing' : `${held.epoch}/${held.seq}`;
  throw new FrameError('gap', `Delta ${header.epoch}/${header.seq} of ${header.channel} ${header.topic} applies to ${header.baseSeq}, but ${position} is held. Ask once for a resync.`);
}

function readRanges(reader: ByteReader, seriesCount: number): SeriesRange[] {
  const ranges: SeriesRange[] = [];
  let end = 0;
  for (let left = reader.varint(seriesCount, 'number of ranges'); left > 0; left--) {
    const start = end + reader.varint(seriesCount, 'start of a range');
    end = start + reader.varint(seriesCount, 'length of a range');
    if (end <= start || end > seriesCount) reader.fail(`a range inside ${seriesCount} series, got ${start}..${end}`);
    ranges.push([start, end]);
  }
  return ranges;
}

function checkInside(reader: ByteReader, changed: Uint32Array, ranges: readonly SeriesRange[]): void {
  let k = 0;
  for (const [start, end] of ranges) {
    while (k < changed.length && (changed[k] ?? 0) >= start && (changed[k] ?? 0) < end) k++;
  }
  if (k < changed.length) reader.fail(`series inside the snapshot's ranges, got ${changed[k]}`);
}

function readBlocks(reader: ByteReader, context: BlockContext): StagedBlocks {
  // Object literals are evaluated in order, and that order is the wire's.
  return {
    value: readNumberBlock(reader, 'value', context),
    numerator: readNumberBlock(reader, 'numerator', context),
    denominator: readNumberBlock(reader, 'denominator', context),
    observedAtMs: readNumberBlock(reader, 'observedAtMs', context),
    status: readStatusBlock(reader, context),
    membersFresh: readNumberBlock(reader, 'membersFresh', context),
    membersExpected: readNumberBlock(reader, 'membersExpected', context),
  };
}

function write(column: Float64Array | Uint8Array | Uint16Array, { indices, values }: StagedColumn): void {
  for (let i = 0; i < indices.length; i++) column[indices[i] ?? 0] = values[i] ?? 0;
}

function commit(columns: ReadingColumns, staged: StagedBlocks): void {
  write(columns.value, staged.value);
  write(columns.numerator, staged.numerator);
  write(columns.denominator, staged.denominator);
  write(columns.observedAtMs, staged.observedAtMs);
  write(columns.status, staged.status);
  write(columns.membersFresh, staged.membersFresh);
  write(columns.membersExpected, staged.membersExpected);
}

/** Forgets what was held in `ranges`, commits, and returns which series are no longer as they were ([D2]). */
function replace(columns: ReadingColumns, ranges: readonly SeriesRange[], staged: StagedBlocks | null): Uint32Array {
  const before: ReadingColumns = {
    seriesCount: columns.seriesCount, value: columns.value.slice(), numerator: columns.numerator.slice(),
    denominator: columns.denominator.slice(), observedAtMs: columns.observedAtMs.slice(), status: columns.status.slice(),
    membersFresh: columns.membersFresh.slice(), membersExpected: columns.membersExpected.slice(),
  };
  const covered = new Uint32Array(ranges.reduce((total, [start, end]) => total + end - start, 0));
  let count = 0;
  for (const [start, end] of ranges) {
    for (const column of [columns.value, columns.numerator, columns.denominator, columns.observedAtMs]) column.fill(Number.NaN, start, end);
    for (const column of [columns.status, columns.membersFresh, columns.membersExpected]) column.fill(0, start, end);
    for (let index = start; index < end; index++) covered[count++] = index;
  }
  if (staged !== null) commit(columns, staged);
  return changedSeries(before, columns, covered);
}
