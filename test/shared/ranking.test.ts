import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IndicatorId } from '../../shared/domain/ids.ts';
import { compareValues, inputsOf, ranksOf, whyUnranked } from '../../shared/domain/ranking.ts';
import { realIndicators } from '../support/aCatalogue.ts';

const aValue = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -5, max: 5 }) }, { weight: 2, arbitrary: fc.integer({ min: -999, max: 999 }).map((tenths) => tenths / 10) }, { weight: 1, arbitrary: fc.constant(null) });
const values = fc.array(aValue, { maxLength: 70 });
const aDirection = fc.constantFrom('higher-is-better' as const, 'lower-is-better' as const, 'neutral' as const);

describe('[LG10] standard competition ranking', () => {
  test('equal values share the best of their ranks, and the next is left out', () => {
    expect(ranksOf([80, 95, null, 95, 97], 'higher-is-better')).toEqual([4, 2, null, 2, 1]);
    expect(ranksOf([3, 0, 0, 7], 'lower-is-better')).toEqual([3, 1, 1, 4]);
    expect(ranksOf([0, -0], 'neutral')).toEqual([1, 1]);
    expect(ranksOf([null, null], 'neutral')).toEqual([null, null]);
  });

  test('a rank is one more than the number of places that are better', () => {
    fc.assert(fc.property(values, aDirection, (given, direction) => {
      const better = (value: number) => given.filter((other) => other !== null && compareValues(direction, other, value) < 0).length;
      expect(ranksOf(given, direction)).toEqual(given.map((value) => (value === null ? null : 1 + better(value))));
    }));
  });

  test('the order in which places are listed changes nobody\'s rank', () => {
    fc.assert(fc.property(values, aDirection, fc.infiniteStream(fc.nat()), (given, direction, keys) => {
      const order = given.map((_, i) => ({ i, key: keys.next().value as number })).sort((a, b) => a.key - b.key).map(({ i }) => i);
      const ranks = ranksOf(given, direction);
      expect(ranksOf(order.map((i) => given[i]!), direction)).toEqual(order.map((i) => ranks[i]));
    }));
  });

  test('turned round, values and direction together, it is the same', () => {
    fc.assert(fc.property(values, (given) => {
      const negated = given.map((value) => (value === null ? null : -value));
      expect(ranksOf(negated, 'lower-is-better')).toEqual(ranksOf(given, 'higher-is-better'));
      expect(ranksOf(given, 'neutral')).toEqual(ranksOf(given, 'higher-is-better'));
    }));
  });

  test('a place without a value neither has a rank nor takes one', () => {
    fc.assert(fc.property(values, aDirection, (given, direction) => {
      const ranks = ranksOf(given, direction).filter((_, i) => given[i] !== null);
      expect(ranks).toEqual(ranksOf(given.filter((value) => value !== null), direction));
    }));
  });
});

describe('[LG11] only what is fresh or late, with its quorum, is ranked', () => {
  const reading = { value: 0, freshness: 'fresh', membersFresh: 0, membersExpected: 0 } as const;

  test.each([
    [{}, null], [{ freshness: 'late' }, null], [{ freshness: 'stale' }, 'stale'], [{ freshness: 'dead' }, 'dead'], [{ freshness: 'never', value: null }, 'never'],
    [{ value: null }, 'no-value'], [{ membersFresh: 9, membersExpected: 10 }, null], [{ membersFresh: 8, membersExpected: 10 }, 'under-quorum'],
    [{ membersFresh: 8, membersExpected: 10, freshness: 'stale' }, 'under-quorum'], [{ membersFresh: 0, membersExpected: 10, freshness: 'dead' }, 'dead'],
  ] as const)('%o: %s', (changed, why) => {
    expect(whyUnranked({ ...reading, ...changed }, 0.9)).toBe(why);
  });
});

test('[LG12] what an indicator is computed from is followed to the readings that sources give', () => {
  const indicators = realIndicators();
  const inputs = (id: string) => [...inputsOf(indicators, IndicatorId.parse(id))];
  expect(inputs('dossiers-on-time-share')).toEqual(['dossiers-on-time-share', 'dossiers-on-time', 'dossiers-resolved']);
  expect(inputs('tslcd-share')).toEqual(['tslcd-share', 'tslcd-link-state']);
  expect(inputs('no-such-thing')).toEqual([]);
  for (const { id, levels, rollUp } of indicators) {
    if (levels.includes('province') && rollUp.rule === 'ratio') expect(inputs(id)).toContain(rollUp.numerator);
  }
});
