import { ByteReader } from './byteReader.ts';
import type { ByteWriter } from './byteWriter.ts';
import type { FrameHeader } from './frame.ts';

/** "DVP1". With the server's time at byte 8, a load generator reads how old a frame is without decoding it. */
const FRAME_MAGIC = [0x44, 0x56, 0x50, 0x31] as const;
const LAYOUT_VERSION = 1;
const KIND_NUMBERS = { snapshot: 1, delta: 2 } as const;
const HEADER_LENGTH_AT = 6;
const EPOCH_AT = 24;
const MAX_NAME_BYTES = 32;
/** 100,000 series are 3 times the 2025 edition; the bound keeps a hostile frame from asking for memory. */
const MAX_SERIES = 1_000_000;
const MAX_TIME_MS = 8.64e15;

function writeName(writer: ByteWriter, name: string): void {
  if (!/^[\x21-\x7e]{1,32}$/.test(name)) {
    throw new Error(`Invariant: frame name "${name}" must be 1-${MAX_NAME_BYTES} printable ASCII characters.`);
  }
  writer.u8(name.length);
  for (let i = 0; i < name.length; i++) writer.u8(name.charCodeAt(i));
}

function readName(reader: ByteReader, what: string): string {
  const length = reader.u8();
  if (length === 0 || length > MAX_NAME_BYTES) reader.fail(`a ${what} of 1-${MAX_NAME_BYTES} characters, got ${length}`);
  let name = '';
  for (let i = 0; i < length; i++) {
    const code = reader.u8();
    if (code < 0x21 || code > 0x7e) reader.fail(`printable ASCII in the ${what}, got byte ${code}`);
    name += String.fromCharCode(code);
  }
  return name;
}

function epochBytes(epoch: string): readonly number[] {
  if (!/^[0-9a-f]{16}$/.test(epoch)) throw new Error(`Invariant: epoch "${epoch}" must be 16 hex digits.`);
  return Array.from({ length: 8 }, (_, i) => Number.parseInt(epoch.slice(2 * i, 2 * i + 2), 16));
}

export function writeFrameHeader(writer: ByteWriter, header: FrameHeader): void {
  for (const byte of FRAME_MAGIC) writer.u8(byte);
  writer.u8(LAYOUT_VERSION);
  writer.u8(KIND_NUMBERS[header.kind]);
  writer.u16(0);
  writer.f64(header.serverTimeMs);
  writer.f64(header.dataTimeMs);
  for (const byte of epochBytes(header.epoch)) writer.u8(byte);
  writer.varint(header.seq);
  writer.varint(header.baseSeq);
  writer.varint(header.seriesCount);
  writeName(writer, header.channel);
  writeName(writer, header.topic);
  writer.u16At(HEADER_LENGTH_AT, writer.length);
}

/** Leaves `reader` at the first byte of the body. */
export function parseFrameHeader(reader: ByteReader): FrameHeader {
  for (const byte of FRAME_MAGIC) if (reader.u8() !== byte) reader.fail('the magic "DVP1"');
  const version = reader.u8();
  if (version !== LAYOUT_VERSION) reader.fail(`frame layout ${LAYOUT_VERSION}, got ${version}; reload the page`);
  const kindNumber = reader.u8();
  if (kindNumber !== KIND_NUMBERS.snapshot && kindNumber !== KIND_NUMBERS.delta) reader.fail(`kind 1 or 2, got ${kindNumber}`);
  const length = reader.u16();
  const serverTimeMs = readTime(reader, 'server time');
  const dataTimeMs = readTime(reader, 'data time');
  let epoch = '';
  for (let i = 0; i < 8; i++) epoch += reader.u8().toString(16).padStart(2, '0');
  const seq = reader.varint(Number.MAX_SAFE_INTEGER, 'sequence number');
  const baseSeq = reader.varint(Number.MAX_SAFE_INTEGER, 'base sequence number');
  const seriesCount = reader.varint(MAX_SERIES, 'series count');
  const channel = readName(reader, 'channel');
  const topic = readName(reader, 'topic');
  if (reader.offset !== length) reader.fail(`a header of ${length} bytes`);
  const kind = kindNumber === KIND_NUMBERS.snapshot ? 'snapshot' : 'delta';
  return { kind, channel, topic, epoch, baseSeq, seq, serverTimeMs, dataTimeMs, seriesCount };
}

function readTime(reader: ByteReader, what: string): number {
  const timeMs = reader.f64();
  if (!(Math.abs(timeMs) <= MAX_TIME_MS)) reader.fail(`a ${what} in epoch ms, got ${timeMs}`);
  return timeMs;
}

/** A copy of the frame that names another epoch, 16 hex digits, and is otherwise the same. */
export function withEpoch(frame: Uint8Array, epoch: string): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(frame);
  copy.set(epochBytes(epoch), EPOCH_AT);
  return copy;
}

/** What a frame says about itself, without its body. Throws only `FrameError`. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader {
  return parseFrameHeader(new ByteReader(bytes));
}
