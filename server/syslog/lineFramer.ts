import type { FieldProblem } from '../../shared/protocol/fieldProblem.ts';

/** One message as it came, header and all, or why there is none. */
export type ReceivedLine = { readonly text: string } | { readonly problem: FieldProblem };

/** As much as one UDP datagram can hold, so that both transports carry the same. */
export const MAX_LINE_BYTES = 65_536;

const LF = 10;
const CR = 13;
const SPACE = 32;
const NUL = 0;
const MAX_COUNT_DIGITS = 9;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text of one message without what ends it. `null`: nothing is in it. */
export function readLine(bytes: Uint8Array): ReceivedLine | null {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === LF || bytes[end - 1] === CR || bytes[end - 1] === NUL)) end -= 1;
  if (end === 0) return null;
  try {
    return { text: utf8.decode(bytes.subarray(0, end)) };
  } catch {
    return { problem: { where: 'body', got: `${end} bytes that are not UTF-8`, expected: 'UTF-8' } };
  }
}

/**
 * Parts a byte stream into messages: RFC 6587, both ways. The first message says which, and a sender keeps to it: "a session uses one
 * method" (§3.4).
 */
export class LineFramer {
  readonly #maxLineBytes: number;
  #framing: 'unknown' | 'newline' | 'octet-counting' | 'broken' = 'unknown';
  /** First bytes that do not yet say which way. */
  #head: Uint8Array = new Uint8Array();
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #countDigits = '';
  #bytesToCome = 0;

  constructor(maxLineBytes = MAX_LINE_BYTES) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** The stream cannot be parted any more: close it, and the sender begins anew. */
  get isBroken(): boolean {
    return this.#framing === 'broken';
  }

  /** Messages that this chunk completes, in order; empty ones are left out. */
  push(chunk: Uint8Array): ReceivedLine[] {
    const lines: ReceivedLine[] = [];
    const rest = this.#framing === 'unknown' ? this.#decideFraming(chunk) : chunk;
    if (this.#framing === 'newline') this.#pushByNewline(rest, lines);
    else if (this.#framing === 'octet-counting') this.#pushByCount(rest, lines);
    return lines;
  }

  /** The sender has closed: what was not completed is a problem, because half a message may read as another one. */
  end(): ReceivedLine[] {
    const isCutOff = !this.isBroken && (this.#bytes > 0 || this.#bytesToCome > 0 || this.#countDigits !== '' || this.#head.length > 0);
    return isCutOff ? [{ problem: { where: 'body', got: 'a message without its end', expected: 'a line break behind each message, or as many bytes as its count says' } }] : [];
  }

  #decideFraming(chunk: Uint8Array): Uint8Array {
    const joined = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const start = joined.findIndex((byte) => byte !== LF && byte !== CR);
    const rest = start < 0 ? new Uint8Array() : joined.subarray(start);
    const text = String.fromCharCode(...rest.subarray(0, MAX_COUNT_DIGITS + 1));
    if (text === '' || /^[1-9]\d{0,8}$/.test(text)) {
      this.#head = rest;
      return new Uint8Array();
    }
    this.#framing = /^[1-9]\d{0,8} /.test(text) ? 'octet-counting' : 'newline';
    this.#head = new Uint8Array();
    return rest;
  }

  #hold(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes <= this.#maxLineBytes) this.#parts.push(part);
    else this.#parts = [];
  }

  #complete(lines: ReceivedLine[]): void {
    const line = this.#bytes > this.#maxLineBytes
      ? { problem: { where: 'body', got: `${this.#bytes} bytes`, expected: `at most ${this.#maxLineBytes} bytes` } }
      : readLine(this.#parts.length === 1 && this.#parts[0] !== undefined ? this.#parts[0] : Buffer.concat(this.#parts));
    if (line !== null) lines.push(line);
    this.#parts = [];
    this.#bytes = 0;
  }

  #pushByNewline(chunk: Uint8Array, lines: ReceivedLine[]): void {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      this.#hold(chunk.subarray(from, end));
      this.#complete(lines);
      from = end + 1;
    }
    if (from < chunk.length) this.#hold(chunk.subarray(from));
  }

  #pushByCount(chunk: Uint8Array, lines: ReceivedLine[]): void {
    for (let at = 0; at < chunk.length && this.#framing !== 'broken';) {
      if (this.#bytesToCome > 0) {
        const part = chunk.subarray(at, at + this.#bytesToCome);
        this.#hold(part);
        at += part.length;
        this.#bytesToCome -= part.length;
        if (this.#bytesToCome === 0) this.#complete(lines);
      } else {
        this.#readCount(chunk[at] ?? 0, lines);
        at += 1;
      }
    }
  }

  #readCount(byte: number, lines: ReceivedLine[]): void {
    // Some senders end a counted message with a line break as well.
    if (this.#countDigits === '' && (byte === LF || byte === CR)) return;
    const character = String.fromCharCode(byte);
    if (byte === SPACE && this.#countDigits !== '') {
      this.#bytesToCome = Number(this.#countDigits);
      this.#countDigits = '';
    } else if (/\d/.test(character) && this.#countDigits + character !== '0' && this.#countDigits.length < MAX_COUNT_DIGITS) {
      this.#countDigits += character;
    } else {
      this.#framing = 'broken';
      lines.push({ problem: { where: 'body', got: `byte ${byte} where the length of the next message belongs`, expected: 'octet counting (RFC 6587 §3.4.1), as in the first message; the connection is closed' } });
    }
  }
}
