import type { DecimalMark } from './number.ts';
import type { Cell, Sheet, SheetRow } from './sheet.ts';

export type Field = 'code' | 'place' | 'indicator' | 'value' | 'date' | 'numerator' | 'denominator' | 'unit';

/** Headings without marks, in Vietnamese and English. */
const FIELDS: ReadonlyMap<string, Field> = new Map(Object.entries<Field>({
  'ma dia phuong': 'code', 'ma don vi hanh chinh': 'code', 'locality code': 'code',
  'dia phuong': 'place', 'ten dia phuong': 'place', 'locality': 'place', 'locality name': 'place',
  'chi tieu': 'indicator', 'ma chi tieu': 'indicator', 'ten chi tieu': 'indicator', 'indicator': 'indicator', 'indicator id': 'indicator',
  'gia tri': 'value', 'value': 'value',
  'ngay so lieu': 'date', 'content date': 'date',
  'tu so': 'numerator', 'numerator': 'numerator',
  'mau so': 'denominator', 'denominator': 'denominator',
  'don vi tinh': 'unit', 'unit': 'unit',
}));
/** Read past: they say nothing of the figure. */
const REMARKS: ReadonlySet<string> = new Set(['ghi chu', 'note', 'notes', 'stt', 'tt', 'no']);
const REQUIRED = ['indicator', 'value', 'date'] as const;
/** Titles and the row of the decimal mark come before the headings, and they are few. */
const SEARCHED_ROWS = 20;

export interface Headings {
  readonly columnOf: ReadonlyMap<Field, number>;
  /** Rows below the headings. */
  readonly rows: readonly SheetRow[];
  /** As the sheet itself says, in a row "dấu thập phân" above the headings. */
  readonly decimalMark: DecimalMark | undefined;
}

export interface HeadingProblem { readonly row: number; readonly column: number; readonly got: string; readonly expected: string }

function isHeadings(keys: readonly string[]): boolean {
  const known = new Set(keys.map((key) => FIELDS.get(key)));
  return REQUIRED.every((field) => known.has(field));
}

/** Which of these marks parts the headings of a text; no heading contains one. `undefined`: there are none. */
export function findDelimiter<Mark extends string>(text: string, marks: readonly Mark[]): Mark | undefined {
  const lines = text.split(/\r?\n/, SEARCHED_ROWS);
  return marks.find((mark) => lines.some((line) => isHeadings(line.split(mark).map(toKey))));
}

/** `null`: the sheet has no headings of figures at all. */
export function findHeadings({ rows }: Sheet): Headings | { readonly problems: readonly HeadingProblem[] } | null {
  for (const [index, row] of rows.slice(0, SEARCHED_ROWS).entries()) {
    const fields = [...row.cells].map(([column, cell]) => ({ column, cell, key: toKey(textOf(cell)) }));
    if (!isHeadings(fields.map(({ key }) => key))) continue;
    return readHeadings(row.row, fields, rows.slice(index + 1), decimalMarkOf(rows.slice(0, index)));
  }
  return null;
}

function readHeadings(row: number, fields: readonly { column: number; cell: Cell; key: string }[], rows: readonly SheetRow[], decimalMark: DecimalMark | undefined) {
  const columnOf = new Map<Field, number>();
  const problems: HeadingProblem[] = [];
  for (const { column, cell, key } of fields) {
    const field = FIELDS.get(key);
    if (field === undefined && REMARKS.has(key)) continue;
    if (field === undefined) problems.push({ row, column, got: `"${textOf(cell).slice(0, 60)}"`, expected: 'a heading of the template, or "ghi chú" for what is not a figure' });
    else if (columnOf.has(field)) problems.push({ row, column, got: `"${textOf(cell)}", and column ${field} before it`, expected: 'each heading once' });
    else columnOf.set(field, column);
  }
  if (columnOf.has('numerator') !== columnOf.has('denominator')) problems.push({ row, column: 0, got: 'one of "tử số" and "mẫu số"', expected: 'both or neither' });
  return problems.length > 0 ? { problems } : { columnOf, rows, decimalMark };
}

function decimalMarkOf(rows: readonly SheetRow[]): DecimalMark | undefined {
  for (const { cells } of rows) {
    const texts = [...cells.values()].map(textOf);
    const mark = texts[1]?.trim();
    if (['dau thap phan', 'decimal mark'].includes(toKey(texts[0] ?? '')) && (mark === ',' || mark === '.')) return mark;
  }
  return undefined;
}

const textOf = (cell: Cell) => (cell.kind === 'text' ? cell.text : '');

/** Without marks, case and punctuation: "Chỉ tiêu (*)" is "chi tieu". */
export function toKey(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
}
