import { serialToEpochDay } from './contentDate.ts';
import { type Cell, MAX_ROWS, type SheetRow } from './sheet.ts';
import { walkXml } from './xml.ts';

interface CellContext {
  readonly sharedTexts: readonly string[];
  readonly isDateStyle: (style: number) => boolean;
  readonly is1904: boolean;
}

interface RawCell {
  readonly type: string;
  readonly style: number;
  readonly column: number;
  value: string;
  hasFormula: boolean;
}

/** Figures stand in the first columns; what is far to the right belongs to something else. */
const MAX_COLUMNS = 50;

/** Rows of a worksheet that have any cell with something in it. `too-many`: more than a file may have. */
export function readCells(xml: string, context: CellContext): readonly SheetRow[] | 'too-many' {
  const rows: SheetRow[] = [];
  if (xml === '') return rows;
  let row = 0, column = -1;
  let cells = new Map<number, Cell>();
  let cell: RawCell | null = null;
  let isValue = false;
  walkXml(xml, {
    open(name, attributes) {
      isValue = false;
      if (name === 'row') {
        row = Number(attributes.r ?? row + 1);
        column = -1;
        cells = new Map();
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : toColumn(attributes.r);
        cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), column, value: '', hasFormula: false };
      } else if (cell !== null && name === 'f') cell.hasFormula = true;
      else isValue = name === 'v' || name === 't';
    },
    text(text) {
      if (cell !== null && isValue) cell.value += text;
    },
    close(name) {
      isValue = false;
      if (name === 'c' && cell !== null) {
        const read = toCell(cell, context);
        if (read !== null && cell.column < MAX_COLUMNS) cells.set(cell.column, read);
        cell = null;
      } else if (name === 'row' && cells.size > 0 && rows.length <= MAX_ROWS) rows.push({ row, cells });
    },
  });
  return rows.length > MAX_ROWS ? 'too-many' : rows;
}

/** "AB12" → 27. */
function toColumn(address: string): number {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(address)?.[0];
  if (letters === undefined) throw new Error(`cell address "${address.slice(0, 20)}"`);
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function toCell({ type, style, value, hasFormula }: RawCell, { sharedTexts, isDateStyle, is1904 }: CellContext): Cell | null {
  if (value.trim() === '') {
    return hasFormula && type !== 'str' ? { kind: 'unusable', got: 'a formula without its result', expected: 'the result beside the formula: open the workbook in Excel or LibreOffice and save it; nothing is worked out here' } : null;
  }
  switch (type) {
    case 's': {
      const text = sharedTexts[Number(value)];
      if (text === undefined) throw new Error(`shared string ${value.slice(0, 20)} of ${sharedTexts.length}`);
      return text.trim() === '' ? null : { kind: 'text', text };
    }
    case 'str': case 'inlineStr': case 'd':
      return { kind: 'text', text: type === 'd' ? value.slice(0, 10) : value };
    case 'n': {
      const number = Number(value);
      if (!Number.isFinite(number)) throw new Error(`number ${value.slice(0, 20)}`);
      return isDateStyle(style) ? { kind: 'day', epochDay: serialToEpochDay(number, is1904) } : { kind: 'number', value: number };
    }
    case 'e': return { kind: 'unusable', got: `the error ${value.slice(0, 20)}`, expected: 'a value; mend the formula or type the figure' };
    default: return { kind: 'unusable', got: type === 'b' ? 'true or false' : `a cell of type "${type.slice(0, 20)}"`, expected: 'a text, a number or a date' };
  }
}
