import type { BodyLine } from '../ports/feed.ts';
import { MAX_ITEMS } from './delivery.ts';
import { ProblemError } from './problem.ts';
import { MAX_DEPTH, parseStrictJson, type StrictJsonOptions } from './strictJson.ts';

/** A record of Suricata with the payload that it noticed has some ten thousand characters. */
const MAX_LINE_BYTES = 64 * 1024;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Line by line, each decoded by itself, so that one with broken bytes costs only itself. A byte order mark, CRLF and empty lines are
 * let by; numbers count the empty ones too, as an editor does.
 * @throws ProblemError 413 for more lines than are read at once
 */
export function readLines(body: Buffer, read: (text: string, line: number) => BodyLine): readonly BodyLine[] {
  const lines: BodyLine[] = [];
  let line = 0;
  for (let start = 0; start < body.length;) {
    const newline = body.indexOf(NEWLINE, start);
    const end = newline === -1 ? body.length : newline;
    const bytes = body.subarray(start, body[end - 1] === CARRIAGE_RETURN && end > start ? end - 1 : end);
    line += 1;
    start = end + 1;
    const found = readLine(bytes, line, read);
    if (found !== null) lines.push(found);
    if (lines.length > MAX_ITEMS) throw new ProblemError('too-large', `More than ${MAX_ITEMS} lines in one body; at most ${MAX_ITEMS} are read at once.`);
  }
  return lines;
}

function readLine(bytes: Buffer, line: number, read: (text: string, line: number) => BodyLine): BodyLine | null {
  if (bytes.length > MAX_LINE_BYTES) return broken(line, `${bytes.length} bytes`, `at most ${MAX_LINE_BYTES} bytes a line`);
  try {
    const text = utf8.decode(bytes);
    return text.trim() === '' ? null : read(text, line);
  } catch {
    return broken(line, 'bytes that are not UTF-8', 'text in UTF-8');
  }
}

export function readJsonLine(text: string, line: number, options?: StrictJsonOptions): BodyLine {
  return { line, ...parseStrictJson(text, MAX_DEPTH, options) };
}

export function readTextLine(text: string, line: number): BodyLine {
  return { line, value: text };
}

function broken(line: number, got: string, expected: string): BodyLine {
  return { line, problems: [{ where: 'body', got, expected }] };
}
