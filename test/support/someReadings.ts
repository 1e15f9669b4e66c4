import fc from 'fast-check';
import { IndicatorId, LocalityCode } from '../../shared/domain/ids.ts';
import type { Indicator } from '../../shared/domain/indicator.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import { packStatus, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';

export function aLocality(code: string, parent: string | null, level: Locality['level']): Locality {
  return {
    code: LocalityCode.parse(code), name: `Đơn vị ${code}`, fullName: `Đơn vị ${code}`, level, kind: level === 'nation' ? 'nước' : 'tỉnh',
    parent: parent === null ? null : LocalityCode.parse(parent), lngLat: [105.8, 21], geometry: 'none',
  };
}

export function anIndicator(id: string, decimals: number, levels: Indicator['levels']): Indicator {
  return {
    id: IndicatorId.parse(id), domain: 'connectivity', name: { vi: id, en: id }, shortName: { vi: id, en: id }, unit: { vi: '%', en: '%' },
    decimals, plausible: { min: -1e9, max: 1e9 }, levels, observedAt: 'local', rollUp: { rule: 'none' }, quorumRatio: 0.5,
    direction: 'neutral', target: null, bands: [], states: [], expectEveryMs: 60_000, lateAfterMs: 90_000, staleAfterMs: 150_000,
    deadAfterMs: 600_000, system: 'test',
  };
}

/** A nation (2 series), 3 provinces (3 each) with 4 districts each (2 each): 35 series. */
export function aSmallTable(): SeriesTable {
  const localities = [aLocality('VN', null, 'nation')];
  for (const [p, code] of ['01', '02', '48'].entries()) {
    localities.push(aLocality(code, 'VN', 'province'));
    for (let d = 0; d < 4; d++) localities.push(aLocality(String(100 + p * 10 + d), code, 'district'));
  }
  return buildSeriesTable(localities, [
    anIndicator('latency', 1, ['nation', 'province', 'local']), anIndicator('share', 2, ['nation', 'province']),
    anIndicator('rooms', 0, ['province', 'local']),
  ]);
}

export function copyColumns(columns: ReadingColumns): ReadingColumns {
  return {
    seriesCount: columns.seriesCount, value: columns.value.slice(), numerator: columns.numerator.slice(), denominator: columns.denominator.slice(),
    observedAtMs: columns.observedAtMs.slice(), status: columns.status.slice(), membersFresh: columns.membersFresh.slice(), membersExpected: columns.membersExpected.slice(),
  };
}

export interface SeriesChange {
  readonly index: number;
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly observedAtMs: number;
  readonly status: number;
  readonly membersFresh: number;
  readonly membersExpected: number;
}

export const aStatus = packStatus({ freshness: 'fresh', provenance: 'measured', comparator: 'exactly' });

export const aChange = (index: number, value: number): SeriesChange =>
  ({ index, value, numerator: Number.NaN, denominator: Number.NaN, observedAtMs: 1_600_000_000_000, status: aStatus, membersFresh: 0, membersExpected: 0 });

/** Ascending indices of what was written. */
export function writeChanges(columns: ReadingColumns, changes: readonly SeriesChange[]): Uint32Array {
  for (const { index, ...reading } of changes) {
    columns.value[index] = reading.value;
    columns.numerator[index] = reading.numerator;
    columns.denominator[index] = reading.denominator;
    columns.observedAtMs[index] = reading.observedAtMs;
    columns.status[index] = reading.status;
    columns.membersFresh[index] = reading.membersFresh;
    columns.membersExpected[index] = reading.membersExpected;
  }
  return Uint32Array.from(new Set(changes.map(({ index }) => index))).sort();
}

const anyDouble = fc.double({ noNaN: true, noDefaultInfinity: false });
const aTidyNumber = fc.integer({ min: -20_000, max: 20_000 }).map((units) => units / 10);
/** Readings as the server holds them, with the awkward ones well represented: none, negative, beyond exact integers, off the grid. */
const aNumber = fc.oneof({ weight: 6, arbitrary: aTidyNumber }, { weight: 2, arbitrary: fc.constant(Number.NaN) }, { weight: 1, arbitrary: anyDouble },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 2 ** 53, 2 ** 50 + 0.5, -(2 ** 51), 1e300, Number.POSITIVE_INFINITY) });

const T0 = 1_600_000_000_000;

export function changesOf(seriesCount: number, maxLength = 40): fc.Arbitrary<SeriesChange[]> {
  return fc.array(fc.record({
    index: fc.nat({ max: seriesCount - 1 }), value: aNumber, numerator: aNumber, denominator: aNumber,
    observedAtMs: fc.oneof({ weight: 5, arbitrary: fc.nat({ max: 500 }).map((seconds) => T0 + seconds * 1000) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, T0 + 0.25, 0, -1000, 8.64e15) }),
    status: fc.record({
      freshness: fc.constantFrom('never' as const, 'fresh' as const, 'late' as const, 'stale' as const, 'dead' as const),
      provenance: fc.constantFrom('measured' as const, 'reported' as const, 'illustrative' as const),
      comparator: fc.constantFrom('exactly' as const, 'less-than' as const),
    }).map(packStatus),
    membersFresh: fc.nat({ max: 65_535 }), membersExpected: fc.nat({ max: 65_535 }),
  }), { maxLength });
}

/** Plain arrays, so that a failing comparison names the column and place; minus zero reads as zero. */
export function pictureOf(columns: ReadingColumns, ranges?: readonly (readonly [number, number])[]): Record<string, number[]> {
  const cut = (column: Float64Array | Uint8Array | Uint16Array) =>
    (ranges ?? [[0, columns.seriesCount] as const]).flatMap(([start, end]) => Array.from(column.subarray(start, end), (number) => number + 0 || (Number.isNaN(number) ? number : 0)));
  return {
    value: cut(columns.value), numerator: cut(columns.numerator), denominator: cut(columns.denominator), observedAtMs: cut(columns.observedAtMs),
    status: cut(columns.status), membersFresh: cut(columns.membersFresh), membersExpected: cut(columns.membersExpected),
  };
}

