/** Grows as it is written; `takeBytes` hands out a copy and begins again, so one writer serves a whole thread. */
export interface ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  length: number;
}

export interface ByteReader {
  readonly bytes: Uint8Array;
  position: number;
}

/** Stored bytes that cannot be what was written. Where they were read is added by whoever read them. */
export class MalformedBytes extends Error {}

export function createByteWriter(): ByteWriter {
  return { bytes: new Uint8Array(4096), length: 0 };
}

export function createByteReader(bytes: Uint8Array): ByteReader {
  return { bytes, position: 0 };
}

export function takeBytes(writer: ByteWriter): Uint8Array<ArrayBuffer> {
  const taken = writer.bytes.slice(0, writer.length);
  writer.length = 0;
  return taken;
}

/** Makes `bytes` long enough; the array may be another one afterwards. */
export function makeRoom(writer: ByteWriter, byteCount: number): void {
  if (writer.length + byteCount <= writer.bytes.length) return;
  const grown = new Uint8Array(Math.max(writer.bytes.length * 2, writer.length + byteCount));
  grown.set(writer.bytes);
  writer.bytes = grown;
}

export function writeByte(writer: ByteWriter, value: number): void {
  makeRoom(writer, 1);
  writer.bytes[writer.length++] = value;
}

export function readByte(reader: ByteReader): number {
  const value = reader.bytes[reader.position++];
  if (value === undefined) throw new MalformedBytes(`bytes end at ${reader.bytes.length}, more were expected`);
  return value;
}

/** Seven bits a byte, lowest first, the top bit set on all but the last. 0 to 2^53-1. */
export function writeVarint(writer: ByteWriter, value: number): void {
  makeRoom(writer, 8);
  const { bytes } = writer;
  let rest = value;
  let at = writer.length;
  // Bit operations see 32 bits only.
  while (rest >= 0x8000_0000) {
    bytes[at++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 0x80) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  writer.length = at;
}

export function varintBytes(value: number): number {
  let byteCount = 1;
  for (let rest = value; rest >= 0x80; rest /= 128) byteCount++;
  return byteCount;
}

export function readVarint(reader: ByteReader): number {
  const { bytes } = reader;
  let byte = bytes[reader.position++];
  if (byte !== undefined && byte < 0x80) return byte;
  let value = 0;
  let scale = 1;
  while (byte !== undefined) {
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) {
      if (value > Number.MAX_SAFE_INTEGER) break;
      return value;
    }
    scale *= 128;
    if (scale > 2 ** 53) break;
    byte = bytes[reader.position++];
  }
  throw new MalformedBytes(`byte ${reader.position} of ${bytes.length} does not end a whole number below 2^53`);
}

/** Small negative numbers become small positive ones: 0, -1, 1, -2 → 0, 1, 2, 3. */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

const floatBytes = new Uint8Array(8);
const floatView = new DataView(floatBytes.buffer);

export function writeFloat64(writer: ByteWriter, value: number): void {
  makeRoom(writer, 8);
  floatView.setFloat64(0, value, true);
  writer.bytes.set(floatBytes, writer.length);
  writer.length += 8;
}

export function readFloat64(reader: ByteReader): number {
  for (let i = 0; i < 8; i++) floatBytes[i] = readByte(reader);
  return floatView.getFloat64(0, true);
}

/** UTF-8, or UTF-16 for the rare text with half a surrogate pair, which UTF-8 cannot carry unchanged. */
export function writeText(writer: ByteWriter, text: string): void {
  const isUtf8 = text.isWellFormed();
  const encoded = Buffer.from(text, isUtf8 ? 'utf8' : 'utf16le');
  writeVarint(writer, encoded.length * 2 + (isUtf8 ? 0 : 1));
  makeRoom(writer, encoded.length);
  writer.bytes.set(encoded, writer.length);
  writer.length += encoded.length;
}

export function readText(reader: ByteReader): string {
  const header = readVarint(reader);
  const byteCount = Math.floor(header / 2);
  const end = reader.position + byteCount;
  if (end > reader.bytes.length) throw new MalformedBytes(`a text of ${byteCount} bytes runs past the end`);
  const { buffer, byteOffset } = reader.bytes;
  const text = Buffer.from(buffer, byteOffset + reader.position, byteCount).toString(header % 2 === 0 ? 'utf8' : 'utf16le');
  reader.position = end;
  return text;
}
