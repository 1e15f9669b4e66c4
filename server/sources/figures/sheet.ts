/** What a cell holds, whatever file it stood in. Blank cells are left out. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  /** Days since 1970-01-01. */
  | { readonly kind: 'day'; readonly epochDay: number }
  /** Nothing that could be taken for a figure: an error value, a formula that was never worked out. */
  | { readonly kind: 'unusable'; readonly got: string; readonly expected: string };

export interface SheetRow {
  /** As the program that wrote the sheet counts: from 1. */
  readonly row: number;
  /** By column, from 0. */
  readonly cells: ReadonlyMap<number, Cell>;
}

export interface Sheet {
  /** `null`: the file has no sheets (CSV). */
  readonly name: string | null;
  readonly rows: readonly SheetRow[];
}

/** Sheets, or why the file as a whole cannot be read. */
export type ReadFile = { readonly sheets: readonly Sheet[] } | { readonly got: string; readonly expected: string };

/** Rows of a file, headings included: a province has at most a few hundred units, and a person keys in no more than this. */
export const MAX_ROWS = 2_000;
export const TOO_MANY_ROWS = { got: `more than ${MAX_ROWS} rows`, expected: `at most ${MAX_ROWS} rows in a file; split it` } as const;

/** "A", "AB": as Excel names columns. */
function toColumnName(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : toColumnName(Math.floor(column / 26) - 1) + toColumnName(column % 26);
}

/** Where a cell stands, as a person finds it: "Số liệu!C5", "row 5, column C". */
export function toPlaceName(sheet: Sheet, row: number, column: number): string {
  return sheet.name === null ? `row ${row}, column ${toColumnName(column)}` : `${sheet.name}!${toColumnName(column)}${row}`;
}

export function showCell(cell: Cell | undefined): string {
  switch (cell?.kind) {
    case undefined: return 'nothing';
    case 'text': return JSON.stringify(cell.text.length > 80 ? `${cell.text.slice(0, 80)}…` : cell.text);
    case 'number': return String(cell.value);
    case 'day': return new Date(cell.epochDay * 86_400_000).toISOString().slice(0, 10);
    case 'unusable': return cell.got;
  }
}
