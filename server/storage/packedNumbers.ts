import {
  type ByteReader, type ByteWriter, MalformedBytes, readByte, readFloat64, unzigzag, writeByte, writeFloat64, zigzag,
} from './bytes.ts';
import { rowsUpTo } from './observationColumns.ts';
import { type Column, readSteps, writeSteps } from './packedColumn.ts';
import { packWholes, unpackWholes } from './packedWholes.ts';

/** How the numbers that are present are written: as steps of whole numbers at 0-3 decimals, or each with its own decimals. */
const AS_CODES = 4;

const NONE_PRESENT = 0;
const ALL_PRESENT = 1;
const SOME_PRESENT = 2;

const POWERS_OF_TEN = [1, 10, 100, 1000] as const;
const CODE_FLOAT = 0;
const FIRST_CODE = 1;
const MAX_MANTISSA = 2 ** 48;

// One per thread: every write and read finishes with them before the next begins.
let present = new Float64Array(1024);
let codes = new Float64Array(1024);

function reserveScratch(count: number): void {
  if (present.length >= count) return;
  present = new Float64Array(count * 2);
  codes = new Float64Array(count * 2);
}

const isWholeAt = (value: number, power: number) => {
  const mantissa = Math.round(value * power);
  return mantissa / power === value && Math.abs(mantissa) < MAX_MANTISSA && !Object.is(value, -0);
};

/** A number of up to three decimals becomes a whole number that gives the same double back; the rest are written as doubles. */
function codeOf(value: number): number {
  for (let exponent = 0; exponent < POWERS_OF_TEN.length; exponent++) {
    const power = POWERS_OF_TEN[exponent] ?? 1;
    if (isWholeAt(value, power)) return zigzag(Math.round(value * power)) * 4 + exponent + FIRST_CODE;
  }
  return CODE_FLOAT;
}

function numberOfCode(code: number): number {
  const exponent = (code - FIRST_CODE) % 4;
  return unzigzag((code - FIRST_CODE - exponent) / 4) / (POWERS_OF_TEN[exponent] ?? 1);
}

/** Fewest decimals at which the first `count` present numbers are all whole; `AS_CODES`: there are none. */
function commonExponent(count: number): number {
  let exponent = 0;
  for (let i = 0; i < count; i++) {
    while (exponent < AS_CODES && !isWholeAt(present[i] ?? 0, POWERS_OF_TEN[exponent] ?? 1)) exponent++;
  }
  for (let i = 0; i < count && exponent < AS_CODES; i++) {
    // A large number can be whole at few decimals and beyond the mantissa at more.
    if (!isWholeAt(present[i] ?? 0, POWERS_OF_TEN[exponent] ?? 1)) return AS_CODES;
  }
  return exponent;
}

/**
 * Any doubles, given back bit for bit; NaN stands for "none". `areAlike`: neighbours are close, as the readings of one series
 * are, so that their differences are smaller than they.
 */
export function writeNumbers(writer: ByteWriter, column: Column, rows: Int32Array, count: number, areAlike: boolean): void {
  reserveScratch(count);
  let presentCount = 0;
  for (let i = 0; i < count; i++) {
    const value = column[rows[i] ?? 0] ?? Number.NaN;
    const isNone = Number.isNaN(value);
    codes[i] = isNone ? 0 : 1;
    if (!isNone) present[presentCount++] = value;
  }
  const presence = presentCount === 0 ? NONE_PRESENT : presentCount === count ? ALL_PRESENT : SOME_PRESENT;
  writeByte(writer, presence);
  if (presence === SOME_PRESENT) packWholes(writer, codes, count);
  if (presence !== NONE_PRESENT) writePresent(writer, presentCount, areAlike);
}

function writePresent(writer: ByteWriter, count: number, areAlike: boolean): void {
  const exponent = areAlike ? commonExponent(count) : AS_CODES;
  writeByte(writer, exponent);
  if (exponent < AS_CODES) {
    const power = POWERS_OF_TEN[exponent] ?? 1;
    for (let i = 0; i < count; i++) codes[i] = Math.round((present[i] ?? 0) * power);
    writeSteps(writer, codes, rowsUpTo(count), count, 1);
    return;
  }
  for (let i = 0; i < count; i++) codes[i] = codeOf(present[i] ?? 0);
  packWholes(writer, codes, count);
  for (let i = 0; i < count; i++) if (codes[i] === CODE_FLOAT) writeFloat64(writer, present[i] ?? 0);
}

export function readNumbers(reader: ByteReader, into: Column, start: number, count: number): void {
  const presence = readByte(reader);
  if (presence === NONE_PRESENT) {
    into.fill(Number.NaN, start, start + count);
    return;
  }
  if (presence === ALL_PRESENT) {
    readPresent(reader, count);
    for (let i = 0; i < count; i++) into[start + i] = present[i] ?? 0;
    return;
  }
  if (presence !== SOME_PRESENT) throw new MalformedBytes(`a column of numbers begins with ${presence}`);
  const isPresent = unpackWholes(reader, count);
  let presentCount = 0;
  for (let i = 0; i < count; i++) {
    const isHere = isPresent[i] === 1;
    into[start + i] = isHere ? 0 : Number.NaN;
    if (isHere) presentCount++;
  }
  readPresent(reader, presentCount);
  for (let i = 0, next = 0; i < count; i++) {
    if (!Number.isNaN(into[start + i] ?? 0)) into[start + i] = present[next++] ?? 0;
  }
}

function readPresent(reader: ByteReader, count: number): void {
  reserveScratch(count);
  const exponent = readByte(reader);
  if (exponent > AS_CODES) throw new MalformedBytes(`numbers of ${exponent} decimals`);
  if (exponent < AS_CODES) {
    readSteps(reader, present, 0, count, 1);
    const power = POWERS_OF_TEN[exponent] ?? 1;
    for (let i = 0; i < count; i++) present[i] = (present[i] ?? 0) / power;
    return;
  }
  const read = unpackWholes(reader, count);
  for (let i = 0; i < count; i++) {
    const code = read[i] ?? CODE_FLOAT;
    present[i] = code === CODE_FLOAT ? readFloat64(reader) : numberOfCode(code);
  }
}
