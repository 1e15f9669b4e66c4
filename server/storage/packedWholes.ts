import { type ByteReader, type ByteWriter, MalformedBytes, makeRoom, readByte, readVarint, varintBytes, writeByte, writeVarint } from './bytes.ts';

/**
 * Whole numbers from 0 up as stretches, each begun by four times its length plus how it is written: `RUN` one number repeated,
 * `BITS` each as its distance from the smallest in just enough bits, `VARINTS` each by itself. Most columns of a batch hardly
 * vary, so most cost a few bytes in all; the rest cost the bits they vary by.
 */
const VARINTS = 0;
const RUN = 1;
const BITS = 2;

/** Below this a run costs more than its numbers do within a stretch of bits. */
const SHORTEST_RUN = 16;
/** A number and the seven bits left of the one before fit 31 bits. */
const MAX_WIDTH = 24;

// One per thread: the caller has finished with it before it unpacks again.
let unpacked = new Float64Array(1024);

export function packWholes(writer: ByteWriter, values: Float64Array, count: number): void {
  let at = 0;
  while (at < count) {
    const run = runLength(values, at, count);
    if (run >= SHORTEST_RUN) {
      writeVarint(writer, run * 4 + RUN);
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
    packStretch(writer, values, at, end);
    at = end;
  }
}

function runLength(values: Float64Array, from: number, count: number): number {
  const first = values[from];
  let end = from + 1;
  while (end < count && values[end] === first) end++;
  return end - from;
}

function packStretch(writer: ByteWriter, values: Float64Array, start: number, end: number): void {
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  let bytesAsVarints = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] ?? 0;
    min = Math.min(min, value);
    max = Math.max(max, value);
    bytesAsVarints += varintBytes(value);
  }
  const width = max - min < 2 ** MAX_WIDTH ? 32 - Math.clz32(max - min) : Number.POSITIVE_INFINITY;
  const bytesAsBits = varintBytes(min) + 1 + Math.ceil(((end - start) * width) / 8);
  if (bytesAsBits >= bytesAsVarints) {
    writeVarint(writer, (end - start) * 4 + VARINTS);
    for (let i = start; i < end; i++) writeVarint(writer, values[i] ?? 0);
    return;
  }
  writeVarint(writer, (end - start) * 4 + BITS);
  writeVarint(writer, min);
  writeByte(writer, width);
  writeBits(writer, values, start, end, min, width);
}

/** Lowest bits first. */
function writeBits(writer: ByteWriter, values: Float64Array, start: number, end: number, min: number, width: number): void {
  makeRoom(writer, Math.ceil(((end - start) * width) / 8));
  const { bytes } = writer;
  let at = writer.length;
  let held = 0;
  let heldBits = 0;
  for (let i = start; i < end; i++) {
    held |= ((values[i] ?? 0) - min) << heldBits;
    heldBits += width;
    while (heldBits >= 8) {
      bytes[at++] = held & 0xff;
      held >>>= 8;
      heldBits -= 8;
    }
  }
  if (heldBits > 0) bytes[at++] = held;
  writer.length = at;
}

/** Inverse of `packWholes`; the array is longer than `count` and lives until the next call. */
export function unpackWholes(reader: ByteReader, count: number): Float64Array {
  if (unpacked.length < count) unpacked = new Float64Array(count * 2);
  let at = 0;
  while (at < count) {
    const header = readVarint(reader);
    const form = header % 4;
    const end = at + (header - form) / 4;
    if (end > count || end === at) throw new MalformedBytes(`a stretch of ${end - at} numbers at ${at} of ${count}`);
    if (form === RUN) unpacked.fill(readVarint(reader), at, end);
    else if (form === BITS) readBits(reader, at, end);
    else if (form === VARINTS) for (let i = at; i < end; i++) unpacked[i] = readVarint(reader);
    else throw new MalformedBytes(`a stretch of form ${form}`);
    at = end;
  }
  return unpacked;
}

function readBits(reader: ByteReader, start: number, end: number): void {
  const min = readVarint(reader);
  const width = readByte(reader);
  const { bytes } = reader;
  if (width > MAX_WIDTH || reader.position + Math.ceil(((end - start) * width) / 8) > bytes.length) {
    throw new MalformedBytes(`${end - start} numbers of ${width} bits at byte ${reader.position} of ${bytes.length}`);
  }
  const mask = 2 ** width - 1;
  let held = 0;
  let heldBits = 0;
  for (let i = start; i < end; i++) {
    while (heldBits < width) {
      held |= (bytes[reader.position++] ?? 0) << heldBits;
      heldBits += 8;
    }
    unpacked[i] = min + (held & mask);
    held >>>= width;
    heldBits -= width;
  }
}
