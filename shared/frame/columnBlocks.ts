import type { ReadingColumns } from '../domain/readingColumns.ts';
import type { ByteWriter } from './byteWriter.ts';
import { writeAscending, writePackedIntegers } from './packedIntegers.ts';
import { MAX_DECIMALS, type NumberColumn, toBaseUnits, toSeconds, toUnits, zigzag } from './units.ts';

/** First byte of every block; 0 means that the column is as it was. */
export const BLOCK = {
  /** Integers follow: steps of a number, places in the dictionary of a status. */
  integers: 1,
  /** They are for every series of the frame, and no positions are sent. */
  everySeries: 2,
  /** A list of series whose number is gone (NaN) follows. */
  gone: 4,
  /** A list of series with their number as a double follows. */
  doubles: 8,
} as const;

/** Positions cost 1-3 bits each, a step of zero about 3: naming every series is cheaper while few are without a change. */
const EVERY_SERIES_FROM_RATIO = 7 / 8;

/** One frame's changed series against the picture before, held in arrays that serve every frame. */
export class BlockScratch {
  readonly stepPositions: Uint32Array;
  readonly gonePositions: Uint32Array;
  readonly doublePositions: Uint32Array;
  readonly units: Float64Array;
  readonly packed: Float64Array;

  constructor(seriesCount: number) {
    this.stepPositions = new Uint32Array(seriesCount);
    this.gonePositions = new Uint32Array(seriesCount);
    this.doublePositions = new Uint32Array(seriesCount);
    this.units = new Float64Array(seriesCount);
    this.packed = new Float64Array(seriesCount);
  }
}

export interface BlockInput {
  /** `null`: nothing is held before. */
  readonly before: ReadingColumns | null;
  readonly after: ReadingColumns;
  readonly changed: Uint32Array;
  readonly decimalsBySeries: Uint8Array;
  readonly dataTimeMs: number;
}

/** Parts of ratios have no decimals of their own in the catalogue: the fewest at which this frame's are whole numbers. */
function partDecimals(column: Float64Array, changed: Uint32Array): number {
  let decimals = 0;
  for (let k = 0; k < changed.length && decimals < MAX_DECIMALS; k++) {
    const part = column[changed[k] ?? 0] ?? Number.NaN;
    while (decimals < MAX_DECIMALS && !Number.isNaN(part) && Number.isNaN(toUnits(part, decimals))) decimals++;
  }
  return decimals;
}

export function writeNumberBlock(writer: ByteWriter, column: NumberColumn, input: BlockInput, scratch: BlockScratch): void {
  const { changed, decimalsBySeries } = input;
  const after = input.after[column];
  const before = input.before?.[column] ?? null;
  const nothing = column === 'membersFresh' || column === 'membersExpected' ? 0 : Number.NaN;
  const isTime = column === 'observedAtMs';
  const isPart = column === 'numerator' || column === 'denominator';
  const isValue = column === 'value';
  const fixedDecimals = isPart ? partDecimals(input.after[column], changed) : 0;
  const { stepPositions, gonePositions, doublePositions, units } = scratch;
  let steps = 0;
  let gone = 0;
  let doubles = 0;
  let stepable = 0;
  for (let k = 0; k < changed.length; k++) {
    const index = changed[k] ?? 0;
    const next = after[index] ?? Number.NaN;
    const decimals = isValue ? decimalsBySeries[index] ?? 0 : fixedDecimals;
    const nextUnits = isTime ? toSeconds(next) : toUnits(next, decimals);
    units[k] = nextUnits;
    if (!Number.isNaN(nextUnits)) stepable++;
    const held = before === null ? nothing : before[index] ?? nothing;
    if (held === next || (Number.isNaN(held) && Number.isNaN(next))) continue;
    if (Number.isNaN(next)) gonePositions[gone++] = k;
    else if (Number.isNaN(nextUnits)) doublePositions[doubles++] = k;
    else stepPositions[steps++] = k;
  }
  const isEverySeries = stepable === changed.length && steps >= changed.length * EVERY_SERIES_FROM_RATIO;
  writer.u8((steps > 0 ? BLOCK.integers : 0) | (isEverySeries ? BLOCK.everySeries : 0) | (gone > 0 ? BLOCK.gone : 0) | (doubles > 0 ? BLOCK.doubles : 0));
  if (steps + gone + doubles === 0) return;
  if (isPart) writer.u8(fixedDecimals);
  if (steps > 0) writeSteps(writer, column, input, scratch, isEverySeries ? null : steps, fixedDecimals);
  if (gone > 0) writePositions(writer, gonePositions, gone);
  if (doubles > 0) {
    writePositions(writer, doublePositions, doubles);
    for (let d = 0; d < doubles; d++) writer.f64(after[changed[doublePositions[d] ?? 0] ?? 0] ?? Number.NaN);
  }
}

