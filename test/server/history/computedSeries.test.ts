import { afterEach, describe, expect, test } from 'vitest';
import { buildSeriesTable } from '../../../shared/domain/seriesTable.ts';
import { withComputedSeries } from '../../../server/history/computedSeries.ts';
import { openStore, type Store } from '../../../server/openStore.ts';
import { aLand, anIndicator } from '../../support/aCatalogue.ts';
import { anObservation } from '../../support/anObservation.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-11-23T08:00:00+07:00');
const table = buildSeriesTable(aLand({ provinces: 2, localsPerProvince: 2 }), [
  anIndicator({ id: 'resolved' }),
  anIndicator({ id: 'on-time' }),
  anIndicator({ id: 'on-time-share', observedAt: null, decimals: 1, rollUp: { rule: 'ratio', numerator: 'on-time', denominator: 'resolved' } }),
  anIndicator({ id: 'link', levels: ['local'], rollUp: { rule: 'none' } }),
  anIndicator({ id: 'link-share', levels: ['nation', 'province'], observedAt: null, decimals: 1, rollUp: { rule: 'share', of: 'link', atLeast: 1 } }),
  anIndicator({ id: 'latency', rollUp: { rule: 'worst', pick: 'max' } }),
]);
const DISTRICTS = ['001', '002', '003', '004'];

const stores: Store[] = [];
afterEach(async () => { await Promise.all(stores.splice(0).map(({ log }) => log.close())); });

/** One chart of one-minute buckets over readings given as [minute, district, indicator, value]. */
async function chartOf(locality: string, indicator: string, readings: readonly (readonly [number, string, string, number | null])[], minutes = 3) {
  const store = await openStore({ path: ':memory:', table });
  stores.push(store);
  await store.log.append(readings.map(([minute, district, indicatorId, value]) => anObservation({
    seriesIndex: table.indexOf(district, indicatorId)!, value, observedAtMs: START_MS + minute * MINUTE_MS + 1_000, receivedAtMs: START_MS + minute * MINUTE_MS + 2_000,
  })), { words: new Uint32Array() });
  const history = withComputedSeries(store.history, table);
  const { points } = await history.series({ seriesIndex: table.indexOf(locality, indicator)!, fromMs: START_MS, toMs: START_MS + minutes * MINUTE_MS, points: minutes });
  return points.map(({ last }) => last);
}

const everyDistrict = (minute: number, indicatorId: string, values: readonly number[]) =>
  DISTRICTS.map((district, at) => [minute, district, indicatorId, values[at] ?? 0] as const);

describe('[HI9] the chart of a computed series is rolled up from its members', () => {
  test('a sum adds the members of the province, and of the nation', async () => {
    const readings = [...everyDistrict(0, 'resolved', [1, 2, 3, 4]), ...everyDistrict(1, 'resolved', [10, 20, 30, 40])];
    expect(await chartOf('01', 'resolved', readings, 2)).toEqual([3, 30]);
    expect(await chartOf('VN', 'resolved', readings, 2)).toEqual([10, 100]);
  });

  test('a ratio divides summed parts, never averages percentages, and a zero denominator is a gap', async () => {
    const readings = [
      ...everyDistrict(0, 'resolved', [100, 300, 0, 0]), ...everyDistrict(0, 'on-time', [100, 150, 0, 0]),
    ];
    expect(await chartOf('01', 'on-time-share', readings, 1)).toEqual([62.5]);
    expect(await chartOf('02', 'on-time-share', readings, 1)).toEqual([null]);
    expect(await chartOf('001', 'on-time-share', readings, 1)).toEqual([100]);
  });

  test('a share counts members at its limit over all members, at the nation too', async () => {
    const readings = everyDistrict(0, 'link', [1, 0, 1, 1]);
    expect(await chartOf('01', 'link-share', readings, 1)).toEqual([50]);
    expect(await chartOf('VN', 'link-share', readings, 1)).toEqual([75]);
  });

  test('worst is the extreme member', async () => {
    expect(await chartOf('VN', 'latency', everyDistrict(0, 'latency', [12, 90, 7, 30]), 1)).toEqual([90]);
  });

  test('a member is carried forward until it would be stale; below the quorum there is a gap', async () => {
    // Stale after three minutes: district 001 speaks once, 002 goes on.
    const readings = [[0, '001', 'resolved', 5] as const, ...[0, 1, 2, 3, 4, 5].map((minute) => [minute, '002', 'resolved', 1] as const)];
    expect(await chartOf('01', 'resolved', readings, 6)).toEqual([6, 6, 6, 6, null, null]);
  });

  test('an observed series is the file’s own answer', async () => {
    expect(await chartOf('001', 'resolved', [[1, '001', 'resolved', 8]], 3)).toEqual([null, 8, null]);
  });
});
