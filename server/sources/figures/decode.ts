import { z } from 'zod';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Locality } from '../../../shared/domain/locality.ts';
import type { DecodedFeed, DecodedItem, FeedAdapter, FeedRequest } from '../../ports/feed.ts';
import type { FeedSettings } from '../../ports/feedSettings.ts';
import { findHeadings } from './headings.ts';
import { readCsv } from './readCsv.ts';
import { createRowReader, type ReadRow, type RowReader } from './readRow.ts';
import { readWorkbook } from './readWorkbook.ts';
import { type ReadFile, type Sheet, toPlaceName } from './sheet.ts';

const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TEMPLATE_HEADINGS = 'mã địa phương, chỉ tiêu, giá trị, ngày số liệu (docs/feeds/figures-template.csv)';
const EXAMPLE = 'mã địa phương;chỉ tiêu;giá trị;ngày số liệu\n68;documents-total;1204;31/10/2026\n';

/** Figures that a person keys in: a CSV file or a workbook, one figure a row. */
export function createFiguresAdapter(localities: readonly Locality[], indicators: readonly Indicator[]): FeedAdapter {
  const rowReader = createRowReader(localities, indicators);
  return {
    format: 'figures',
    accepts: [
      { mediaType: CSV, reading: 'bytes', description: 'One figure a row, UTF-8, ";" or "," between columns.', schema: z.string(), example: EXAMPLE },
      { mediaType: XLSX, reading: 'bytes', description: 'The same columns in an Excel workbook, on any visible sheet.', schema: z.string(), example: 'the bytes of an .xlsx file' },
    ],
    decode: (request, feed) => decodeFigures(request, feed, rowReader),
  };
}

function decodeFigures({ mediaType, payload }: FeedRequest, feed: FeedSettings, rowReader: RowReader): DecodedFeed {
  if (!(payload instanceof Uint8Array) || payload.length === 0) return refuseFile('nothing', 'a CSV file or an Excel workbook');
  const file: ReadFile = mediaType === XLSX ? readWorkbook(payload) : readCsv(payload);
  if ('got' in file) return refuseFile(file.got, file.expected);
  const items = refuseContradictions(file.sheets.flatMap((sheet) => decodeSheet(sheet, feed, rowReader)));
  return items.some(({ kind }) => kind !== 'ignored') ? { isBatch: true, items } : refuseFile('no row of headings', TEMPLATE_HEADINGS);
}

function refuseFile(got: string, expected: string): DecodedFeed {
  return { isBatch: true, items: [{ kind: 'unreadable', id: null, problems: [{ where: 'file', got, expected }] }] };
}

/** A workbook may hold sheets of explanations; a sheet with headings is meant, and what is wrong with it is said. */
function decodeSheet(sheet: Sheet, feed: FeedSettings, rowReader: RowReader): readonly ReadRow[] {
  const headings = findHeadings(sheet);
  if (headings === null) return sheet.rows.length === 0 ? [] : [{ kind: 'ignored', id: sheet.name, why: `no headings of figures: ${TEMPLATE_HEADINGS}` }];
  if ('problems' in headings) {
    return [{
      kind: 'unreadable', id: sheet.name,
      problems: headings.problems.map(({ row, column, got, expected }) => ({ where: toPlaceName(sheet, row, column), got, expected })),
    }];
  }
  const decimalMark = headings.decimalMark ?? feed.decimalMark;
  return headings.rows.map((row) => rowReader.read(row, { sheet, feed, columnOf: headings.columnOf, decimalMark }));
}

/** Two values for one figure of one day in one file: nobody can say which was meant, so neither is taken. Said twice alike, it is one. */
function refuseContradictions(rows: readonly ReadRow[]): readonly DecodedItem[] {
  const valuesByFigure = new Map<string, Set<string>>();
  for (const row of rows) {
    if (row.kind !== 'candidate') continue;
    const values = valuesByFigure.get(row.figure) ?? new Set();
    valuesByFigure.set(row.figure, values.add(row.entered));
  }
  return rows.map((row): DecodedItem => {
    if (row.kind !== 'candidate') return row;
    const { id, candidate, where, figure, entered } = row;
    const others = [...valuesByFigure.get(figure) ?? []].filter((value) => value !== entered);
    if (others.length === 0) return { kind: 'candidate', id, candidate };
    return { kind: 'unreadable', id, problems: [{ where, got: `${entered}, and ${others.slice(0, 3).join(', ')} in another row for the same place, indicator and day`, expected: 'one value; leave the right row' }] };
  });
}
