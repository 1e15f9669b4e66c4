import { area, line } from 'd3-shape';
import type { SeriesPoint } from '../../../shared/protocol/http.ts';

export interface TrendShape {
  /** SVG path data of the last values; a bucket without readings breaks the line: a gap, never a zero. */
  readonly line: string;
  /** Between the lowest and highest reading of each bucket. */
  readonly band: string;
  /** Readings with a gap on both sides, which no line can show. */
  readonly lone: readonly { readonly x: number; readonly y: number }[];
  readonly min: number;
  readonly max: number;
  /** y of the target; `null`: none set, or outside. */
  readonly targetY: number | null;
}

interface TrendOptions {
  readonly fromMs: number;
  readonly toMs: number;
  readonly width: number;
  readonly height: number;
  readonly target: number | null;
}

/** How much of the span of values is kept free above and below. */
const HEADROOM = 0.12;

/** `null`: nothing was read in that time. The target widens the scale only where it lies near the values. Pure. */
export function trendShape(points: readonly SeriesPoint[], { fromMs, toMs, width, height, target }: TrendOptions): TrendShape | null {
  const lows = points.flatMap((point) => point.min ?? []);
  const highs = points.flatMap((point) => point.max ?? []);
  if (lows.length === 0 || highs.length === 0) return null;
  const [min, max] = [Math.min(...lows), Math.max(...highs)];
  const span = max - min || Math.max(1, Math.abs(max) * 0.02);
  const [bottom, top] = [min - span * HEADROOM, max + span * HEADROOM];
  const x = (atMs: number) => ((atMs - fromMs) / (toMs - fromMs)) * width;
  const y = (value: number) => height - ((value - bottom) / (top - bottom)) * height;
  const isRead = ({ last }: SeriesPoint) => last !== null;
  const path = line<SeriesPoint>().defined(isRead).x(({ atMs }) => x(atMs)).y(({ last }) => y(last ?? 0));
  const band = area<SeriesPoint>().defined(isRead).x(({ atMs }) => x(atMs)).y0(({ min: low }) => y(low ?? 0)).y1(({ max: high }) => y(high ?? 0));
  const lone = points.flatMap((point, i) => {
    const before = points[i - 1];
    const after = points[i + 1];
    const isLone = point.last !== null && (before === undefined || before.last === null) && (after === undefined || after.last === null);
    return isLone ? [{ x: x(point.atMs), y: y(point.last ?? 0) }] : [];
  });
  const targetY = target !== null && target >= bottom && target <= top ? y(target) : null;
  return { line: path([...points]) ?? '', band: band([...points]) ?? '', lone, min, max, targetY };
}
