import type { FieldProblem } from '../../shared/protocol/fieldProblem.ts';

/** One message as it came, header and all, or why there is none. */
export type ReceivedLine = { readonly text: string } | { readonly problem: FieldProblem };

/** As much as one UDP datagram can hold, so that both transports carry the same. */
export const MAX_LINE_BYTES = 65_536;

/** Parts a byte stream into messages: RFC 6587, both ways. */
export interface LineFramer {
  /** Messages that this chunk completes, in order; empty ones are left out. */
  push(chunk: Uint8Array): ReceivedLine[];
  /** The sender has closed: what was not completed is a problem, because half a message may read as another one. */
  end(): ReceivedLine[];
  /** The stream cannot be parted any more: close it, and the sender begins anew. */
  readonly isBroken: boolean;
}

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

/** The first message says which way, and a sender keeps to it: "a session uses one method" (RFC 6587 §3.4). */
export function createLineFramer(maxLineBytes = MAX_LINE_BYTES): LineFramer {
  let framing: 'unknown' | 'newline' | 'octet-counting' | 'broken' = 'unknown';
  /** First bytes that do not yet say which way. */
  let head: Uint8Array = new Uint8Array();
  let parts: Uint8Array[] = [];
  let bytes = 0;
  let countDigits = '';
  let bytesToCome = 0;

  function hold(part: Uint8Array): void {
    bytes += part.length;
    if (bytes <= maxLineBytes) parts.push(part);
    else parts = [];
  }

  function complete(lines: ReceivedLine[]): void {
    const line = bytes > maxLineBytes
      ? { problem: { where: 'body', got: `${bytes} bytes`, expected: `at most ${maxLineBytes} bytes` } }
      : readLine(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts));
    if (line !== null) lines.push(line);
    parts = [];
    bytes = 0;
  }

  function pushByNewline(chunk: Uint8Array, lines: ReceivedLine[]): void {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      hold(chunk.subarray(from, end));
      complete(lines);
      from = end + 1;
    }
    if (from < chunk.length) hold(chunk.subarray(from));
  }

  function pushByCount(chunk: Uint8Array, lines: ReceivedLine[]): void {
    for (let at = 0; at < chunk.length && framing !== 'broken';) {
      if (bytesToCome > 0) {
        const part = chunk.subarray(at, at + bytesToCome);
        hold(part);
        at += part.length;
        bytesToCome -= part.length;
        if (bytesToCome === 0) complete(lines);
      } else {
        readCount(chunk[at] ?? 0, lines);
        at += 1;
      }
    }
  }

  function readCount(byte: number, lines: ReceivedLine[]): void {
    // Some senders end a counted message with a line break as well.
    if (countDigits === '' && (byte === LF || byte === CR)) return;
    const character = String.fromCharCode(byte);
    if (byte === SPACE && countDigits !== '') {
      bytesToCome = Number(countDigits);
      countDigits = '';
    } else if (/\d/.test(character) && countDigits + character !== '0' && countDigits.length < MAX_COUNT_DIGITS) {
      countDigits += character;
    } else {
      framing = 'broken';
      lines.push({ problem: { where: 'body', got: `byte ${byte} where the length of the next message belongs`, expected: 'octet counting (RFC 6587 §3.4.1), as in the first message; the connection is closed' } });
    }
  }

  function decideFraming(chunk: Uint8Array): Uint8Array {
    const joined = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    const start = joined.findIndex((byte) => byte !== LF && byte !== CR);
    const rest = start < 0 ? new Uint8Array() : joined.subarray(start);
    const text = String.fromCharCode(...rest.subarray(0, MAX_COUNT_DIGITS + 1));
    if (text === '' || /^[1-9]\d{0,8}$/.test(text)) {
      head = rest;
      return new Uint8Array();
    }
    framing = /^[1-9]\d{0,8} /.test(text) ? 'octet-counting' : 'newline';
    head = new Uint8Array();
    return rest;
  }

  return {
    push(chunk) {
      const lines: ReceivedLine[] = [];
      const rest = framing === 'unknown' ? decideFraming(chunk) : chunk;
      if (framing === 'newline') pushByNewline(rest, lines);
      else if (framing === 'octet-counting') pushByCount(rest, lines);
      return lines;
    },
    end() {
      const isCutOff = framing !== 'broken' && (bytes > 0 || bytesToCome > 0 || countDigits !== '' || head.length > 0);
      return isCutOff ? [{ problem: { where: 'body', got: 'a message without its end', expected: 'a line break behind each message, or as many bytes as its count says' } }] : [];
    },
    get isBroken() { return framing === 'broken'; },
  };
}
