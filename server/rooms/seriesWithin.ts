import type { SeriesRange } from '../../shared/frame/frame.ts';

/** First position in ascending `indices` whose entry is at least `bound`. */
function lowerBound(indices: Uint32Array, bound: number): number {
  let low = 0;
  let high = indices.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((indices[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether any of ascending `indices` lies in `ranges`. */
export function hasSeriesWithin(indices: Uint32Array, ranges: readonly SeriesRange[]): boolean {
  return ranges.some(([start, end]) => (indices[lowerBound(indices, start)] ?? end) < end);
}

/** The part of ascending `indices` that lies in `ranges` (ascending and apart); not a copy where it is one stretch. */
export function seriesWithin(indices: Uint32Array, ranges: readonly SeriesRange[]): Uint32Array {
  const parts: Uint32Array[] = [];
  let count = 0;
  for (const [start, end] of ranges) {
    const part = indices.subarray(lowerBound(indices, start), lowerBound(indices, end));
    if (part.length === 0) continue;
    parts.push(part);
    count += part.length;
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const joined = new Uint32Array(count);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
