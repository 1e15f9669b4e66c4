import type { ReadingColumns } from '../domain/readingColumns.ts';
import { ByteWriter } from './byteWriter.ts';
import { type BlockInput, BlockScratch, writeNumberBlock, writeStatusBlock } from './columnBlocks.ts';
import type { FrameHeader, SeriesRange } from './frame.ts';
import { writeFrameHeader } from './frameHeader.ts';
import { writeAscending } from './packedIntegers.ts';

export interface FrameEncoder {
  /**
   * `changed`: ascending series indices whose columns differ between `before` and `after` (extra ones cost bytes, not correctness).
   * The result is a fresh buffer.
   */
  encodeDelta(header: FrameHeader, before: ReadingColumns, after: ReadingColumns, changed: Uint32Array): Uint8Array<ArrayBuffer>;
  /** A delta from nothing, over `ranges`: ascending and apart. A reader forgets what it held of them. */
  encodeSnapshot(header: FrameHeader, after: ReadingColumns, ranges: readonly SeriesRange[]): Uint8Array<ArrayBuffer>;
}

/** One encoder serves all topics of an edition: its scratch space is used again for every frame. */
export function createFrameEncoder(decimalsBySeries: Uint8Array): FrameEncoder {
  const seriesCount = decimalsBySeries.length;
  const writer = new ByteWriter();
  const scratch = new BlockScratch(seriesCount);
  const begin = (header: FrameHeader, after: ReadingColumns) => {
    if (header.seriesCount !== seriesCount || after.seriesCount !== seriesCount) {
      throw new Error(`Invariant: encoder of ${seriesCount} series was given columns of ${after.seriesCount} and a header of ${header.seriesCount}.`);
    }
    writer.reset();
    writeFrameHeader(writer, header);
  };
  const finish = (input: BlockInput) => {
    writeBlocks(writer, input, scratch);
    return writer.copy();
  };
  return {
    encodeDelta(header, before, after, changed) {
      begin(header, after);
      return finish({ before, after, changed, decimalsBySeries, dataTimeMs: header.dataTimeMs });
    },
    encodeSnapshot(header, after, ranges) {
      begin(header, after);
      writer.varint(ranges.length);
      let end = 0;
      for (const [start, nextEnd] of ranges) {
        writer.varint(start - end);
        writer.varint(nextEnd - start);
        end = nextEnd;
      }
      return finish({ before: null, after, changed: readingsIn(after, ranges), decimalsBySeries, dataTimeMs: header.dataTimeMs });
    },
  };
}

/** The series in `ranges` that have anything to say. */
function readingsIn(after: ReadingColumns, ranges: readonly SeriesRange[]): Uint32Array {
  const found = new Uint32Array(after.seriesCount);
  let count = 0;
  for (const [start, end] of ranges) {
    for (let index = start; index < end; index++) if (!isNothing(after, index)) found[count++] = index;
  }
  return found.subarray(0, count);
}

function isNothing(columns: ReadingColumns, index: number): boolean {
  return Number.isNaN(columns.value[index]) && Number.isNaN(columns.observedAtMs[index]) && columns.status[index] === 0
    && Number.isNaN(columns.numerator[index]) && Number.isNaN(columns.denominator[index])
    && columns.membersFresh[index] === 0 && columns.membersExpected[index] === 0;
}

function writeBlocks(writer: ByteWriter, input: BlockInput, scratch: BlockScratch): void {
  writer.varint(input.changed.length);
  if (input.changed.length === 0) return;
  writeAscending(writer, input.changed, input.changed.length);
  writeNumberBlock(writer, 'value', input, scratch);
  writeNumberBlock(writer, 'numerator', input, scratch);
  writeNumberBlock(writer, 'denominator', input, scratch);
  writeNumberBlock(writer, 'observedAtMs', input, scratch);
  writeStatusBlock(writer, input, scratch);
  writeNumberBlock(writer, 'membersFresh', input, scratch);
  writeNumberBlock(writer, 'membersExpected', input, scratch);
}
