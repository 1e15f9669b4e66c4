import { type ByteReader, type ByteWriter, MalformedBytes, readByte, readText, readVarint, writeByte, writeText, writeVarint } from './bytes.ts';
import { internText, type ObservationColumns, reserveRows, rowsUpTo } from './observationColumns.ts';
import { type Column, readGaps, readSteps, readWholes, writeGaps, writeSteps, writeWholes } from './packedColumn.ts';
import { readNumbers, writeNumbers } from './packedNumbers.ts';

/** `of-many-series`: each row names its series. `of-one-series`: whoever holds the bytes knows which. */
export type Shape = 'of-many-series' | 'of-one-series';

const FORMAT = 1;
const FORMAT_MASK = 0x0f;
const FLAG_MANY_SERIES = 0x10;
const FLAG_OBSERVED_SECONDS = 0x20;
const FLAG_RECEIVED_SECONDS = 0x40;
/** Received times are written as their distance from the observed ones, else as steps. */
const FLAG_RECEIVED_AS_LAG = 0x80;
const SECOND_MS = 1000;

const isWholeSeconds = (column: Column, rows: Int32Array, count: number) => {
  for (let i = 0; i < count; i++) if ((column[rows[i] ?? 0] ?? 0) % SECOND_MS !== 0) return false;
  return true;
};

const unitOf = (flags: number, flag: number) => ((flags & flag) === 0 ? 1 : SECOND_MS);

/**
 * Writes the rows of `columns` named by `rows`. `receivedAs` chooses what compresses better: `steps` where rows were received
 * together, `lag` where each was received soon after it was observed.
 */
export function writeObservations(
  writer: ByteWriter, columns: ObservationColumns, rows: Int32Array, count: number, shape: Shape, receivedAs: 'steps' | 'lag',
): void {
  const flags = (shape === 'of-many-series' ? FLAG_MANY_SERIES : 0) | (receivedAs === 'lag' ? FLAG_RECEIVED_AS_LAG : 0)
    | (isWholeSeconds(columns.observedAtMs, rows, count) ? FLAG_OBSERVED_SECONDS : 0)
    | (isWholeSeconds(columns.receivedAtMs, rows, count) ? FLAG_RECEIVED_SECONDS : 0);
  writeByte(writer, FORMAT | flags);
  writeVarint(writer, count);
  // Times and values first: a chart needs nothing else and stops reading there.
  writeSteps(writer, columns.observedAtMs, rows, count, unitOf(flags, FLAG_OBSERVED_SECONDS));
  const areAlike = shape === 'of-one-series';
  writeNumbers(writer, columns.value, rows, count, areAlike);
  if (shape === 'of-many-series') writeSteps(writer, columns.seriesId, rows, count, 1);
  writeReceived(writer, columns, rows, count, flags);
  writeNumbers(writer, columns.numerator, rows, count, areAlike);
  writeNumbers(writer, columns.denominator, rows, count, areAlike);
  writeWholes(writer, columns.kind, rows, count);
  writeTexts(writer, columns, rows, count);
}

function writeReceived(writer: ByteWriter, columns: ObservationColumns, rows: Int32Array, count: number, flags: number): void {
  const { observedAtMs, receivedAtMs } = columns;
  if ((flags & FLAG_RECEIVED_AS_LAG) === 0) {
    writeSteps(writer, receivedAtMs, rows, count, unitOf(flags, FLAG_RECEIVED_SECONDS));
  } else {
    writeGaps(writer, receivedAtMs, observedAtMs, rows, count, lagUnit(flags));
  }
}

/** A lag is in whole seconds only if both its ends are. */
const lagUnit = (flags: number) => Math.min(unitOf(flags, FLAG_OBSERVED_SECONDS), unitOf(flags, FLAG_RECEIVED_SECONDS));

/** Only the texts these rows use, numbered by first use. */
function writeTexts(writer: ByteWriter, columns: ObservationColumns, rows: Int32Array, count: number): void {
  const used = new Map<number, number>([[0, 0]]);
  for (const column of [columns.source, columns.ref]) {
    const local = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const textId = column[rows[i] ?? 0] ?? 0;
      let localId = used.get(textId);
      if (localId === undefined) {
        localId = used.size;
        used.set(textId, localId);
      }
      local[i] = localId;
    }
    writeWholes(writer, local, rowsUpTo(count), count);
  }
  writeVarint(writer, used.size - 1);
  for (const textId of used.keys()) if (textId !== 0) writeText(writer, columns.texts[textId] ?? '');
}

/** More rows than any batch or bucket holds: a count above it can only be damage, and must not become an allocation. */
const MAX_ROWS = 2 ** 24;

/**
 * Appends what `writeObservations` wrote. `times-and-values` stops after those two columns and leaves the others as they were.
 * Returns the number of rows appended.
 */
export function readObservations(reader: ByteReader, into: ObservationColumns, depth: 'all' | 'times-and-values'): number {
  const flags = readByte(reader);
  if ((flags & FORMAT_MASK) !== FORMAT) throw new MalformedBytes(`format ${flags & FORMAT_MASK}, this program reads ${FORMAT}`);
  const count = readVarint(reader);
  if (count > MAX_ROWS) throw new MalformedBytes(`${count} rows, at most ${MAX_ROWS} were expected`);
  reserveRows(into, count);
  const start = into.count;
  readSteps(reader, into.observedAtMs, start, count, unitOf(flags, FLAG_OBSERVED_SECONDS));
  readNumbers(reader, into.value, start, count);
  if (depth === 'all') {
    if ((flags & FLAG_MANY_SERIES) !== 0) readSteps(reader, into.seriesId, start, count, 1);
    readReceived(reader, into, start, count, flags);
    readNumbers(reader, into.numerator, start, count);
    readNumbers(reader, into.denominator, start, count);
    readWholes(reader, into.kind, start, count);
    readTexts(reader, into, start, count);
  }
  into.count += count;
  return count;
}

function readReceived(reader: ByteReader, into: ObservationColumns, start: number, count: number, flags: number): void {
  if ((flags & FLAG_RECEIVED_AS_LAG) === 0) {
    readSteps(reader, into.receivedAtMs, start, count, unitOf(flags, FLAG_RECEIVED_SECONDS));
  } else {
    readGaps(reader, into.receivedAtMs, into.observedAtMs, start, count, lagUnit(flags));
  }
}

function readTexts(reader: ByteReader, into: ObservationColumns, start: number, count: number): void {
  readWholes(reader, into.source, start, count);
  readWholes(reader, into.ref, start, count);
  const textCount = readVarint(reader);
  const ids = [0];
  for (let i = 0; i < textCount; i++) ids.push(internText(into, readText(reader)));
  for (const column of [into.source, into.ref]) {
    for (let row = start; row < start + count; row++) {
      const textId = ids[column[row] ?? 0];
      if (textId === undefined) throw new MalformedBytes(`row ${row - start} names text ${column[row]} of ${textCount}`);
      column[row] = textId;
    }
  }
}
