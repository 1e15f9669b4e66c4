import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TFunction } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { LocalityList } from '../../../shared/domain/locality.ts';
import type { Alarm } from '../../../shared/domain/alarm.ts';
import { alarmWith } from '../../support/alarmWith.ts';
import { createCatalogue } from '../../../client/catalogue/catalogue.ts';
import { rootOf } from '../../../client/catalogue/RootLocality.tsx';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { alarmsSince, attentionRows, floodAfter } from '../../../client/panels/attentionRows.ts';
import { realIndicators } from '../../support/aCatalogue.ts';

const catalogue = createCatalogue(LocalityList.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../seeds/geography/localities-2021.json'), 'utf8'))), realIndicators());
let t: TFunction;
beforeAll(async () => { t = (await startI18n('vi')).t; });

const rows = (alarms: readonly Alarm[], isFlood = false) => attentionRows(alarms, { catalogue, root: rootOf(catalogue, null)!, language: 'vi', t, isFlood });

/** Mèo Vạc of Hà Giang has lost its link; change what the test is about. */
function anAlarm(more: Partial<Record<keyof Alarm, unknown>> = {}): Alarm {
  const id = `state:${String(more.localityCode ?? '027')}:${String(more.indicatorId ?? 'x')}:${String(more.sourceId ?? '')}`;
  return alarmWith({
    id, occurrenceId: `${id}@1`, severity: 'high', domain: 'connectivity', localityCode: '027', indicatorId: 'tslcd-link-state', sourceId: null,
    kind: 'state', value: 0, state: 'UNACK', sinceMs: 1_000, dataLost: false, ...more,
  });
}

describe('[AT1] an alarm becomes a row a person can act on', () => {
  test('province first, then what happened where', () => {
    expect(rows([anAlarm()])[0]).toMatchObject({ place: 'Hà Giang', text: 'Mèo Vạc mất nối TSLCD', mark: 'high', isAcknowledged: false, unitCode: '02' });
  });

  test('the same condition in the same province is one row with a count, as old as its oldest', () => {
    const [row, ...others] = rows([anAlarm({ sinceMs: 3_000 }), anAlarm({ localityCode: '026', sinceMs: 2_000 })]);
    expect(row).toMatchObject({ text: '2 huyện mất nối TSLCD', sinceMs: 2_000 });
    expect(others).toEqual([]);
  });

  test('another province is another row', () => {
    expect(rows([anAlarm(), anAlarm({ localityCode: '107' })])).toHaveLength(2);
  });

  test('states of a province and of a district read as sentences', () => {
    expect(rows([anAlarm({ localityCode: '02', indicatorId: 'axis-state' })])[0]?.text).toBe('Trục liên thông mất nối');
    expect(rows([anAlarm({ indicatorId: 'one-stop-state', domain: 'dossiers' })])[0]?.text).toBe('Mèo Vạc · Một cửa ngừng tiếp nhận');
  });

  test('counts are written the Vietnamese way', () => {
    expect(rows([anAlarm({ kind: 'overdue', localityCode: '79', indicatorId: 'dossiers-overdue', value: 1_577, domain: 'dossiers' })])[0]).toMatchObject({ place: 'TP.HCM', text: '1.577 hồ sơ quá hạn' });
  });

  test('silence is a state mark, never a level', () => {
    expect(rows([anAlarm({ kind: 'source-silent', indicatorId: null, sourceId: 'hoa-binh', localityCode: '17', severity: 'medium', value: null })])[0]).toMatchObject({ place: 'Hòa Bình', text: 'Nguồn tỉnh im lặng', mark: 'silent' });
  });

  test('what was acknowledged, or has lost its data, says so', () => {
    expect(rows([anAlarm({ state: 'ACKED' })])[0]).toMatchObject({ text: 'Mèo Vạc mất nối TSLCD · đã nhận', isAcknowledged: true });
    expect(rows([anAlarm({ dataLost: true })])[0]?.text).toBe('Mèo Vạc mất nối TSLCD · mất số');
  });

  test('one acknowledged of two is not acknowledged', () => {
    expect(rows([anAlarm({ state: 'ACKED' }), anAlarm({ localityCode: '026' })])[0]?.isAcknowledged).toBe(false);
  });
});

describe('[AT2] the most pressing row is first', () => {
  test('by level, unacknowledged first, newest first; silence above low', () => {
    const order = rows([
      anAlarm({ localityCode: '01', severity: 'low', indicatorId: 'axis-state' }),
      anAlarm({ localityCode: '17', kind: 'source-silent', indicatorId: null, sourceId: 'a', severity: 'medium' }),
      anAlarm({ localityCode: '02', severity: 'high', indicatorId: 'axis-state', state: 'ACKED', sinceMs: 9_000 }),
      anAlarm({ localityCode: '04', severity: 'high', indicatorId: 'axis-state', sinceMs: 1_000 }),
      anAlarm({ localityCode: '06', severity: 'high', indicatorId: 'axis-state', sinceMs: 5_000 }),
      anAlarm({ localityCode: '08', severity: 'medium', indicatorId: 'axis-state' }),
      anAlarm({ localityCode: '68', severity: 'critical', kind: 'security', indicatorId: 'alerts-critical', value: 2, domain: 'security' }),
    ]).map(({ unitCode }) => unitCode);
    expect(order).toEqual(['68', '06', '04', '02', '08', '17', '01']);
  });

  test('the load counts what began within the window', () => {
    expect(alarmsSince([anAlarm({ sinceMs: 10 }), anAlarm({ sinceMs: 20 }), anAlarm({ sinceMs: 30 })], 20)).toBe(2);
  });
});

describe('[FL1] a flood', () => {
  test('begins above ten new alarms in ten minutes and is over below five', () => {
    let isFlood = false;
    const seen = [9, 10, 11, 10, 5, 4, 10, 11].map((count) => { isFlood = floodAfter(isFlood, count); return isFlood; });
    expect(seen).toEqual([false, false, true, true, true, false, false, true]);
  });

  test('neither begins nor ends while nobody knows the alarms', () => {
    expect([floodAfter(false, null), floodAfter(true, null)]).toEqual([false, true]);
  });
});

describe('[FL2] in a flood one condition is one row, wherever it is', () => {
  test('of several provinces: how many, and everything in them', () => {
    const flood = rows([anAlarm({ sinceMs: 3_000 }), anAlarm({ localityCode: '026', sinceMs: 2_000 }), anAlarm({ localityCode: '107', sinceMs: 5_000 })], true);
    expect(flood).toMatchObject([{ place: '2 tỉnh', text: '3 huyện mất nối TSLCD', unitCode: undefined, sinceMs: 2_000 }]);
  });

  test('of one province: its name, and the way to it', () => {
    expect(rows([anAlarm(), anAlarm({ localityCode: '026' })], true)).toMatchObject([{ place: 'Hà Giang', text: '2 huyện mất nối TSLCD', unitCode: '02' }]);
  });

  test('one alarm in each of several provinces: how many there are is said once', () => {
    const flood = rows(['02', '04', '06'].map((localityCode) => anAlarm({ localityCode, indicatorId: 'axis-state' })), true);
    expect(flood).toMatchObject([{ place: '3 tỉnh', text: 'Trục liên thông mất nối' }]);
  });

  test('counts add up, the worst level marks the row, and other conditions stay apart', () => {
    const flood = rows([
      anAlarm({ kind: 'overdue', localityCode: '79', indicatorId: 'dossiers-overdue', value: 1_577, domain: 'dossiers', severity: 'medium' }),
      anAlarm({ kind: 'overdue', localityCode: '01', indicatorId: 'dossiers-overdue', value: 1_000, domain: 'dossiers', severity: 'high' }),
      anAlarm(),
    ], true);
    expect(flood.map(({ place, text, mark }) => [place, text, mark])).toEqual([['2 tỉnh', '2.577 hồ sơ quá hạn', 'high'], ['Hà Giang', 'Mèo Vạc mất nối TSLCD', 'high']]);
  });

  test('every alarm is in exactly one row', () => {
    const alarms = ['027', '026', '107', '02', '79'].flatMap((localityCode) => ['tslcd-link-state', 'axis-state'].map((indicatorId) => anAlarm({ localityCode, indicatorId })));
    expect(rows(alarms, true).flatMap((row) => row.alarms).map(({ id }) => id).sort()).toEqual(alarms.map(({ id }) => id).sort());
  });
});
