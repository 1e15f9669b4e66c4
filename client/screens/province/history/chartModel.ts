import type { SeriesDto, SeriesPoint } from '../../../../shared/protocol/http.ts';

/** Something that happened, shown on the time axis. */
export interface ChartMark {
  readonly atMs: number;
  readonly kind: 'alarm' | 'note';
  readonly label: string;
}

/** One series as a chart draws it: readings in order of time, and a point without one in each gap. Columns side by side. */
export interface ChartModel {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bucketMs: number;
  readonly atMs: readonly number[];
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  /** `null`: nothing was read from there to the next point. */
  readonly last: readonly (number | null)[];
  /** Positions of readings with a gap, or an end, on both sides, which no line can show. */
  readonly lone: readonly number[];
  /** Of all readings, not of what is drawn. */
  readonly lowest: number;
  readonly highest: number;
  readonly newest: number;
}

interface Column {
  readonly atMs: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly last: number | null;
}

/**
 * [HC1] `holdsMs`: how long a reading stands for what follows it, before the page would call it stale; 0 for a series that is rolled up, where a
 * bucket without a value has none. Readings further apart have a gap between them. `null`: nothing was read. Pure.
 */
export function chartModel({ points, fromMs, toMs, bucketMs }: Pick<SeriesDto, 'points' | 'fromMs' | 'toMs' | 'bucketMs'>, holdsMs: number): ChartModel | null {
  const readings = points.filter(isRead);
  const [first, newest] = [readings[0], readings.at(-1)];
  if (first === undefined || newest === undefined) return null;
  const columns: Column[] = [];
  for (const [i, reading] of readings.entries()) {
    const before = readings[i - 1];
    if (before !== undefined && isApart(before, reading, holdsMs, bucketMs)) columns.push({ atMs: (before.atMs + reading.atMs) / 2, min: null, max: null, last: null });
    columns.push(reading);
  }
  const isGap = (i: number) => columns[i]?.last == null;
  return {
    fromMs, toMs, bucketMs,
    atMs: columns.map(({ atMs }) => atMs), min: columns.map(({ min }) => min), max: columns.map(({ max }) => max), last: columns.map(({ last }) => last),
    lone: columns.flatMap((_, i) => (!isGap(i) && isGap(i - 1) && isGap(i + 1) ? [i] : [])),
    lowest: readings.reduce((least, { min }) => Math.min(least, min), first.min), highest: readings.reduce((most, { max }) => Math.max(most, max), first.max),
    newest: newest.last,
  };
}

type Read = SeriesPoint & { readonly min: number; readonly max: number; readonly last: number };

function isRead(point: SeriesPoint): point is Read {
  return point.last !== null && point.min !== null && point.max !== null;
}

/** Buckets start at rounded milliseconds: half a bucket of tolerance is never a bucket. */
function isApart(before: SeriesPoint, after: SeriesPoint, holdsMs: number, bucketMs: number): boolean {
  return after.atMs - before.atMs > holdsMs + bucketMs * 1.5;
}

/** How much of the span of values is kept free above and below. */
const HEADROOM = 0.12;

/** Bounds of the values' axis. A target widens them where it lies within a span of the values; further away it would press them flat. Pure. */
export function valueBounds({ lowest, highest }: Pick<ChartModel, 'lowest' | 'highest'>, target: number | null): readonly [number, number] {
  const span = highest - lowest || Math.max(1, Math.abs(highest) * 0.02);
  const isNear = target !== null && target >= lowest - span && target <= highest + span;
  const [bottom, top] = isNear ? [Math.min(lowest, target), Math.max(highest, target)] : [lowest, highest];
  return [bottom - span * HEADROOM, top + span * HEADROOM];
}

/** A stretch of the table. `last` `null`: nothing was read in it. */
export interface TableRow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly last: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** The same readings in at most `maxRows` stretches of time, neighbours without any made one. Pure. */
export function tableRows(points: readonly SeriesPoint[], toMs: number, maxRows: number): readonly TableRow[] {
  const perRow = Math.max(1, Math.ceil(points.length / maxRows));
  const rows: TableRow[] = [];
  for (let start = 0; start < points.length; start += perRow) {
    const part = points.slice(start, start + perRow);
    const readings = part.filter(isRead);
    const [fromMs, endMs] = [part[0]?.atMs ?? toMs, points[start + perRow]?.atMs ?? toMs];
    const before = rows.at(-1);
    if (readings.length > 0) {
      rows.push({ fromMs, toMs: endMs, last: readings.at(-1)?.last ?? null, min: Math.min(...readings.map(({ min }) => min)), max: Math.max(...readings.map(({ max }) => max)) });
    } else if (before !== undefined && before.last === null) {
      rows[rows.length - 1] = { ...before, toMs: endMs };
    } else {
      rows.push({ fromMs, toMs: endMs, last: null, min: null, max: null });
    }
  }
  return rows;
}
