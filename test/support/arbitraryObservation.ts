import fc from 'fast-check';
import { SourceId } from '../../shared/domain/ids.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { COMPARATORS, PROVENANCES } from '../../shared/domain/provenance.ts';

const number = fc.oneof(
  fc.integer({ min: -1000, max: 100_000 }), fc.integer({ min: 0, max: 99_999 }).map((n) => n / 100),
  fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 0.1 + 0.2, 2 ** 53, -1e300),
);

/** Any observation the types allow, times included, of a series below `seriesCount`. */
export const arbitraryObservation = (seriesCount: number): fc.Arbitrary<Observation> => fc.record({
  seriesIndex: fc.nat(seriesCount - 1),
  sourceId: fc.constantFrom('feed-a', 'feed-b', 'soc-79').map((id) => SourceId.parse(id)),
  eventId: fc.option(fc.oneof(fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }), fc.nat(20).map((n) => `vn-2026-${n}`), fc.constant('half \ud83d'))),
  observedAtMs: fc.oneof(fc.nat(2 ** 31), fc.integer({ min: 1.7e12, max: 1.8e12 }), fc.integer({ min: 1.7e9, max: 1.8e9 }).map((sec) => sec * 1000)),
  receivedAtMs: fc.oneof(fc.integer({ min: 1.7e12, max: 1.8e12 }), fc.constant(1.75e12)),
  value: fc.option(number), numerator: fc.option(number), denominator: fc.option(number),
  comparator: fc.constantFrom(...COMPARATORS), provenance: fc.constantFrom(...PROVENANCES),
  ref: fc.option(fc.oneof(fc.string({ maxLength: 20 }).filter((text) => text !== ''), fc.constant('báo-cáo-Q3 → mục 2'))),
});
