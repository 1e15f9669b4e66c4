import type { ReadingColumns } from '../../shared/domain/readingColumns.ts';

export function copySeries(from: ReadingColumns, to: ReadingColumns, indices: Uint32Array): void {
  for (let k = 0; k < indices.length; k++) {
    const index = indices[k] ?? 0;
    to.value[index] = from.value[index] ?? Number.NaN;
    to.numerator[index] = from.numerator[index] ?? Number.NaN;
    to.denominator[index] = from.denominator[index] ?? Number.NaN;
    to.observedAtMs[index] = from.observedAtMs[index] ?? Number.NaN;
    to.status[index] = from.status[index] ?? 0;
    to.membersFresh[index] = from.membersFresh[index] ?? 0;
    to.membersExpected[index] = from.membersExpected[index] ?? 0;
  }
}