function writePositions(writer: ByteWriter, positions: Uint32Array, count: number): void {
  writer.varint(count);
  writeAscending(writer, positions, count);
}

/** `count` is `null` when every series of the frame has a step. */
function writeSteps(writer: ByteWriter, column: NumberColumn, input: BlockInput, scratch: BlockScratch, count: number | null, fixedDecimals: number): void {
  const { changed, decimalsBySeries } = input;
  const before = column === 'observedAtMs' ? null : input.before?.[column] ?? null;
  const dataSeconds = Math.floor(input.dataTimeMs / 1000);
  const isValue = column === 'value';
  const total = count ?? changed.length;
  if (count !== null) writePositions(writer, scratch.stepPositions, count);
  for (let s = 0; s < total; s++) {
    const k = count === null ? s : scratch.stepPositions[s] ?? 0;
    const index = changed[k] ?? 0;
    const decimals = isValue ? decimalsBySeries[index] ?? 0 : fixedDecimals;
    const base = column === 'observedAtMs' ? dataSeconds : before === null ? 0 : toBaseUnits(before[index] ?? 0, decimals);
    scratch.packed[s] = zigzag((scratch.units[k] ?? 0) - base);
  }
  writePackedIntegers(writer, scratch.packed, total);
}

/** Statuses are few: a dictionary, the most frequent first, and a place in it for each series. */
export function writeStatusBlock(writer: ByteWriter, input: BlockInput, scratch: BlockScratch): void {
  const { before, after, changed } = input;
  let count = 0;
  for (let k = 0; k < changed.length; k++) {
    const index = changed[k] ?? 0;
    if ((after.status[index] ?? 0) !== (before?.status[index] ?? 0)) scratch.stepPositions[count++] = k;
  }
  const isEverySeries = count > 0 && count >= changed.length * EVERY_SERIES_FROM_RATIO;
  writer.u8((count > 0 ? BLOCK.integers : 0) | (isEverySeries ? BLOCK.everySeries : 0));
  if (count === 0) return;
  const total = isEverySeries ? changed.length : count;
  if (!isEverySeries) writePositions(writer, scratch.stepPositions, count);
  const frequency = new Uint32Array(256);
  for (let s = 0; s < total; s++) {
    const status = after.status[changed[isEverySeries ? s : scratch.stepPositions[s] ?? 0] ?? 0] ?? 0;
    frequency[status] = (frequency[status] ?? 0) + 1;
    scratch.units[s] = status;
  }
  const dictionary = [...frequency.keys()].filter((status) => (frequency[status] ?? 0) > 0)
    .sort((a, b) => (frequency[b] ?? 0) - (frequency[a] ?? 0) || a - b);
  const places = new Uint8Array(256);
  dictionary.forEach((status, place) => { places[status] = place; });
  writer.varint(dictionary.length);
  for (const status of dictionary) writer.u8(status);
  for (let s = 0; s < total; s++) scratch.packed[s] = places[scratch.units[s] ?? 0] ?? 0;
  writePackedIntegers(writer, scratch.packed, total);
}
