import type { BodyLine, FeedAdapter } from '../../server/ports/feed.ts';
import type { FeedSettings } from '../../server/ports/feedSettings.ts';
import { readJsonLine, readLines } from '../../server/http/bodyLines.ts';

export const RECEIVED_AT_MS = Date.parse('2026-03-01T02:00:00Z');

/** As a posted body of lines is read, with the digits of large numbers kept. */
export function readJsonLines(text: string): readonly BodyLine[] {
  return readLines(Buffer.from(text), (line, number) => readJsonLine(line, number, { largeIntegers: 'text' }));
}

export function toLines(...values: readonly unknown[]): BodyLine[] {
  return values.map((value, index) => ({ line: index + 1, value }));
}

/** What an adapter makes of a payload of its last media type. */
export function decodeWith(adapter: FeedAdapter, feed: FeedSettings, payload: unknown, mediaType = adapter.accepts.at(-1)!.mediaType) {
  return adapter.decode({ mediaType, headers: {}, payload, receivedAtMs: RECEIVED_AT_MS }, feed).items;
}

/** CEF as the format says it is escaped: the inverse of `parseCef`. */
export function writeCef(header: readonly [string, string, string, string, string, string], extension: Readonly<Record<string, string>>): string {
  const fields = header.map((field) => field.replace(/[\\|]/g, '\\$&'));
  const pairs = Object.entries(extension).map(([key, value]) => `${key}=${value.replace(/[\\=]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}`);
  return `CEF:0|${fields.join('|')}|${pairs.join(' ')}`;
}
