import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Candidate } from '../../../shared/domain/observation.ts';
import { COMPARATORS, PROVENANCES } from '../../../shared/domain/provenance.ts';
import { readPlainCandidate, showValue } from '../../../server/ingest/candidateShape.ts';
import { aCandidate } from '../../support/anObservation.ts';

const KNOWN_IDS = { hasSource: (id: string) => id === 'feed-a', hasLocality: (code: string) => code === '001', hasIndicator: (id: string) => id === 'dossiers-received' };

const oddNumber = fc.oneof(fc.constantFrom(0, -0, -1, 0.5, 2 ** 53, 2 ** 53 - 1, Number.NaN, Number.POSITIVE_INFINITY, undefined, null, '1'), fc.double(), fc.nat());
const oddText = fc.oneof(fc.string(), fc.constantFrom('', 'x'.repeat(100), 'x'.repeat(101), 'x'.repeat(200), 'x'.repeat(201), undefined, null, 7));
/** Near misses: every field either right or odd, sometimes one too many or one missing. */
const nearCandidate = fc.record({
  sourceId: fc.constantFrom<unknown>('feed-a', 'feed-b', 'Feed', 7), localityCode: fc.constantFrom<unknown>('001', 'VN', '1', null),
  indicatorId: fc.constantFrom<unknown>('dossiers-received', 'x--y', undefined), eventId: oddText, observedAtMs: oddNumber, value: oddNumber,
  numerator: oddNumber, denominator: oddNumber, comparator: fc.constantFrom<unknown>(...COMPARATORS, 'almost', undefined),
  provenance: fc.constantFrom<unknown>(...PROVENANCES, 'guessed'), ref: oddText, extra: fc.constant(1),
}, { requiredKeys: [] });
const mostlyRight = fc.tuple(nearCandidate, fc.subarray(['sourceId', 'eventId', 'value', 'numerator', 'denominator', 'ref', 'comparator', 'observedAtMs', 'extra'], { maxLength: 3 }))
  .map(([odd, kept]) => ({ ...aCandidate(), ...Object.fromEntries(kept.filter((key) => key in odd).map((key) => [key, (odd as Record<string, unknown>)[key]])) }));

describe('[I2] the short check and the schema are one truth', () => {
  test('what the short check accepts, the schema accepts, and they read the same', () => {
    let accepted = 0;
    fc.assert(fc.property(fc.oneof(mostlyRight, nearCandidate, fc.anything()), (input) => {
      const plain = readPlainCandidate(input, KNOWN_IDS);
      if (plain === null) return;
      accepted++;
      const parsed = Candidate.safeParse(input);
      expect(parsed.success).toBe(true);
      expect(plain).toEqual(parsed.data);
    }), { numRuns: 5_000 });
    expect(accepted).toBeGreaterThan(200);
  });

  test('what the schema accepts of known ids with both parts or neither, the short check accepts', () => {
    let accepted = 0;
    fc.assert(fc.property(fc.oneof(mostlyRight, nearCandidate), (input) => {
      const parsed = Candidate.safeParse(input);
      if (!parsed.success) return;
      const { sourceId, localityCode, indicatorId, numerator, denominator } = parsed.data;
      if (!KNOWN_IDS.hasSource(sourceId) || !KNOWN_IDS.hasLocality(localityCode) || !KNOWN_IDS.hasIndicator(indicatorId)) return;
      if ((numerator === undefined) !== (denominator === undefined)) return;
      accepted++;
      expect(readPlainCandidate(input, KNOWN_IDS)).not.toBeNull();
    }), { numRuns: 5_000 });
    expect(accepted).toBeGreaterThan(200);
  });
});

describe('[I7] an example is shown whatever it is', () => {
  const loop: { self?: unknown } = {};
  loop.self = loop;
  test.each([[loop, 'a object that is not JSON'], [1n, 'a bigint that is not JSON'], [undefined, 'undefined'], [Number.NaN, 'NaN'], ['abcdefgh', '"abcd…']])('%o', (value, text) => {
    expect(showValue(value, value === 'abcdefgh' ? 6 : 60)).toBe(text);
  });
});
