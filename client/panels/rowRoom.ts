import type { AttentionRow } from './attentionRows.ts';

/** Heights and widths in B, as panels.css draws them. */
const ROW_B = 3.48;
const LINE_B = 1.27;
const FOOT_TOP_B = 0.4;
/** Symbol and gap left of the words. */
const MARK_B = 2.7;
/** Mean width of a letter of Be Vietnam Pro at this size, with some to spare. */
const LETTER_B = 0.57;
/** Letters of Chinese, Japanese and Korean are twice as wide. */
const WIDE_FROM = 0x2e80;
/** Between two notes that stand in one line. */
const GAP_LETTERS = 3;
const MOST_TITLE_LINES = 2;

const lettersOf = (text: string) => Array.from(text).reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) >= WIDE_FROM ? 2 : 1), 0);

/** Lines that these words need, none of them broken. */
function wrappedLines(texts: readonly string[], letters: number): number {
  let lines = 0;
  let left = 0;
  for (const text of texts) {
    const needed = lettersOf(text) + GAP_LETTERS;
    if (lines === 0 || needed > left) { lines++; left = letters; }
    left -= needed;
  }
  return lines;
}

export interface RowRoom {
  /** Rows that a person takes in, whatever the room. */
  readonly rows: number;
  /** For the rows and what is said below them, B. */
  readonly heightB: number;
  /** Width of the column, B. */
  readonly widthB: number;
}

const lettersIn = (widthB: number) => Math.max(1, Math.floor(widthB / LETTER_B));

/** [AW5] Of a sender's own words at most two lines; of ours, which are short, one. */
export function titleLines({ isSenders, text }: Pick<AttentionRow, 'isSenders' | 'text'>, widthB: number): number {
  return isSenders ? Math.min(MOST_TITLE_LINES, Math.ceil(lettersOf(text) / lettersIn(widthB - MARK_B))) : 1;
}

function heightB(row: AttentionRow, widthB: number): number {
  const notes = row.tlp === null ? row.notes : [`TLP:${row.tlp}`, ...row.notes];
  return ROW_B + (titleLines(row, widthB) - 1 + wrappedLines(notes, lettersIn(widthB - MARK_B))) * LINE_B;
}

function footB(texts: readonly string[], widthB: number): number {
  return texts.length === 0 ? 0 : FOOT_TOP_B + wrappedLines(texts, lettersIn(widthB)) * LINE_B;
}

interface Foot {
  /** What is said of rows that have no room. */
  readonly more: (count: number) => string;
  /** What is said below the rows in any case. */
  readonly below: readonly string[];
}

function fitting(rows: readonly AttentionRow[], { rows: most, widthB, heightB: roomB }: RowRoom, { more, below }: Foot): readonly AttentionRow[] {
  const heights = rows.map((row) => heightB(row, widthB));
  if (rows.length <= most && heights.reduce((sum, height) => sum + height, 0) + footB(below, widthB) <= roomB) return rows;
  let count = 0;
  let usedB = footB([more(rows.length), ...below], widthB);
  // One row is given up to say how many are left out.
  while (count < most - 1 && usedB + (heights[count] ?? Number.POSITIVE_INFINITY) <= roomB) usedB += heights[count++] ?? 0;
  return rows.slice(0, Math.max(1, count));
}

/** [AW3] Rows that are whole in that room, from the first; from a later one when the chosen row would not be among them. */
export function rowsWithRoom(rows: readonly AttentionRow[], room: RowRoom, foot: Foot, selectedKey: string | undefined): readonly AttentionRow[] {
  const selected = rows.findIndex(({ key }) => key === selectedKey);
  for (let from = 0; from <= selected; from++) {
    const shown = fitting(rows.slice(from), room, foot);
    if (from + shown.length > selected) return shown;
  }
  return fitting(rows, room, foot);
}
