import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CompareQuestion, compareRow, comparedIndicators, medianOf, NATION } from '../../../../client/screens/compare/compareRows.ts';
import { lanesOf } from '../../../../client/screens/compare/lanes.ts';
import { smallChart } from '../../../../client/screens/compare/smallChart.ts';
import { IndicatorId, LocalityCode } from '../../../../shared/domain/ids.ts';
import type { ReadingDto } from '../../../../shared/protocol/http.ts';
import { anIndicator, realIndicators } from '../../../support/aCatalogue.ts';

const share = anIndicator({ id: 'on-time', unit: { vi: '%', en: '%' }, decimals: 1, direction: 'higher-is-better', target: 95, rollUp: { rule: 'ratio', numerator: 'a', denominator: 'b' }, observedAt: null });
const count = anIndicator({ id: 'overdue', direction: 'lower-is-better' });

const aReading = (code: string, changed: Partial<ReadingDto> = {}): ReadingDto => ({
  localityCode: LocalityCode.parse(code), indicatorId: IndicatorId.parse('x'), value: 90, numerator: null, denominator: null, observedAtMs: 0,
  freshness: 'fresh', provenance: 'measured', comparator: 'exactly', membersFresh: 0, membersExpected: 0, ...changed,
});

function asked(readings: readonly ReadingDto[], options: Partial<CompareQuestion> = {}): CompareQuestion {
  return { places: readings.map(({ localityCode }) => localityCode), peers: null, isLost: false, readingOf: (code) => readings.find(({ localityCode }) => localityCode === code), ...options };
}

describe('[CP5] two places on one scale', () => {
  test('the difference is that place minus the first, in the indicator\'s unit and decimals, and says which way is better', () => {
    const values = [aReading('48', { value: 96 }), aReading('79', { value: 97.7 }), aReading('01', { value: 95.4 }), aReading('68', { value: 96 })];
    expect(compareRow(share, asked(values)).cells.map(({ difference }) => difference)).toEqual([
      { kind: 'base' }, { kind: 'points', amount: 1.7, verdict: 'better' }, { kind: 'points', amount: -0.6, verdict: 'worse' }, { kind: 'points', amount: 0, verdict: 'same' }]);
    expect(compareRow(count, asked(values)).cells[1]?.difference).toEqual({ kind: 'points', amount: 2, verdict: 'worse' });
    expect(compareRow({ ...count, direction: 'neutral' }, asked(values)).cells[1]?.difference).toMatchObject({ verdict: null });
  });

  test.each([
    [{ freshness: 'stale' }, 'stale', 80], [{ freshness: 'dead' }, 'dead', null], [{ freshness: 'never', value: null }, 'never', null], [{ value: null }, 'no-value', null],
    [{ membersFresh: 6, membersExpected: 10 }, 'under-quorum', 80], [{ membersFresh: 4, membersExpected: 10 }, 'under-quorum', null],
  ] as const)('a side that is %o withholds it, whichever side it is, and is drawn so or not at all', (changed, why, position) => {
    const [good, old] = [aReading('48'), aReading('79', { value: 80, ...changed })];
    expect(compareRow(share, asked([good, old])).cells[1]).toMatchObject({ why, position, difference: { kind: 'withheld', reason: why } });
    expect(compareRow(share, asked([old, good])).cells.map(({ difference }) => difference)).toEqual([{ kind: 'base' }, { kind: 'withheld', reason: 'base' }]);
  });

  test('[CP7] without a link nothing is compared any more', () => {
    expect(compareRow(share, asked([aReading('48'), aReading('79')], { isLost: true })).cells.map(({ why }) => why)).toEqual(['lost', 'lost']);
  });

  test('a count of the whole country stands beside one of a province, and is neither placed nor subtracted; its share is', () => {
    const values = [aReading('48'), aReading(NATION, { value: 70_000 })];
    expect(compareRow(count, asked(values))).toMatchObject({ scale: { min: 0, max: 100 }, cells: [{}, { why: 'total', position: null, difference: { kind: 'withheld', reason: 'total' } }] });
    expect(compareRow(share, asked([aReading('48'), aReading(NATION, { value: 95 })])).cells[1]?.difference).toMatchObject({ amount: 5 });
  });

  test('the scale holds every value and the target', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10), { minLength: 1, maxLength: 4 }), (values) => {
      const { scale } = compareRow(share, asked(values.map((value, i) => aReading(String(i + 10), { value }))));
      for (const value of [...values, 95]) expect(scale!.min <= value && value <= scale!.max).toBe(true);
    }));
  });

  test('exchanging two places turns the difference round', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (a, b) => {
      const [first, second] = [aReading('48', { value: a / 10 }), aReading('79', { value: b / 10 })];
      const amount = (readings: ReadingDto[]) => compareRow(share, asked(readings)).cells[1]!.difference as { amount: number };
      expect(amount([first, second]).amount + amount([second, first]).amount).toBe(0);
    }));
  });
});

