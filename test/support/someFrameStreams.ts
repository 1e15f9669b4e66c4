import fc from 'fast-check';
import { FRESHNESS_STATES } from '../../shared/domain/freshness.ts';
import { COMPARATORS, PROVENANCES } from '../../shared/domain/provenance.ts';
import { packStatus } from '../../shared/domain/readingColumns.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import { aLocality, anIndicator, type SeriesChange } from './someReadings.ts';

const T0 = 1_600_000_000_000;

/** `lost` never arrives; `again` is the delta before, `foreign` of another epoch; `resync` and `restart` are snapshots, the latter under a new epoch. */
type StepKind = 'delta' | 'lost' | 'again' | 'foreign' | 'resync' | 'restart';

export interface Step {
  readonly kind: StepKind;
  readonly changes: readonly SeriesChange[];
  readonly dataTimeMs: number;
  /** All series of the topic are named, whether they changed or not. */
  readonly namesAll: boolean;
}

export interface FrameStream {
  readonly table: SeriesTable;
  readonly topic: string;
  readonly firstSeq: number;
  readonly steps: readonly Step[];
}

const levels = ['nation', 'province', 'local'] as const;

const aTable: fc.Arbitrary<SeriesTable> = fc.record({
  districts: fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 }),
  // The first is at every province, so that no topic is empty.
  first: fc.record({ decimals: fc.nat({ max: 3 }), levels: fc.subarray(['nation', 'local']).map((some) => ['province', ...some]) }),
  others: fc.array(fc.record({ decimals: fc.nat({ max: 3 }), levels: fc.subarray([...levels], { minLength: 1 }) }), { maxLength: 3 }),
}).map(({ districts, first, others }) => buildSeriesTable(
  [aLocality('VN', null, 'nation'), ...districts.flatMap((count, p) => [aLocality(`0${p + 1}`, 'VN', 'province'),
    ...Array.from({ length: count }, (_, d) => aLocality(`${p + 1}0${d}`, `0${p + 1}`, 'district'))])],
  [first, ...others].map((indicator, i) => anIndicator(`indicator-${i}`, indicator.decimals, levels.filter((level) => indicator.levels.includes(level)))),
));

const aNumber = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.integer({ min: -20_000, max: 20_000 }), fc.nat({ max: 3 })).map(([units, decimals]) => units / 10 ** decimals) },
  { weight: 2, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.double({ noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 2 ** 50, -(2 ** 50), 2 ** 50 + 1, 2 ** 50 / 1000, 2 ** 53, 0.1 + 0.2, 5e-324, 1e300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
);

const aTime = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 500 }).map((seconds) => T0 + seconds * 1000) },
  // The third is the next double above a whole second, the fourth the last one below.
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, T0 + 0.25, T0 + 2 ** -12, T0 - 2 ** -12, 0, -0, -1500, 8.64e15, -8.64e15) },
);
const aDataTime = fc.oneof(aTime.map((timeMs) => timeMs || 0), fc.double({ min: T0 - 1e9, max: T0 + 1e9, noNaN: true }));

const changesOf = (seriesCount: number) => fc.array(fc.record({
  index: fc.nat({ max: seriesCount - 1 }), value: aNumber, numerator: aNumber, denominator: aNumber, observedAtMs: aTime,
  status: fc.record({ freshness: fc.constantFrom(...FRESHNESS_STATES), provenance: fc.constantFrom(...PROVENANCES), comparator: fc.constantFrom(...COMPARATORS) }).map(packStatus),
  membersFresh: fc.nat({ max: 65_535 }), membersExpected: fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 65_535 })),
}), { maxLength: Math.min(2 * seriesCount, 40) });

const aStep = (seriesCount: number): fc.Arbitrary<Step> => fc.record({
  kind: fc.oneof({ weight: 6, arbitrary: fc.constant<StepKind>('delta') }, { weight: 3, arbitrary: fc.constantFrom<StepKind>('lost', 'again', 'foreign') },
    { weight: 2, arbitrary: fc.constantFrom<StepKind>('resync', 'restart') }),
  changes: changesOf(seriesCount), dataTimeMs: aDataTime, namesAll: fc.boolean(),
});

export const aFrameStream: fc.Arbitrary<FrameStream> = aTable.chain((table) => fc.record({
  table: fc.constant(table),
  topic: fc.constantFrom('nation', ...table.localities.filter(({ level }) => level === 'province').map(({ code }) => `province:${code}`)),
  firstSeq: fc.constantFrom(0, 1, 125, 16_380, 2 ** 32, Number.MAX_SAFE_INTEGER - 20),
  steps: fc.array(aStep(table.series.length), { minLength: 3, maxLength: 9 }),
}));
