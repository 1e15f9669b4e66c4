import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';

/** The columns walls are shown, and which of them this settle has changed. */
export interface SettledReadings {
  readonly columns: ReadingColumns;
  readonly receivedAtMs: Float64Array;
  readonly offset: Float64Array;
  readonly source: Int32Array;
  readonly ref: (string | null)[];
  /** 1: a column differs from the settle before. */
  readonly isChanged: Uint8Array;
}

export function createSettledReadings(seriesCount: number): SettledReadings {
  return {
    columns: createReadingColumns(seriesCount),
    receivedAtMs: new Float64Array(seriesCount).fill(Number.NaN), offset: new Float64Array(seriesCount).fill(-1),
    source: new Int32Array(seriesCount).fill(-1), ref: new Array<string | null>(seriesCount).fill(null),
    isChanged: new Uint8Array(seriesCount),
  };
}

/**
 * Writes one series and marks it changed if any column differs. Call at most once a series and settle: that is what makes
 * "changed" mean "differs from the settle before" ([R3]).
 */
export function settleReading(
  { columns, isChanged }: SettledReadings, series: number,
  value: number, numerator: number, denominator: number, observedAtMs: number, status: number, membersFresh: number, membersExpected: number,
): boolean {
  const isSame = isSameNumber(columns.value[series], value) && columns.status[series] === status
    && isSameNumber(columns.observedAtMs[series], observedAtMs)
    && isSameNumber(columns.numerator[series], numerator) && isSameNumber(columns.denominator[series], denominator)
    && columns.membersFresh[series] === membersFresh && columns.membersExpected[series] === membersExpected;
  if (isSame) return false;
  columns.value[series] = value;
  columns.numerator[series] = numerator;
  columns.denominator[series] = denominator;
  columns.observedAtMs[series] = observedAtMs;
  columns.status[series] = status;
  columns.membersFresh[series] = membersFresh;
  columns.membersExpected[series] = membersExpected;
  isChanged[series] = 1;
  return true;
}

function isSameNumber(a: number | undefined, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/** Ascending indices of the series marked changed; the marks are taken away. */
export function takeChanged({ isChanged }: SettledReadings): Uint32Array {
  const changed = new Uint32Array(isChanged.length);
  let count = 0;
  for (let series = 0; series < isChanged.length; series++) {
    if (isChanged[series] === 1) changed[count++] = series;
  }
  isChanged.fill(0);
  return changed.slice(0, count);
}
