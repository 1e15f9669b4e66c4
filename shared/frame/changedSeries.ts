import type { ReadingColumns } from '../domain/readingColumns.ts';

function differ(a: number, b: number): boolean {
  // biome-ignore lint/suspicious/noSelfCompare: only NaN differs from itself, and this runs for every series of every tick.
  return a !== b && (a === a || b === b);
}

/** In any column. */
function readingDiffers(a: ReadingColumns, b: ReadingColumns, index: number): boolean {
  return differ(a.value[index] ?? 0, b.value[index] ?? 0)
    || differ(a.observedAtMs[index] ?? 0, b.observedAtMs[index] ?? 0)
    || a.status[index] !== b.status[index]
    || differ(a.numerator[index] ?? 0, b.numerator[index] ?? 0)
    || differ(a.denominator[index] ?? 0, b.denominator[index] ?? 0)
    || a.membersFresh[index] !== b.membersFresh[index]
    || a.membersExpected[index] !== b.membersExpected[index];
}

/** [D1] The series of `candidates` that really differ between two pictures, in the order given. NaN equals NaN, minus zero equals zero. */
export function changedSeries(before: ReadingColumns, after: ReadingColumns, candidates: Uint32Array): Uint32Array {
  const found = new Uint32Array(candidates.length);
  let count = 0;
  for (let k = 0; k < candidates.length; k++) {
    const index = candidates[k] ?? 0;
    if (readingDiffers(before, after, index)) found[count++] = index;
  }
  return found.subarray(0, count);
}
