/** One line of the table `npm run bench` prints. `ok` compares `measured` with `reach`; it is reported, never asserted. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly reach: string;
  readonly ok: boolean;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @throws RangeError for an empty list. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  if (value === undefined) throw new RangeError('A quantile needs at least one value.');
  return value;
}
