import {
  type ByteReader, type ByteWriter, MalformedBytes, readFloat64, readVarint, unzigzag, writeFloat64, writeVarint, zigzag,
} from './bytes.ts';

/**
 * One column of numbers as stretches: a header of twice the length, plus one if all its numbers are the same and written once.
 * Most columns of a batch hardly vary, so most cost two or three bytes in all.
 */
export type Column = Float64Array | Int32Array | Uint8Array;

const SHORTEST_RUN = 3;

// One per thread: every pack and unpack finishes with it before the next begins.
let scratch = new Float64Array(1024);

function scratchFor(count: number): Float64Array {
  if (scratch.length < count) scratch = new Float64Array(count * 2);
  return scratch;
}

/** Length of the run of equal numbers at `from`. */
function runLength(values: Float64Array, from: number, count: number): number {
  const first = values[from];
  let end = from + 1;
  while (end < count && values[end] === first) end++;
  return end - from;
}

function pack(writer: ByteWriter, values: Float64Array, count: number): void {
  let at = 0;
  while (at < count) {
    const run = runLength(values, at, count);
    if (run >= SHORTEST_RUN) {
      writeVarint(writer, run * 2 + 1);
      writeVarint(writer, values[at] ?? 0);
      at += run;
      continue;
    }
    let end = at + run;
    while (end < count) {
      const next = runLength(values, end, count);
      if (next >= SHORTEST_RUN) break;
      end += next;
    }
    writeVarint(writer, (end - at) * 2);
    for (; at < end; at++) writeVarint(writer, values[at] ?? 0);
  }
}

function unpack(reader: ByteReader, count: number): Float64Array {
  const values = scratchFor(count);
  let at = 0;
  while (at < count) {
    const header = readVarint(reader);
    const end = at + Math.floor(header / 2);
    if (end > count || end === at) throw new MalformedBytes(`a stretch of ${end - at} numbers at ${at} of ${count}`);
    if (header % 2 === 1) {
      values.fill(readVarint(reader), at, end);
      at = end;
    } else {
      for (; at < end; at++) values[at] = readVarint(reader);
    }
  }
  return values;
}

/** Whole numbers from 0 up: the rows of `column` named by `rows`, in that order. */
export function writeWholes(writer: ByteWriter, column: Column, rows: Int32Array, count: number): void {
  const values = scratchFor(count);
  for (let i = 0; i < count; i++) values[i] = column[rows[i] ?? 0] ?? 0;
  pack(writer, values, count);
}

export function readWholes(reader: ByteReader, into: Column, start: number, count: number): void {
  const values = unpack(reader, count);
  for (let i = 0; i < count; i++) into[start + i] = values[i] ?? 0;
}

/** Whole numbers that follow one another closely, as differences divided by `unit`, which must divide every one. */
export function writeSteps(writer: ByteWriter, column: Column, rows: Int32Array, count: number, unit: number): void {
  const values = scratchFor(count);
  let before = 0;
  for (let i = 0; i < count; i++) {
    const value = column[rows[i] ?? 0] ?? 0;
    values[i] = zigzag((value - before) / unit);
    before = value;
  }
  pack(writer, values, count);
}

export function readSteps(reader: ByteReader, into: Column, start: number, count: number, unit: number): void {
  const values = unpack(reader, count);
  let value = 0;
  for (let i = 0; i < count; i++) {
    value += unzigzag(values[i] ?? 0) * unit;
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
  pack(writer, values, count);
}

export function readGaps(reader: ByteReader, into: Column, from: Column, start: number, count: number, unit: number): void {
  const values = unpack(reader, count);
  for (let i = 0; i < count; i++) into[start + i] = (from[start + i] ?? 0) + unzigzag(values[i] ?? 0) * unit;
}

const POWERS_OF_TEN = [1, 10, 100, 1000] as const;
const CODE_NULL = 0;
const CODE_FLOAT = 1;
const FIRST_CODE = 2;
const MAX_MANTISSA = 2 ** 48;

/** A number of up to three decimals becomes a whole number that gives the same double back; the rest are written as doubles. */
function codeOf(value: number): number {
  if (Number.isNaN(value)) return CODE_NULL;
  for (let exponent = 0; exponent < POWERS_OF_TEN.length; exponent++) {
    const power = POWERS_OF_TEN[exponent] ?? 1;
    const mantissa = Math.round(value * power);
    if (mantissa / power !== value) continue;
    if (Math.abs(mantissa) >= MAX_MANTISSA || Object.is(value, -0)) return CODE_FLOAT;
    return zigzag(mantissa) * 4 + exponent + FIRST_CODE;
  }
  return CODE_FLOAT;
}

function numberOfCode(code: number): number {
  const exponent = (code - FIRST_CODE) % 4;
  return unzigzag((code - FIRST_CODE - exponent) / 4) / (POWERS_OF_TEN[exponent] ?? 1);
}

/** Any doubles, given back bit for bit; NaN stands for "none". */
export function writeNumbers(writer: ByteWriter, column: Column, rows: Int32Array, count: number): void {
  const values = scratchFor(count);
  for (let i = 0; i < count; i++) values[i] = codeOf(column[rows[i] ?? 0] ?? Number.NaN);
  pack(writer, values, count);
  for (let i = 0; i < count; i++) {
    if (values[i] === CODE_FLOAT) writeFloat64(writer, column[rows[i] ?? 0] ?? 0);
  }
}

export function readNumbers(reader: ByteReader, into: Column, start: number, count: number): void {
  const codes = unpack(reader, count);
  for (let i = 0; i < count; i++) {
    const code = codes[i] ?? CODE_NULL;
    if (code === CODE_NULL) into[start + i] = Number.NaN;
    else into[start + i] = code === CODE_FLOAT ? readFloat64(reader) : numberOfCode(code);
  }
}
