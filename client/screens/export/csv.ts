import type { ExportCell } from './exportTable.ts';

/**
 * For Excel with Vietnamese regional settings, where the decimal sign is a comma: "95,1" opens as a number and "95.1" does not. The
 * comma is then taken, so cells are parted by semicolons, the list separator of the Unicode locale data (CLDR, vi). No line "sep=;" in
 * front: with it Excel no longer reads the byte order mark, and every Vietnamese letter breaks.
 */
const SEPARATOR = ';';
const DECIMAL_SIGN = ',';
const LINE_END = '\r\n';
/** Without it Excel reads UTF-8 as the code page of the machine. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Where a sign makes a spreadsheet compute (OWASP, CSV injection; wide forms are taken for the narrow ones): at the start of a cell, and
 * wherever a machine that parts cells by another sign, or does not know the quotes, would see a start.
 */
const BEGINS_FORMULA = /(^|[\t\r\n,;|"])([\s"]*)(?=[=+\-@＝＋－＠])/g;
const BEGINS_WITH_CONTROL = /^[\t\r]/;
const GUARD = '\'';

/** [XE2] The text with an apostrophe wherever it could begin a formula. A sign within a word is left alone. */
export function guarded(text: string): string {
  const safe = text.replace(BEGINS_FORMULA, (whole) => whole + GUARD);
  return BEGINS_WITH_CONTROL.test(safe) ? GUARD + safe : safe;
}

function cellText(cell: ExportCell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return quoted(guarded(cell));
  return Number.isFinite(cell) ? String(cell).replace('.', DECIMAL_SIGN) : '';
}

/** RFC 4180: what holds a separator, a quote or a line end stands in quotes, and its quotes are doubled. A comma too: other programs part by it. */
function quoted(text: string): string {
  return /[;,"\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** [XE1] RFC 4180 with semicolons, decimal commas and a byte order mark. Numbers, negative ones too, stay numbers. Pure. */
export function csvOf(rows: readonly (readonly ExportCell[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => row.map(cellText).join(SEPARATOR) + LINE_END).join('');
}
