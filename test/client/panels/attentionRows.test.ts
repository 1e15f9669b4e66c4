import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import type { TFunction } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { LocalityList } from '../../../shared/domain/locality.ts';
import { type Alarm, isAnnunciated } from '../../../shared/domain/alarm.ts';
import { alarmWith } from '../../support/alarmWith.ts';
import { createCatalogue } from '../../../client/catalogue/catalogue.ts';
import { rootOf } from '../../../client/catalogue/RootLocality.tsx';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { actionIndicatorOf, hiddenCounts, hiddenTexts, membersByCause } from '../../../client/panels/alarmWords.ts';
import { alarmsSince, type AttentionOptions, type AttentionRow, attentionRows, floodAfter } from '../../../client/panels/attentionRows.ts';
import { rowsWithRoom, titleLines } from '../../../client/panels/rowRoom.ts';
import { sceneSymbols } from '../../../client/screens/wall/mapLabels.ts';
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

const HA = { by: 'Lê Thị Hà', atMs: Date.parse('2026-11-23T14:37:12+07:00') };
const taken = (more: Partial<Record<keyof Alarm, unknown>> = {}) => anAlarm({ state: 'ACKED', acked: HA, ...more });
const rowsOn = (alarms: readonly Alarm[], more: Partial<AttentionOptions> = {}) => attentionRows(alarms, { catalogue, root: rootOf(catalogue, null)!, language: 'vi', t, ...more });

describe('[AW1] a row says who took it', () => {
  test('with the time; of another day, with the day', () => {
    expect(rowsOn([taken()], { today: '23/11/2026' })[0]).toMatchObject({ text: 'Mèo Vạc mất nối TSLCD', notes: ['đã nhận 14:37'], isAcknowledged: true });
    expect(rowsOn([taken()], { today: '24/11/2026' })[0]?.notes).toEqual(['đã nhận 23/11']);
  });

  test('of several by one person the last time, by several people how many they are, of some how many', () => {
    const later = taken({ localityCode: '026', acked: { ...HA, atMs: HA.atMs + 60_000 } });
    expect(rowsOn([taken(), later])[0]?.notes).toEqual(['đã nhận 14:38']);
    expect(rowsOn([taken(), taken({ localityCode: '026', acked: { ...HA, by: 'Trần Văn Nam' } })])[0]?.notes).toEqual(['đã nhận 14:37']);
    expect(rowsOn([taken(), anAlarm({ localityCode: '026' })])[0]).toMatchObject({ notes: ['đã nhận 1/2'], isAcknowledged: false });
  });

  test('said again, and chattering', () => {
    expect(rowsOn([anAlarm({ escalations: 2, isChattering: true })])[0]?.notes).toEqual(['nhắc lại lần 2', 'chập chờn']);
  });
});

describe('[AW2] what no row shows is counted, each alarm once', () => {
  test('over and untaken, shelved, grouped, out of service; in words only what there is', () => {
    const shelved = { by: 'a', atMs: 1, untilMs: 2, why: 'x' };
    const counts = hiddenCounts([
      anAlarm(), taken(), anAlarm({ state: 'RTN_UNACK' }), anAlarm({ state: 'RTN_UNACK', shelved }), anAlarm({ suppressedBy: 'cause:02:x' }),
      anAlarm({ suppressedBy: 'cause:02:x', shelved }), anAlarm({ outOfService: { by: 'a', atMs: 1, why: 'x' }, shelved }), anAlarm({ state: 'NORMAL' }),
    ]);
    expect(counts).toEqual({ returned: 1, shelved: 2, explained: 1, outOfService: 1 });
    expect(hiddenTexts({ returned: 3, shelved: 0, explained: 1_200, outOfService: 0 }, t)).toEqual(['Đã hết, chưa ai nhận 3', 'Gộp 1.200']);
    expect(hiddenTexts({ returned: 0, shelved: 0, explained: 0, outOfService: 0 }, t)).toEqual([]);
  });

  test('with the announced ones they are all there are, whatever their state', () => {
    fc.assert(fc.property(fc.array(fc.record({
      state: fc.constantFrom('UNACK', 'ACKED', 'RTN_UNACK'), suppressedBy: fc.constantFrom(null, 'cause:02:x'),
      shelved: fc.constantFrom(null, { by: 'a', atMs: 1, untilMs: 2, why: 'x' }), outOfService: fc.constantFrom(null, { by: 'a', atMs: 1, why: 'x' }),
    })), (overlays) => {
      const alarms = overlays.map((overlay) => anAlarm(overlay));
      const { returned, shelved, explained, outOfService } = hiddenCounts(alarms);
      expect(returned + shelved + explained + outOfService + alarms.filter(isAnnunciated).length).toBe(alarms.length);
    }));
  });
});

describe('[AW4] where it began is named', () => {
  const cause = anAlarm({ kind: 'cause', localityCode: '02', value: 7 });
  const member = (localityCode: string, sinceMs: number) => anAlarm({ localityCode, sinceMs, suppressedBy: cause.id });

  test('a cause has as many members as there are now, and the place of the earliest', () => {
    const members = membersByCause([cause, member('026', 5_000), member('027', 2_000), member('028', 9_000)]);
    expect(rowsOn([cause], { members })[0]).toMatchObject({ text: 'Đứt tuyến · 3 huyện mất nối', notes: ['đầu tiên Mèo Vạc'] });
    expect(rowsOn([cause])[0]).toMatchObject({ text: 'Đứt tuyến · 7 huyện mất nối', notes: [] });
  });

  test('so has a row of a flood', () => {
    expect(rowsOn([anAlarm({ sinceMs: 3_000 }), anAlarm({ localityCode: '107', sinceMs: 2_000 })], { isFlood: true })[0]?.notes).toEqual(['đầu tiên Mường Tè']);
  });
});

