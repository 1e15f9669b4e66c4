import { area, line } from 'd3-shape';
import type { LeagueSeriesDto } from '../../../shared/protocol/league.ts';
import type { DotScale } from '../province/districtScale.ts';

type SmallLine = Pick<LeagueSeriesDto['rows'][number], 'min' | 'max' | 'last'>;

export interface SmallChart {
  /** SVG path data; a bucket without readings breaks the line. */
  readonly line: string;
  readonly band: string;
  /** Readings with a gap on both sides, which no line can show. */
  readonly lone: readonly { readonly x: number; readonly y: number }[];
}

interface SmallChartSize {
  readonly width: number;
  readonly height: number;
}

/** [CP8] A line on the scale that all provinces share; what is beyond it is drawn at its edge. Pure. */
export function smallChart({ min, max, last }: SmallLine, scale: DotScale, { width, height }: SmallChartSize): SmallChart {
  const x = (i: number) => (last.length < 2 ? width / 2 : (i / (last.length - 1)) * width);
  const y = (value: number) => height * (1 - Math.min(1, Math.max(0, (value - scale.min) / (scale.max - scale.min))));
  const buckets = last.map((value, i) => ({ i, last: value, min: min[i] ?? null, max: max[i] ?? null }));
  const isRead = (bucket: (typeof buckets)[number]) => bucket.last !== null;
  const path = line<(typeof buckets)[number]>().defined(isRead).x(({ i }) => x(i)).y((bucket) => y(bucket.last ?? 0));
  const band = area<(typeof buckets)[number]>().defined(isRead).x(({ i }) => x(i)).y0((bucket) => y(bucket.min ?? bucket.last ?? 0)).y1((bucket) => y(bucket.max ?? bucket.last ?? 0));
  const lone = buckets.filter((bucket, i) => isRead(bucket) && (buckets[i - 1]?.last ?? null) === null && (buckets[i + 1]?.last ?? null) === null);
  return { line: path(buckets) ?? '', band: band(buckets) ?? '', lone: lone.map((bucket) => ({ x: x(bucket.i), y: y(bucket.last ?? 0) })) };
}

/** Every value of every line. */
export function valuesOf({ rows }: Pick<LeagueSeriesDto, 'rows'>): number[] {
  return rows.flatMap(({ min, max, last }) => [...min, ...max, ...last]).filter((value) => value !== null);
}