describe('[CP6] a place among its peers', () => {
  test('its rank among them, their median without it, and only those that may be compared', () => {
    const readings = [aReading('48', { value: 96 }), aReading('49', { value: 97 }), aReading('51', { value: 90 }), aReading('52', { value: 99, freshness: 'stale' }), aReading('54', { value: 95 })];
    const { group } = compareRow(share, asked(readings, { places: ['48'], peers: ['48', '49', '51', '52', '54', '56'] }));
    expect(group).toEqual({ peers: [{ code: '49', value: 97 }, { code: '51', value: 90 }, { code: '54', value: 95 }], median: 95, rank: 2, difference: { kind: 'points', amount: -1, verdict: 'worse' } });
  });

  test('a place that may not be compared has no rank', () => {
    const { group } = compareRow(share, asked([aReading('48', { freshness: 'stale' }), aReading('49')], { places: ['48'], peers: ['48', '49'] }));
    expect(group).toMatchObject({ rank: null, difference: { kind: 'withheld', reason: 'base' } });
  });

  test('half of the values are at or below the median, half at or above it', () => {
    expect(medianOf([])).toBeNull();
    expect(medianOf([0, 3, 1, 2])).toBe(1.5);
    fc.assert(fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1 }), (values) => {
      const median = medianOf(values)!;
      expect(values.filter((value) => value <= median).length * 2).toBeGreaterThanOrEqual(values.length);
      expect(values.filter((value) => value >= median).length * 2).toBeGreaterThanOrEqual(values.length);
    }));
  });
});

test('[CP5] marks in one lane never cover each other, and the first lane is used first', () => {
  expect(lanesOf([0.5, 0.5, 0.9, 0.52], 0.1)).toEqual([0, 1, 0, 2]);
  fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), (positions) => {
    const lanes = lanesOf(positions, 0.1);
    for (const [i, a] of positions.entries()) for (const [j, b] of positions.entries()) if (i < j && lanes[i] === lanes[j]) expect(Math.abs(a - b)).toBeGreaterThanOrEqual(0.1);
    if (positions.length > 0) expect(Math.min(...lanes)).toBe(0);
  }));
});

test('[CP8] a small chart breaks at a gap, draws what stands alone, and stays within its frame', () => {
  const chart = smallChart({ min: [1, null, 2, 2], max: [3, null, 2, 9], last: [2, null, 2, 3] }, { min: 0, max: 4 }, { width: 30, height: 8 });
  expect(chart.line.match(/M/g)).toHaveLength(2);
  expect(chart.lone).toEqual([{ x: 0, y: 4 }]);
  expect(chart.band).not.toMatch(/-\d/);
});

test('[CP9] every indicator of a domain that provinces have is compared, its cards first', () => {
  const found = comparedIndicators(realIndicators(), 'dossiers').map(({ id }) => id as string);
  expect(found.slice(0, 2)).toEqual(['dossiers-on-time-share', 'dossiers-overdue']);
  expect(found.toSorted()).toEqual(realIndicators().filter(({ domain, levels }) => domain === 'dossiers' && levels.includes('province')).map(({ id }) => id as string).toSorted());
});
