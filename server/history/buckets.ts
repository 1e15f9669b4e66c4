import type { Resolution } from '../ports/store.ts';
import type { BucketColumns } from '../ports/storeConnection.ts';

/** Equal buckets over `fromMs` (included) to `toMs` (excluded). */
export interface Buckets {
  readonly fromMs: number;
  readonly toMs: number;
  readonly points: number;
  readonly min: Float64Array<ArrayBuffer>;
  readonly max: Float64Array<ArrayBuffer>;
  readonly last: Float64Array<ArrayBuffer>;
  readonly lastAtMs: Float64Array<ArrayBuffer>;
  readonly count: Int32Array<ArrayBuffer>;
}

export function createBuckets(fromMs: number, toMs: number, points: number): Buckets {
  const nan = () => new Float64Array(points).fill(Number.NaN);
  return {
    fromMs, toMs, points, min: nan(), max: nan(), last: nan(),
    lastAtMs: new Float64Array(points).fill(Number.NEGATIVE_INFINITY), count: new Int32Array(points),
  };
}

/**
 * Adds readings observed together: one, or a slot of a tier, which stands where its newest observation does. Offer what arrived
 * first first: of equal times the later offer is the last.
 */
export function addReadings(buckets: Buckets, atMs: number, readings: number, min: number, max: number, last: number, lastAtMs: number): void {
  if (readings === 0 || atMs < buckets.fromMs || atMs >= buckets.toMs) return;
  const bucket = bucketOf(buckets, atMs);
  const isFirst = buckets.count[bucket] === 0;
  buckets.count[bucket] = (buckets.count[bucket] ?? 0) + readings;
  if (isFirst || min < (buckets.min[bucket] ?? 0)) buckets.min[bucket] = min;
  if (isFirst || max > (buckets.max[bucket] ?? 0)) buckets.max[bucket] = max;
  if (lastAtMs >= (buckets.lastAtMs[bucket] ?? 0)) {
    buckets.last[bucket] = last;
    buckets.lastAtMs[bucket] = lastAtMs;
  }
}

export function addReading(buckets: Buckets, atMs: number, value: number): void {
  if (!Number.isNaN(value)) addReadings(buckets, atMs, 1, value, value, value, atMs);
}

/** Multiplied before divided: whole milliseconds times 2,000 points stay exact, so no reading slips over a boundary. */
function bucketOf({ fromMs, toMs, points }: Buckets, atMs: number): number {
  return Math.floor(((atMs - fromMs) * points) / (toMs - fromMs));
}

/** First whole millisecond that belongs to the bucket. */
export function startOfBucket(fromMs: number, toMs: number, points: number, bucket: number): number {
  return fromMs + Math.ceil((bucket * (toMs - fromMs)) / points);
}

export function toBucketColumns({ min, max, last, count }: Buckets, resolution: Resolution): BucketColumns {
  return { resolution, min, max, last, count };
}
