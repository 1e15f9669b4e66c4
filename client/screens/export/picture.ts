import type { TFunction } from 'i18next';
import { formatClock, formatDate, formatNumber } from '../../i18n/format.ts';
import { loadCanvasFonts } from '../../theme/fonts.ts';
import { THEMES } from '../../theme/tokens.ts';
import { drawElement } from './drawElement.ts';
import type { ExportCell, ExportColumn, ExportTable } from './exportTable.ts';

/** Pixels of the file per CSS px: sharp on paper and on a dense screen. */
const SCALE = 2;
const MARGIN_PX = 32;
const ROW_PX = 30;
const LINE_PX = 22;
const TITLE_PX = 30;
const GAP_PX = 24;
/** A picture is read at a glance; the CSV has every row. */
const MOST_ROWS = 40;
const LEAST_WIDTH_PX = 720;
const FONT = '"Be Vietnam Pro"';
const NUMBER_FONT = '"IOC Num", "Be Vietnam Pro"';
const COLORS = THEMES.light;

interface Body {
  readonly widthPx: number;
  readonly heightPx: number;
  draw(context: CanvasRenderingContext2D): void;
}

function cellWords(cell: ExportCell, { decimals }: ExportColumn, t: TFunction): string {
  if (cell === null) return t('figure.none');
  return typeof cell === 'number' ? formatNumber(cell, decimals) : cell;
}

function tableBody(context: CanvasRenderingContext2D, { columns, rows }: ExportTable, t: TFunction): Body {
  const shown = rows.slice(0, MOST_ROWS);
  const texts = [columns.map(({ name, unit }) => (unit === '' ? name : `${name} (${unit})`)),
    ...shown.map((row) => columns.map((column, i) => cellWords(row[i] ?? null, column, t)))];
  context.font = `600 15px ${FONT}`;
  const widths = columns.map((_, i) => Math.ceil(Math.max(...texts.map((row) => context.measureText(row[i] ?? '').width))) + GAP_PX);
  const isNumeric = columns.map((_, i) => shown.some((row) => typeof row[i] === 'number'));
  const leftOff = rows.length - shown.length;
  return {
    widthPx: widths.reduce((sum, width) => sum + width, 0), heightPx: texts.length * ROW_PX + (leftOff > 0 ? ROW_PX : 0),
    draw(pen) {
      texts.forEach((row, line) => {
        let x = 0;
        row.forEach((text, i) => {
          pen.font = line === 0 ? `600 15px ${FONT}` : `500 15px ${isNumeric[i] === true ? NUMBER_FONT : FONT}`;
          pen.fillStyle = line === 0 ? COLORS.ink2 : COLORS.ink;
          pen.textAlign = isNumeric[i] === true ? 'right' : 'left';
          pen.fillText(text, isNumeric[i] === true ? x + (widths[i] ?? 0) - GAP_PX : x, line * ROW_PX + 20);
          x += widths[i] ?? 0;
        });
        pen.fillStyle = COLORS.line;
        pen.fillRect(0, (line + 1) * ROW_PX - 1, x, 1);
      });
      pen.textAlign = 'left';
      pen.fillStyle = COLORS.ink2;
      if (leftOff > 0) pen.fillText(t('exported.moreRows', { count: leftOff }), 0, texts.length * ROW_PX + 20);
    },
  };
}

function chartBody(chart: Element): Body {
  const { width, height } = chart.getBoundingClientRect();
  return { widthPx: Math.ceil(width), heightPx: Math.ceil(height), draw: (pen) => drawElement(pen, chart) };
}

function wrapped(context: CanvasRenderingContext2D, text: string, widthPx: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (last !== '' && context.measureText(longer).width > widthPx) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/**
 * [XE6] A PNG of the chart, or of the table without one: its title, place, moment, source and kind of numbers are drawn in. Needs no
 * network: fonts are the page's own.
 * @throws Error when the browser makes no picture of this size
 */
export async function pictureOf(table: ExportTable, chart: Element | null, t: TFunction): Promise<Blob> {
  await loadCanvasFonts(document.fonts);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D canvas; save the CSV instead.');
  const body = chart === null ? tableBody(context, table, t) : chartBody(chart);
  const widthPx = Math.max(LEAST_WIDTH_PX, body.widthPx) + MARGIN_PX * 2;
  const textPx = widthPx - MARGIN_PX * 2;
  context.font = `500 15px ${FONT}`;
  const head = wrapped(context, `${table.placeName} (${table.placeCode}) · ${formatClock(table.atMs)}, ${formatDate(table.atMs)} ${t('time.zone')}`, textPx);
  const foot = [`${t('exported.provenance')}: ${table.provenance}`, `${t('exported.source')}: ${table.source}`].flatMap((line) => wrapped(context, line, textPx));
  context.font = `600 22px ${FONT}`;
  const title = wrapped(context, table.title, textPx);
  const bodyTopPx = MARGIN_PX + title.length * TITLE_PX + head.length * LINE_PX + GAP_PX;
  const footTopPx = bodyTopPx + body.heightPx + GAP_PX;
  canvas.width = widthPx * SCALE;
  canvas.height = (footTopPx + foot.length * LINE_PX + MARGIN_PX) * SCALE;
  context.scale(SCALE, SCALE);
  context.fillStyle = COLORS.panel;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const write = (lines: readonly string[], topPx: number, stepPx: number, font: string, color: string) => {
    context.font = font;
    context.fillStyle = color;
    lines.forEach((line, i) => { context.fillText(line, MARGIN_PX, topPx + (i + 1) * stepPx - 6); });
  };
  write(title, MARGIN_PX, TITLE_PX, `600 22px ${FONT}`, COLORS.ink);
  write(head, MARGIN_PX + title.length * TITLE_PX, LINE_PX, `500 15px ${FONT}`, COLORS.ink2);
  write(foot, footTopPx, LINE_PX, `500 15px ${FONT}`, COLORS.ink2);
  context.translate(MARGIN_PX, bodyTopPx);
  body.draw(context);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => { if (blob === null) failed(new Error(`No picture of ${canvas.width} × ${canvas.height} px could be made; save the CSV instead.`)); else done(blob); }, 'image/png');
  });
}
