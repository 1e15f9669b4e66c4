/** A straight line through points, and how sure its slope is. */
export interface Trend {
  /** Of the value per hour. */
  readonly slopePerHour: number;
  readonly standardErrorPerHour: number;
  /** The slope over the time that was watched. */
  readonly growth: number;
}

export interface TimedValue { readonly atMs: number; readonly value: number }

const HOUR_MS = 3_600_000;
/** A slope of pure noise is beyond three standard errors about once in a hundred runs of this length. */
const SURE_AT_ERRORS = 3;

/** Means over whole rotations: what one scene needs more than another is no growth. A rest shorter than a block is left out. */
export function blockMeans(points: readonly TimedValue[], blockMs: number): readonly TimedValue[] {
  const startMs = points[0]?.atMs ?? 0;
  const endMs = points.at(-1)?.atMs ?? 0;
  const blocks = Map.groupBy(points, ({ atMs }) => Math.floor((atMs - startMs) / blockMs));
  return [...blocks].filter(([index]) => startMs + (index + 1) * blockMs <= endMs + 1).map(([index, block]) => ({
    atMs: startMs + (index + 0.5) * blockMs, value: block.reduce((sum, { value }) => sum + value, 0) / block.length,
  }));
}

/** Least squares. @throws RangeError for fewer than three points: two always lie on a line. */
export function trendOf(points: readonly TimedValue[]): Trend {
  if (points.length < 3) throw new RangeError(`A trend needs three points; there are ${points.length}. Run longer.`);
  const hours = points.map(({ atMs }) => atMs / HOUR_MS);
  const meanHour = hours.reduce((sum, hour) => sum + hour, 0) / hours.length;
  const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
  const spread = hours.reduce((sum, hour) => sum + (hour - meanHour) ** 2, 0);
  const slopePerHour = points.reduce((sum, { value }, index) => sum + ((hours[index] ?? 0) - meanHour) * (value - mean), 0) / spread;
  const residual = points.reduce((sum, { value }, index) => sum + (value - mean - slopePerHour * ((hours[index] ?? 0) - meanHour)) ** 2, 0);
  return {
    slopePerHour, standardErrorPerHour: Math.sqrt(residual / (points.length - 2) / spread),
    growth: slopePerHour * ((hours.at(-1) ?? 0) - (hours[0] ?? 0)),
  };
}

/** [SO1] Growth that is no noise, and worth a name: more than three standard errors, and more than `floor` over the run. */
export function isLeak({ slopePerHour, standardErrorPerHour, growth }: Trend, floor: number): boolean {
  return slopePerHour > SURE_AT_ERRORS * standardErrorPerHour && growth > floor;
}
