import { type ByteReader, type ByteWriter, readVarint, unzigzag, writeVarint, zigzag } from './bytes.ts';
import { packWholes, unpackWholes } from './packedWholes.ts';

export type Column = Float64Array | Int32Array | Uint8Array;

// One per thread: every write and read finishes with it before the next begins.
let scratch = new Float64Array(1024);

function scratchFor(count: number): Float64Array {
  if (scratch.length < count) scratch = new Float64Array(count * 2);
  return scratch;
}

/** Whole numbers from 0 up: the rows of `column` named by `rows`, in that order. */
export function writeWholes(writer: ByteWriter, column: Column, rows: Int32Array, count: number): void {
  const values = scratchFor(count);
  for (let i = 0; i < count; i++) values[i] = column[rows[i] ?? 0] ?? 0;
  packWholes(writer, values, count);
}

export function readWholes(reader: ByteReader, into: Column, start: number, count: number): void {
  const values = unpackWholes(reader, count);
  for (let i = 0; i < count; i++) into[start + i] = values[i] ?? 0;
}

/** Whole numbers that follow one another closely: the first, then differences, all divided by `unit`, which must divide every one. */
export function writeSteps(writer: ByteWriter, column: Column, rows: Int32Array, count: number, unit: number): void {
  if (count === 0) return;
  const values = scratchFor(count);
  let before = column[rows[0] ?? 0] ?? 0;
  writeVarint(writer, zigzag(before / unit));
  for (let i = 1; i < count; i++) {
    const value = column[rows[i] ?? 0] ?? 0;
    values[i - 1] = zigzag((value - before) / unit);
    before = value;
  }
  packWholes(writer, values, count - 1);
}

export function readSteps(reader: ByteReader, into: Column, start: number, count: number, unit: number): void {
  if (count === 0) return;
  let value = unzigzag(readVarint(reader)) * unit;
  into[start] = value;
  const values = unpackWholes(reader, count - 1);
  for (let i = 1; i < count; i++) {
    value += unzigzag(values[i - 1] ?? 0) * unit;
    into[start + i] = value;
  }
}

/** `column` as its difference from `from`, which the reader must have read already. */
export function writeGaps(writer: ByteWriter, column: Column, from: Column, rows: Int32Array, count: number, unit: number): void {
  const values = scratchFor(count);
  for (let i = 0; i < count; i++) {
    const row = rows[i] ?? 0;
    values[i] = zigzag(((column[row] ?? 0) - (from[row] ?? 0)) / unit);
  }
  packWholes(writer, values, count);
}

export function readGaps(reader: ByteReader, into: Column, from: Column, start: number, count: number, unit: number): void {
  const values = unpackWholes(reader, count);
  for (let i = 0; i < count; i++) into[start + i] = (from[start + i] ?? 0) + unzigzag(values[i] ?? 0) * unit;
}

