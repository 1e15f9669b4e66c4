import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ariaSort, pressed, readOrder, SHORT_ORDER, SORT_KEYS, sortRows, writeOrder } from '../../../client/screens/province/districtOrder.ts';
import type { LocalRow } from '../../../client/screens/province/localRows.ts';
import { FRESHNESS_STATES } from '../../../shared/domain/freshness.ts';
import { realIndicators, realTable } from '../../support/aCatalogue.ts';

const units = realTable('2021').childrenOf('68');
const indicator = realIndicators().find(({ id }) => id === 'dossiers-on-time-share')!;
const order = fc.record({ isWhole: fc.constant(true), key: fc.constantFrom(...SORT_KEYS), isReversed: fc.boolean() });
const rows = fc.array(fc.record({ value: fc.option(fc.integer({ min: 0, max: 100 })), denominator: fc.option(fc.nat(900)), observedAtMs: fc.option(fc.nat(99)), freshness: fc.constantFrom(...FRESHNESS_STATES) }), { minLength: 1, maxLength: units.length })
  .map((told) => told.map(({ freshness, ...reading }, i) => ({ locality: units[i], freshness, reading: { ...reading, numerator: null } }) as unknown as LocalRow));

function searchOf(written: ReturnType<typeof writeOrder>): URLSearchParams {
  return new URLSearchParams(Object.entries(written).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

describe('[SW5] the order of the list', () => {
  test('what is written into an address is read from it', () => {
    fc.assert(fc.property(order, (one) => {
      expect(readOrder(searchOf(writeOrder(one)))).toEqual(one);
    }));
    expect(readOrder(searchOf(writeOrder(SHORT_ORDER)))).toEqual(SHORT_ORDER);
  });

  test.each(['sort=name', 'list=some&sort=-name', 'list=all&sort=colour', 'list=all&sort=--name'])('%s is not believed', (text) => {
    expect(readOrder(new URLSearchParams(text))).toMatchObject({ key: 'value', isReversed: false });
  });

  test('every row stands in it once, and the same rows in any order are the same list', () => {
    fc.assert(fc.property(rows, order, (all, one) => {
      const sorted = sortRows(all, indicator, one);
      expect(new Set(sorted)).toEqual(new Set(all));
      expect(sorted).toHaveLength(all.length);
      expect(sortRows([...all].reverse(), indicator, one)).toEqual(sorted);
    }));
  });

  test('what has no value comes last, whichever way', () => {
    fc.assert(fc.property(rows, fc.boolean(), (all, isReversed) => {
      const has = sortRows(all, indicator, { isWhole: true, key: 'value', isReversed }).map(({ reading, freshness }) => reading.value !== null && freshness !== 'dead' && freshness !== 'never');
      expect(has).toEqual([...has].sort((a, b) => Number(b) - Number(a)));
    }));
  });

  test('a column pressed again turns round, and a screen reader hears the other direction', () => {
    fc.assert(fc.property(order, (one) => {
      const again = pressed(one, one.key);
      expect(pressed(again, one.key)).toEqual(one);
      expect(ariaSort(indicator, again)).not.toBe(ariaSort(indicator, one));
    }));
  });
});
