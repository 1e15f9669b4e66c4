import type { ByteReader } from './byteReader.ts';
import type { ByteWriter } from './byteWriter.ts';

/** No integer in a frame is larger, so that differences and their zigzag forms stay exact in a double. */
const MAX_PACKED = 2 ** 52;

const MAX_LOW_BITS = 24;
const MAX_LIMIT = 16;
const MAX_WIDE_BITS = 53;
const HALF_WIDE = 2 ** 24;

/** The four numbers in front of a packed list (`shared/frame/README.md`, "Packed list"). */
interface Packing {
  readonly base: number;
  readonly lowBits: number;
  readonly limit: number;
  readonly wideBits: number;
}

function bitLength(value: number): number {
  return value < 2 ** 31 ? 32 - Math.clz32(value) : Math.floor(Math.log2(value)) + 1;
}

/** Values by number of bits above the base, so that every choice below is judged without looking at the values again. */
const countByBits = new Float64Array(MAX_WIDE_BITS + 2);

/**
 * The cheapest packing, judged by bit lengths: within one length the ones in front of the zero are counted at their mean.
 * Limits are powers of two (or none) because then whole bit lengths fall on one side of them.
 */
function choosePacking(values: Float64Array, count: number): Packing {
  let base = Number.MAX_SAFE_INTEGER;
  let max = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i] ?? 0;
    if (value < base) base = value;
    if (value > max) max = value;
  }
  countByBits.fill(0);
  for (let i = 0; i < count; i++) {
    const bits = bitLength((values[i] ?? 0) - base);
    countByBits[bits] = (countByBits[bits] ?? 0) + 1;
  }
  const maxBits = bitLength(max - base);
  let best: Packing = { base, lowBits: 0, limit: 0, wideBits: maxBits };
  let bestCost = count * maxBits;
  for (let lowBits = 0; lowBits < maxBits && lowBits <= MAX_LOW_BITS; lowBits++) {
    for (let limit = 1; limit <= MAX_LIMIT; limit *= 2) {
      const wideBits = bitLength(Math.max(0, max - base - limit * 2 ** lowBits));
      const cost = costOf(lowBits, limit, wideBits, maxBits);
      if (cost < bestCost) {
        bestCost = cost;
        best = { base, lowBits, limit, wideBits };
      }
    }
  }
  return best;
}

function costOf(lowBits: number, limit: number, wideBits: number, maxBits: number): number {
  let cost = 0;
  for (let bits = 0; bits <= maxBits; bits++) {
    const smallestOnes = bits <= lowBits ? 0 : 2 ** (bits - lowBits - 1);
    const meanOnes = bits <= lowBits ? 0 : 1.5 * smallestOnes - 0.5;
    cost += (countByBits[bits] ?? 0) * (smallestOnes >= limit ? limit + wideBits : meanOnes + 1 + lowBits);
  }
  return cost;
}

function writeWide(writer: ByteWriter, value: number, bits: number): void {
  let rest = value;
  for (let left = bits; left > 0; left -= MAX_LOW_BITS) {
    writer.bits(rest % HALF_WIDE, Math.min(left, MAX_LOW_BITS));
    rest = Math.floor(rest / HALF_WIDE);
  }
}

function readWide(reader: ByteReader, bits: number): number {
  let value = 0;
  let scale = 1;
  for (let left = bits; left > 0; left -= MAX_LOW_BITS) {
    value += reader.bits(Math.min(left, MAX_LOW_BITS)) * scale;
    scale *= HALF_WIDE;
  }
  return value;
}

/** The first `count` of `values`, integers in 0..MAX_PACKED. An empty list takes no bytes. */
export function writePackedIntegers(writer: ByteWriter, values: Float64Array, count: number): void {
  if (count === 0) return;
  const { base, lowBits, limit, wideBits } = choosePacking(values, count);
  writer.varint(base);
  writer.u8(lowBits);
  writer.u8(limit);
  writer.u8(wideBits);
  const lowScale = 2 ** lowBits;
  const wideFrom = limit * lowScale;
  for (let i = 0; i < count; i++) {
    const above = (values[i] ?? 0) - base;
    if (above >= wideFrom) {
      writer.bits((1 << limit) - 1, limit);
      writeWide(writer, above - wideFrom, wideBits);
    } else {
      const ones = Math.floor(above / lowScale);
      writer.bits((1 << ones) - 1, ones + 1);
      writer.bits(above - ones * lowScale, lowBits);
    }
  }
  writer.endBits();
}

/** Fills the first `count` of `into`. Never more work than `count`, whatever the bytes say. */
export function readPackedIntegers(reader: ByteReader, into: Float64Array, count: number): void {
  if (count === 0) return;
  const base = reader.varint(MAX_PACKED, 'the base of a packed list');
  const lowBits = reader.u8();
  const limit = reader.u8();
  const wideBits = reader.u8();
  if (lowBits > MAX_LOW_BITS || limit > MAX_LIMIT || wideBits > MAX_WIDE_BITS) {
    reader.fail(`a packed list with at most ${MAX_LOW_BITS} low bits, limit ${MAX_LIMIT} and ${MAX_WIDE_BITS} wide bits, got ${lowBits}, ${limit} and ${wideBits}`);
  }
  const lowScale = 2 ** lowBits;
  const wideFrom = base + limit * lowScale;
  for (let i = 0; i < count; i++) {
    const ones = reader.ones(limit);
    const value = ones === limit ? wideFrom + readWide(reader, wideBits) : base + ones * lowScale + reader.bits(lowBits);
    if (value > MAX_PACKED) reader.fail(`integers of at most ${MAX_PACKED}, got ${value}`);
    into[i] = value;
  }
  reader.endBits();
}

/** Strictly ascending positions, sent as the gaps between them. */
export function writeAscending(writer: ByteWriter, positions: Uint32Array, count: number): void {
  const gaps = new Float64Array(count);
  let next = 0;
  for (let i = 0; i < count; i++) {
    const position = positions[i] ?? 0;
    gaps[i] = position - next;
    next = position + 1;
  }
  writePackedIntegers(writer, gaps, count);
}

/** `count` positions below `end`. */
export function readAscending(reader: ByteReader, count: number, end: number): Uint32Array {
  const gaps = new Float64Array(count);
  readPackedIntegers(reader, gaps, count);
  const positions = new Uint32Array(count);
  let next = 0;
  for (let i = 0; i < count; i++) {
    const position = next + (gaps[i] ?? 0);
    if (position >= end) reader.fail(`positions below ${end}, got ${position}`);
    positions[i] = position;
    next = position + 1;
  }
  return positions;
}
