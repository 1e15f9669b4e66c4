import type { TFunction } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { createCatalogue } from '../../../client/catalogue/catalogue.ts';
import { rootOf } from '../../../client/catalogue/RootLocality.tsx';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { attentionRows } from '../../../client/panels/attentionRows.ts';
import { type LabelOptions, sceneLabels, sceneSymbols } from '../../../client/screens/wall/mapLabels.ts';
import { wallOptionsFrom, withView } from '../../../client/screens/wall/wallOptions.ts';
import { LocalityList } from '../../../shared/domain/locality.ts';
import type { Alarm } from '../../../shared/domain/alarm.ts';
import { alarmWith } from '../../support/alarmWith.ts';
import { realIndicators, realTable } from '../../support/aCatalogue.ts';

const catalogueOf = (edition: '2021' | '2025') => createCatalogue(LocalityList.parse({ edition, asOf: '2021-07-01', localities: realTable(edition).localities }), realIndicators());
const catalogue = catalogueOf('2021');
const lamDong = rootOf(catalogue, '68')!;
const [firstDistrict, secondDistrict] = lamDong.units;
let t: TFunction;
beforeAll(async () => { t = (await startI18n('vi')).t; });

describe('[RT1] the root is the country or a province of the edition', () => {
  test('a province has its districts in the place of provinces', () => {
    expect(lamDong).toMatchObject({ code: '68', isNation: false });
    expect(lamDong.units).toHaveLength(12);
    expect(new Set(lamDong.units.map(({ parent }) => parent))).toEqual(new Set(['68']));
  });

  test('a province of an edition without districts has its communes', () => {
    const root = rootOf(catalogueOf('2025'), '68')!;
    expect(root.units.length).toBeGreaterThan(50);
    expect(new Set(root.units.map(({ level }) => level))).toEqual(new Set(['commune']));
  });

  test('no code, and the country’s own, are the country', () => {
    for (const code of [null, 'VN']) expect(rootOf(catalogue, code)).toMatchObject({ code: 'VN', isNation: true, units: { length: 63 } });
  });

  test('a code of no province, a district’s, and one of the other edition are no root', () => {
    for (const code of ['99', 'abc', '', firstDistrict!.code]) expect(rootOf(catalogue, code)).toBeUndefined();
    expect(rootOf(catalogueOf('2025'), '02')).toBeUndefined();
  });

  test('each unit of the country lies in exactly one of its provinces', () => {
    const roots = catalogue.provinces.map(({ code }) => rootOf(catalogue, code)!);
    for (const { code } of catalogue.locals) expect(roots.filter((root) => root.contains(code))).toHaveLength(1);
    expect(roots.some((root) => root.contains('VN'))).toBe(false);
  });

  test('an address keeps a wrong code, so that the wall can say so, and other views keep the root', () => {
    expect(wallOptionsFrom(new URLSearchParams('root=99')).rootCode).toBe('99');
    for (const query of ['', 'root=', 'root=VN', 'root=vn']) expect(wallOptionsFrom(new URLSearchParams(query)).rootCode).toBeNull();
    expect(withView(new URLSearchParams('root=68'), { scene: 'dossiers', isHeld: true, round: 0, focusCode: null }).toString()).toBe('root=68&scene=dossiers&hold=1');
  });
});

function anAlarm(localityCode: string, more: Record<string, unknown> = {}): Alarm {
  const id = `state:${localityCode}`;
  return alarmWith({
    id, occurrenceId: `${id}@1`, severity: 'high', domain: 'connectivity', localityCode, indicatorId: 'tslcd-link-state', sourceId: null,
    kind: 'state', value: 0, state: 'UNACK', sinceMs: 1_000, dataLost: false, ...more,
  });
}

describe('[RT2] alarms of a province’s wall are rows of its districts', () => {
  test('one row a district, its name said once, the province’s own alarm under the province', () => {
    const alarms = [anAlarm(firstDistrict!.code), anAlarm(secondDistrict!.code), anAlarm('68', { kind: 'security', indicatorId: 'alerts-critical', value: 1, domain: 'security' })];
    const rows = attentionRows(alarms, { catalogue, root: lamDong, language: 'vi', t });
    expect(rows.map(({ place, unitCode, text }) => ({ place, unitCode, text }))).toEqual(expect.arrayContaining([
      { place: firstDistrict!.name, unitCode: firstDistrict!.code, text: 'Mất nối TSLCD' },
      { place: secondDistrict!.name, unitCode: secondDistrict!.code, text: 'Mất nối TSLCD' },
      { place: 'Lâm Đồng', unitCode: undefined, text: '1 cảnh báo đang mở' },
    ]));
    expect(attentionRows(alarms.slice(0, 2), { catalogue, root: rootOf(catalogue, null)!, language: 'vi', t })).toHaveLength(1);
    expect(sceneSymbols(rows, catalogue, '68').map(({ id }) => id).sort()).toEqual([firstDistrict!.code, secondDistrict!.code, '68'].sort());
  });
});

test('[RT5] the map of a province names each district once, the lowest with their value', () => {
  const labels = (more: Partial<LabelOptions>) => sceneLabels({
    catalogue, scene: 'dossiers', wallClass: 'full', focusCode: '68', isRoot: true, isLinkLost: false, symbols: [], emphasisId: null, bPx: 50, nowMs: 2_000, t, ...more,
    read: (code) => ({ freshness: 'fresh', reading: { seriesIndex: 0, value: code === firstDistrict!.code ? 71.5 : 99, numerator: null, denominator: null, observedAtMs: 1_000, freshness: 'fresh', provenance: 'measured', comparator: 'exactly', membersFresh: 0, membersExpected: 0 } }),
  });
  const drawn = labels({});
  expect(drawn.find(({ id }) => id === `extreme-${firstDistrict!.code}`)?.lines).toEqual([firstDistrict!.name, '71,5%']);
  const codes = drawn.map(({ id }) => id.slice(id.indexOf('-') + 1));
  expect(new Set(codes).size).toBe(codes.length);
  for (const { code } of lamDong.units) expect(codes).toContain(code);
  expect(labels({ isRoot: false }).some(({ id }) => id.startsWith('extreme'))).toBe(false);
});
