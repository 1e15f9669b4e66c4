import { line } from 'd3-shape';

export interface Sparkline {
  /** SVG path data; a bucket without a reading breaks the line: a gap, never a zero. */
  readonly path: string;
  readonly min: number;
  readonly max: number;
}

/** Kept free above and below, so that the line's width is not cut. */
const EDGE = 2;

/** `null`: nothing was read. A reading alone between gaps is a dot, a line of no length. Pure. */
export function sparkline(points: readonly (number | null)[], width: number, height: number): Sparkline | null {
  const values = points.flatMap((point) => point ?? []);
  if (values.length === 0) return null;
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const x = (at: number) => EDGE + (points.length < 2 ? 0 : (at / (points.length - 1)) * (width - 2 * EDGE));
  const y = (value: number) => (max === min ? height / 2 : height - EDGE - ((value - min) / (max - min)) * (height - 2 * EDGE));
  const path = line<number | null>().defined((point) => point !== null).x((_, at) => x(at)).y((point) => y(point ?? 0));
  return { path: path([...points]) ?? '', min, max };
}
