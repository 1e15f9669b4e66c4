import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';

function copyReading(from: ReadingColumns, at: number, to: ReadingColumns, toAt: number): void {
  to.value[toAt] = from.value[at] ?? Number.NaN;
  to.numerator[toAt] = from.numerator[at] ?? Number.NaN;
  to.denominator[toAt] = from.denominator[at] ?? Number.NaN;
  to.observedAtMs[toAt] = from.observedAtMs[at] ?? Number.NaN;
  to.status[toAt] = from.status[at] ?? 0;
  to.membersFresh[toAt] = from.membersFresh[at] ?? 0;
  to.membersExpected[toAt] = from.membersExpected[at] ?? 0;
}

export function copySeries(from: ReadingColumns, to: ReadingColumns, indices: Uint32Array): void {
  for (let k = 0; k < indices.length; k++) copyReading(from, indices[k] ?? 0, to, indices[k] ?? 0);
}

/** The readings of `indices` alone, one after the other: what another process needs of a tick. */
export function takeSeries(from: ReadingColumns, indices: Uint32Array): ReadingColumns {
  const part = createReadingColumns(indices.length);
  for (let k = 0; k < indices.length; k++) copyReading(from, indices[k] ?? 0, part, k);
  return part;
}

/** The way back: `part` as `takeSeries` made it. */
export function putSeries(part: ReadingColumns, to: ReadingColumns, indices: Uint32Array): void {
  for (let k = 0; k < indices.length; k++) copyReading(part, k, to, indices[k] ?? 0);
}
