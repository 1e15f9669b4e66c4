import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../../../client/catalogue/catalogue.ts';
import { rootOf } from '../../../../client/catalogue/RootLocality.tsx';
import type { AttentionRow } from '../../../../client/panels/attentionRows.ts';
import { mapTableFit, mapTableRows } from '../../../../client/screens/wall/mapTableRows.ts';
import type { ReadSeries } from '../../../../client/screens/wall/mapScene.ts';
import type { Freshness } from '../../../../shared/domain/freshness.ts';
import { LocalityList } from '../../../../shared/domain/locality.ts';
import { alarmWith } from '../../../support/alarmWith.ts';
import { realIndicators, realTable } from '../../../support/aCatalogue.ts';

const catalogue = createCatalogue(LocalityList.parse({ edition: '2021', asOf: '2021-07-01', localities: realTable('2021').localities }), realIndicators());
const nation = rootOf(catalogue, null)!;

/** Every series has this value and is fresh, but those named "68/tslcd-share". */
function reader(usual: number, told: Readonly<Record<string, { readonly value: number | null; readonly freshness?: Freshness }>> = {}): ReadSeries {
  return (localityCode, indicatorId) => {
    const { value, freshness = 'fresh' as const } = told[`${localityCode}/${indicatorId}`] ?? { value: usual };
    return { freshness, reading: { seriesIndex: 0, value, numerator: null, denominator: null, observedAtMs: 1, freshness, provenance: 'measured', comparator: 'exactly', membersFresh: 0, membersExpected: 0 } };
  };
}

function anAlarm(unitCode: string, mark: AttentionRow['mark'], more: Partial<AttentionRow> = {}, localityCode = unitCode): AttentionRow {
  const alarm = alarmWith({
    id: `state:${localityCode}`, occurrenceId: `state:${localityCode}@1`, severity: 'high', domain: 'connectivity', localityCode, indicatorId: 'tslcd-link-state', sourceId: null,
    kind: 'state', value: 0, state: 'UNACK', sinceMs: 1, dataLost: false,
  });
  return { key: localityCode, mark, isAcknowledged: false, place: '', unitCode, text: '', isSenders: false, notes: [], tlp: null, sinceMs: 1, alarms: [alarm], ...more };
}

describe('[GP5] the table in the map’s place', () => {
  test('has every province once: alarms by level, unacknowledged first, then what nobody knows, then the worst figure', () => {
    const { indicatorId, rows } = mapTableRows({
      catalogue, root: nation, scene: 'connectivity', focusCode: null,
      read: reader(100, { '01/tslcd-share': { value: 90 }, '02/tslcd-share': { value: 40, freshness: 'dead' }, '04/tslcd-share': { value: 80, freshness: 'stale' }, '06/tslcd-share': { value: null, freshness: 'never' } }),
      attention: [anAlarm('68', 'high', { isAcknowledged: true }), anAlarm('79', 'high'), anAlarm('48', 'medium'), anAlarm('96', 'silent'), anAlarm('79', 'medium')],
    });
    expect(indicatorId).toBe('tslcd-share');
    expect(rows.slice(0, 7).map(({ locality, mark }) => [locality.code, mark])).toEqual([
      ['79', 'high'], ['68', 'high'], ['48', 'medium'], ['06', null], ['02', null], ['04', null], ['01', null],
    ]);
    expect(new Set(rows.map(({ locality }) => locality.code))).toEqual(new Set(catalogue.provinces.map(({ code }) => code)));
  });

  test('where fewer is better, the most is the worst', () => {
    const { indicatorId, rows } = mapTableRows({ catalogue, root: nation, scene: 'security', focusCode: null, attention: [], read: reader(3, { '68/alerts-open': { value: 40 }, '79/alerts-open': { value: 0 } }) });
    expect(indicatorId).toBe('alerts-open');
    expect([rows[0]?.locality.code, rows.at(-1)?.locality.code]).toEqual(['68', '79']);
  });

  test('a province in focus is told by its districts, where the scene has figures of districts', () => {
    const districts = catalogue.table.childrenOf('68');
    const last = districts.at(-1)!.code;
    const focused = { catalogue, root: nation, focusCode: '68', attention: [anAlarm('68', 'high', {}, last)], read: reader(2) };
    const { indicatorId, rows } = mapTableRows({ ...focused, scene: 'connectivity' });
    expect([indicatorId, rows.length, rows[0]?.locality.code, rows[0]?.mark, rows[1]?.mark]).toEqual(['tslcd-link-state', districts.length, last, 'high', null]);
    expect(mapTableRows({ ...focused, scene: 'security' }).rows).toHaveLength(63);
  });

  test('the wall of a province has its districts, or itself alone, and every alarm of it', () => {
    const root = rootOf(catalogue, '68')!;
    const onRoot = { catalogue, root, focusCode: '68', attention: [anAlarm(root.units[3]!.code, 'medium'), anAlarm('68', 'high')], read: reader(2) };
    const local = mapTableRows({ ...onRoot, scene: 'connectivity' }).rows;
    expect(new Set(local.map(({ locality }) => locality.code))).toEqual(new Set(root.units.map(({ code }) => code)));
    expect([local[0]?.locality.code, local[0]?.mark]).toEqual([root.units[3]!.code, 'medium']);
    expect(mapTableRows({ ...onRoot, scene: 'security' }).rows.map(({ locality, mark }) => [locality.code, mark])).toEqual([['68', 'high']]);
  });

  test.each([
    ['the middle of 3840×2160', 1_511, 1_600, 50, { columns: 2, perColumn: 20, isNarrow: false }],
    ['beside the column of one 55″', 880, 755, 50, { columns: 1, perColumn: 6, isNarrow: true }],
    ['a place smaller than one row', 10, 10, 50, { columns: 1, perColumn: 1, isNarrow: true }],
  ])('text is never shrunk, rows are dropped: %s', (_where, widthPx, heightPx, bPx, fit) => {
    expect(mapTableFit(widthPx, heightPx, bPx)).toEqual(fit);
  });
});
