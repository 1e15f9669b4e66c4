import { parse } from 'csv-parse/sync';
import { findDelimiter } from './headings.ts';
import { type Cell, MAX_ROWS, type ReadFile, TOO_MANY_ROWS } from './sheet.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });
const DELIMITERS = [';', ',', '\t'] as const;
/** Characters of one row: the longest name of a place and of an indicator, and a note. */
const MAX_ROW_CHARACTERS = 4_000;

/** A CSV file in UTF-8, with or without byte order mark, with ";", "," or tab between the columns. */
export function readCsv(bytes: Uint8Array): ReadFile {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { got: 'bytes that are not UTF-8', expected: 'a file saved as "CSV UTF-8"' };
  }
  if (text.includes('\0')) return { got: 'NUL characters', expected: 'a text file saved as "CSV UTF-8"' };
  try {
    const records: unknown = parse(text, {
      delimiter: findDelimiter(text, DELIMITERS) ?? DELIMITERS[0], relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: true, info: true, to: MAX_ROWS + 1, maxRecordSize: MAX_ROW_CHARACTERS,
    });
    if (!Array.isArray(records)) throw new Error('Invariant: csv-parse gave no list.');
    if (records.length > MAX_ROWS) return TOO_MANY_ROWS;
    return { sheets: [{ name: null, rows: records.map(toRow).filter(({ cells }) => cells.size > 0) }] };
  } catch (error) {
    return { got: error instanceof Error ? error.message.slice(0, 200) : 'unreadable text', expected: 'CSV (RFC 4180): a quote inside quotes is written twice' };
  }
}

function toRow(entry: { readonly record: readonly string[]; readonly info: { readonly lines: number } }) {
  const cells = new Map<number, Cell>();
  for (const [column, text] of entry.record.entries()) {
    if (text.trim() !== '') cells.set(column, { kind: 'text', text });
  }
  return { row: entry.info.lines, cells };
}
