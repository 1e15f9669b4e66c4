import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import { formatClockShort, formatDate, TIME_ZONE } from '../../../i18n/format.ts';
import { type ChartMark, type ChartModel, valueBounds } from './chartModel.ts';

export interface ChartLook {
  readonly heightPx: number;
  /** Small ones have no axes: they stand under a chart of the same time. */
  readonly hasAxes: boolean;
  /** Values between which there is nothing: drawn as steps. */
  readonly isStepped: boolean;
  readonly target: number | null;
  readonly say: (value: number) => string;
}

export interface ChartEvents {
  /** Position in the model's columns; `null`: the crosshair is elsewhere. */
  readonly onPoint: (position: number | null) => void;
  readonly onTap: (atMs: number) => void;
}

const SYNC_KEY = 'province-history';
const FONT = '14px "IOC Num", "Be Vietnam Pro", sans-serif';
const DAY_MS = 86_400_000;
const MARK_PX = 9;

const toLocal = (sec: number) => uPlot.tzDate(new Date(sec * 1_000), TIME_ZONE);
const sayTime = (sec: number, spanMs: number) => (spanMs <= 1.5 * DAY_MS ? formatClockShort(sec * 1_000) : formatDate(sec * 1_000).replace(/\/\d+$/, ''));

interface Inks { readonly line: string; readonly band: string; readonly grid: string; readonly ink: string; readonly alarm: string }

/** The page's colours as they stand now: the accent may be a brand's. */
function inksOf(element: Element): Inks {
  const style = getComputedStyle(element);
  const ink = (name: string) => style.getPropertyValue(name).trim();
  return { line: ink('--accent'), band: `color-mix(in srgb, ${ink('--accent')} 18%, transparent)`, grid: ink('--line'), ink: ink('--ink2'), alarm: ink('--severity-high') };
}

/** Imperative, and owned by whoever calls it: nothing of it outlives `destroy`. Returns the chart. */
export function createChart(host: HTMLElement, model: ChartModel, look: ChartLook, marks: readonly ChartMark[], events: ChartEvents): uPlot {
  const inks = inksOf(host);
  const spanMs = model.toMs - model.fromMs;
  const bounds = valueBounds(model, look.target);
  const options: uPlot.Options = {
    width: Math.max(1, host.clientWidth), height: look.heightPx, tzDate: toLocal, ms: 1e-3, legend: { show: false }, padding: look.hasAxes ? [8, 12, 0, 0] : [4, 4, 4, 4],
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: SYNC_KEY, scales: ['x', null] }, points: { size: 8 } },
    scales: { x: { time: true, range: [model.fromMs / 1_000, model.toMs / 1_000] }, y: { range: [...bounds] } },
    axes: look.hasAxes ? axesOf(look, inks, spanMs) : [{ show: false }, { show: false }],
    series: [{}, edgeOf(look), edgeOf(look), {
      stroke: inks.line, width: 2, spanGaps: false, ...stepsOf(look),
      points: { show: () => false, filter: (_, __, ___, gaps) => (gaps === undefined ? null : [...model.lone]), size: 6, stroke: inks.line, fill: inks.line },
    }],
    bands: [{ series: [1, 2], fill: inks.band }],
    hooks: {
      drawAxes: [(chart) => drawTarget(chart, look.target, inks)],
      draw: [(chart) => drawMarks(chart, marks, inks)],
      setCursor: [(chart) => events.onPoint(chart.cursor.idx ?? null)],
    },
  };
  const chart = new uPlot(options, [model.atMs.map((atMs) => atMs / 1_000), [...model.max], [...model.min], [...model.last]], host);
  listenToFingers(chart, events);
  return chart;
}

function stepsOf({ isStepped }: ChartLook): Pick<uPlot.Series, 'paths'> {
  const { stepped } = uPlot.paths;
  return isStepped && stepped !== undefined ? { paths: stepped({ align: 1 }) } : {};
}

const edgeOf = (look: ChartLook): uPlot.Series => ({ stroke: 'transparent', width: 0, spanGaps: false, points: { show: false }, ...stepsOf(look) });

function axesOf(look: ChartLook, inks: Inks, spanMs: number): uPlot.Axis[] {
  const common = { font: FONT, stroke: inks.ink, grid: { stroke: inks.grid, width: 1 }, ticks: { show: false } };
  return [
    { ...common, grid: { show: false }, space: 76, size: 30, values: (_, splits) => splits.map((sec) => sayTime(sec, spanMs)) },
    { ...common, space: 34, size: (_, values) => 16 + Math.max(2, ...(values ?? []).map(({ length }) => length)) * 8, values: (_, splits) => splits.map((value) => look.say(value)) },
  ];
}

function drawTarget({ ctx, bbox, valToPos }: uPlot, target: number | null, inks: Inks): void {
  if (target === null) return;
  const y = Math.round(valToPos(target, 'y', true));
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = inks.ink;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 5 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** Triangles for alarms, squares for notes: told apart without their colours. */
function drawMarks({ ctx, bbox, valToPos }: uPlot, marks: readonly ChartMark[], inks: Inks): void {
  const size = MARK_PX * devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  ctx.save();
  for (const { atMs, kind } of marks) {
    const x = valToPos(atMs / 1_000, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.fillStyle = kind === 'alarm' ? inks.alarm : inks.ink;
    ctx.globalAlpha = 0.45;
    ctx.fillRect(x, bbox.top, devicePixelRatio, bbox.height);
    ctx.globalAlpha = 1;
    ctx.beginPath();
    if (kind === 'alarm') {
      ctx.moveTo(x, bottom - 1.8 * size);
      ctx.lineTo(x + size, bottom);
      ctx.lineTo(x - size, bottom);
    } else {
      ctx.rect(x - size * 0.7, bottom - 1.4 * size, 1.4 * size, 1.4 * size);
    }
    ctx.fill();
  }
  ctx.restore();
}

/** uPlot knows the mouse only. A finger that moves sideways moves the crosshair; one that taps goes to that moment. */
function listenToFingers(chart: uPlot, { onTap }: ChartEvents): void {
  const { over } = chart;
  over.addEventListener('pointermove', ({ pointerType, clientX, clientY }) => {
    if (pointerType !== 'mouse') over.dispatchEvent(new MouseEvent('mousemove', { clientX, clientY }));
  });
  over.addEventListener('click', ({ clientX }) => onTap(Math.round(chart.posToVal(clientX - over.getBoundingClientRect().left, 'x') * 1_000)));
}