describe('[AW5] alerts of other systems', () => {
  const alert = (more: Partial<Record<keyof Alarm, unknown>> = {}) => anAlarm({ kind: 'alert', indicatorId: null, value: null, domain: 'security', localityCode: '68', title: 'Dò mật khẩu', ...more });

  test('say what their sender said, and who may be told where that is not everybody', () => {
    expect(rowsOn([alert({ tlp: 'AMBER+STRICT' })])[0]).toMatchObject({ place: 'Lâm Đồng', text: 'Dò mật khẩu', isSenders: true, tlp: 'AMBER+STRICT' });
    expect(rowsOn([alert({ tlp: 'GREEN' })])[0]?.tlp).toBeNull();
    expect(rowsOn([alert({ title: null })])[0]?.text).toBe('Cảnh báo không ghi nội dung');
  });

  test('words that are TLP:RED never stand anywhere, should one ever come', () => {
    expect(rowsOn([alert({ tlp: 'RED' })])[0]?.text).toBe('Nội dung hạn chế');
  });

  test('without a place are one row of their own, with a count, speak by the worst, and have no place on a map', () => {
    const lost = (title: string, severity: string, id: string) => alert({ title, severity, isPlaced: false, localityCode: 'VN', sourceId: id });
    const found = rowsOn([lost('Chứng thư số', 'low', 'a'), lost('Mã độc', 'high', 'b'), alert()], { isFlood: true });
    expect(found.map(({ place, text, mark, unitCode, notes }) => [place, text, mark, unitCode, notes])).toContainEqual(['Chưa định vị', 'Mã độc', 'high', undefined, expect.arrayContaining(['2 cảnh báo'])]);
    expect(sceneSymbols(found, catalogue, null).map(({ id }) => id)).toEqual(['68']);
  });

  test('our own troubles have their own words', () => {
    expect(rowsOn([anAlarm({ kind: 'system', id: 'system:disk-low:main', localityCode: 'VN', indicatorId: null, value: null, title: '4,1 GB' })].map((alarm) => ({ ...alarm, id: 'system:disk-low:main' as Alarm['id'] })))[0])
      .toMatchObject({ place: 'Hệ thống', text: 'Ổ đĩa máy chủ sắp đầy: còn 4,1 GB' });
  });
});

describe('[AW3] rows are whole, or counted', () => {
  const plain = (i: number, more: Partial<AttentionRow> = {}): AttentionRow => ({
    key: `${i}`, mark: 'high', isAcknowledged: false, place: 'x', unitCode: undefined, text: 'x', isSenders: false, notes: [], tlp: null, sinceMs: 1, alarms: [anAlarm()], ...more,
  });
  const foot = { more: (count: number) => `và ${count} việc khác`, below: [] };
  const shownOf = (rows: readonly AttentionRow[], heightB: number, most = 5) => rowsWithRoom(rows, { rows: most, widthB: 22, heightB }, foot, undefined).length;

  test('what takes more lines leaves room for fewer', () => {
    const five = [0, 1, 2, 3, 4];
    expect(shownOf(five.map((i) => plain(i)), 17.5)).toBe(5);
    expect(shownOf(five.map((i) => plain(i, { notes: ['đã nhận 14:37'] })), 17.5)).toBe(3);
    expect(shownOf(five.map((i) => plain(i)), 100, 4)).toBe(3);
  });

  test('the chosen row is always among them', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 29 }), fc.double({ min: 4, max: 40, noNaN: true }), (count, chosen, heightB) => {
      const rows = Array.from({ length: count }, (_, i) => plain(i, i % 3 === 0 ? { text: 'dài '.repeat(30), isSenders: true, notes: ['a', 'b'] } : {}));
      const selectedKey = `${chosen % count}`;
      const shown = rowsWithRoom(rows, { rows: 5, widthB: 18, heightB }, foot, selectedKey);
      expect(shown.map(({ key }) => key)).toContain(selectedKey);
      expect(shown).toEqual(rows.slice(rows.indexOf(shown[0]!), rows.indexOf(shown[0]!) + shown.length));
    }));
  });

  test('a sender’s words take two lines at most, and count wide letters twice', () => {
    expect([titleLines({ isSenders: true, text: 'x' }, 20), titleLines({ isSenders: true, text: 'x'.repeat(300) }, 20), titleLines({ isSenders: true, text: '警'.repeat(20) }, 20), titleLines({ isSenders: false, text: 'x'.repeat(300) }, 20)]).toEqual([1, 2, 2, 1]);
  });
});

test('[AW1] what to do first about a security alert is what its level asks for', () => {
  expect(actionIndicatorOf(anAlarm({ kind: 'alert', domain: 'security', severity: 'critical', indicatorId: null }))).toBe('alerts-critical');
  expect(actionIndicatorOf(anAlarm({ indicatorId: 'axis-state' }))).toBe('axis-state');
  expect(actionIndicatorOf(anAlarm({ kind: 'system', domain: 'nation', indicatorId: null }))).toBe('');
});
