import { beforeAll, describe, expect, test } from 'vitest';
import type { TFunction } from 'i18next';
import { createCatalogue } from '../../../../client/catalogue/catalogue.ts';
import { startI18n } from '../../../../client/i18n/i18n.ts';
import { aboutAlarm, createWording, shortPerson, type Wording } from '../../../../client/screens/desk/alarms/alarmWords.ts';
import { alarmTable } from '../../../../client/screens/desk/alarms/alarmTable.ts';
import { happenings } from '../../../../client/screens/desk/alarms/eventSentences.ts';
import { type Alarm, AlarmCondition } from '../../../../shared/domain/alarm.ts';
import { AlarmEvent } from '../../../../shared/domain/alarmEvent.ts';
import { aSource, realIndicators, realTable } from '../../../support/aCatalogue.ts';
import { aFullAlarm } from '../../../support/aFullAlarm.ts';

let t: TFunction;
let wording: Wording;
beforeAll(async () => {
  t = (await startI18n('vi')).t;
  const catalogue = createCatalogue({ edition: '2021', localities: [...realTable('2021').localities] }, realIndicators());
  wording = createWording({ catalogue, sources: [aSource({ id: 'province-68', name: { vi: 'Cổng Lâm Đồng', en: 'Lâm Đồng gateway' }, locality: '68' })], language: 'vi', t });
});

const T0 = aFullAlarm().sinceMs;

describe('[DK7] an alarm in words', () => {
  test.each<[string, Partial<Record<keyof Alarm, unknown>>, string]>([
    ['as its sender says it', { title: 'Mã độc tống tiền lan ra 14 máy chủ' }, 'Lâm Đồng: mã độc tống tiền lan ra 14 máy chủ'],
    ['a state by its name', { kind: 'state', title: null, indicatorId: 'axis-state', value: 0 }, 'Lâm Đồng: trục liên thông mất nối'],
    ['a link in a district', { kind: 'state', title: null, indicatorId: 'tslcd-link-state', value: 0, localityCode: '672' }, 'Đà Lạt, Lâm Đồng: mất nối TSLCD'],
    ['beyond a limit', { kind: 'band', title: null, indicatorId: 'tslcd-latency', value: 250 }, 'Lâm Đồng: độ trễ 250,0 ms, vượt ngưỡng'],
    ['counted ones', { kind: 'security', title: null, indicatorId: 'alerts-critical', value: 3 }, 'Lâm Đồng: 3 cảnh báo đang mở'],
    ['zero is a number', { kind: 'overdue', title: null, indicatorId: 'dossiers-overdue', value: 0 }, 'Lâm Đồng: 0 hồ sơ quá hạn'],
    ['a silent source', { kind: 'source-silent', title: null }, 'Lâm Đồng: nguồn tỉnh im lặng'],
    ['a place that is not known is not the country', { isPlaced: false, localityCode: 'VN' }, 'Chưa định vị: dò mật khẩu'],
    ['a line that cut many off', { kind: 'cause', title: null, indicatorId: 'tslcd-link-state', value: 7 }, 'Lâm Đồng: đứt tuyến, nhiều huyện cùng mất nối'],
    ['trouble of our own', { id: 'system:wall-silent:sanh', kind: 'system', title: 'Sảnh', localityCode: 'VN' }, 'Việt Nam: màn hình Sảnh mất tin'],
    ['one that says nothing', { title: null }, 'Lâm Đồng: cảnh báo không ghi nội dung'],
  ])('%s', (_, overrides, said) => expect(aboutAlarm(wording.wordsOf(aFullAlarm(overrides)), t)).toBe(said));

  test('names its source and its system, and searches by both without marks', () => {
    const alarm = aFullAlarm({ kind: 'state', title: null, indicatorId: 'axis-state', value: 0 });
    expect(wording.wordsOf(alarm)).toMatchObject({ source: 'Cổng Lâm Đồng', system: 'Trục văn bản' });
    expect(wording.foldedWordsOf(alarm)).toContain('cong lam dong');
    expect(wording.wordsOf(alarm)).toBe(wording.wordsOf(alarm));
  });

  test.each([['Lê Thị Hà', 'L.T.Hà'], ['Hà', 'Hà'], ['Đỗ  An', 'Đ.An']])('%s is %s in a column', (name, short) => expect(shortPerson(name)).toBe(short));
});

test('[DK21] as a file: every alarm in a line, with whole names and the time of Vietnam', () => {
  const { columns, rows } = alarmTable([aFullAlarm({ localityCode: '672', count: 38, state: 'ACKED', acked: { by: 'Lê Thị Hà', atMs: T0 }, attack: { tactics: ['TA0040'], techniques: ['T1486', 'T1110'] }, tlp: 'AMBER' })], wording, t);
  expect(columns.map(({ name }) => name).slice(0, 4)).toEqual(['Mức', 'Tỉnh', 'Hệ thống', 'Nội dung']);
  expect(rows).toEqual([['Cao', 'Lâm Đồng, Đà Lạt', '', 'Dò mật khẩu', 'Cổng Lâm Đồng', '2026-11-23 14:00:00', null, 38, 'Đã nhận', 'Lê Thị Hà', null, 'T1486 T1110 TA0040', 'AMBER', 'alert:a']]);
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
});

describe('[DK9] what happened, in sentences', () => {
  const condition = AlarmCondition.parse(Object.fromEntries(Object.entries(aFullAlarm()).filter(([key]) => key in AlarmCondition.shape)));
  const person = { by: 'Lê Thị Hà', station: null };
  const event = (kind: AlarmEvent['kind'], more: Record<string, unknown> = {}) => AlarmEvent.parse({ kind, atMs: T0 + 5_000, alarmId: 'alert:a', ...more });
  const raised = event('raised', { occurrenceId: 'alert:a@1', sinceMs: T0, condition, isLatching: false, needsAckOnReturn: true, reAlarmAfterMs: null });
  const told = (...events: AlarmEvent[]) => happenings(events, null, t).map(({ title, detail }) => (detail === '' ? title : `${title}: ${detail}`));

  test('it happened, it was taken on so much later, and nobody has answered', () => {
    expect(happenings([raised], aFullAlarm(), t).map(({ atMs, title, detail }) => [atMs, title, detail])).toEqual([[T0, 'Xảy ra', ''], [T0 + 5_000, 'Nhận vào hệ thống', 'trễ 5 giây'], [null, 'Xác nhận', 'chưa có']]);
  });

  test('once somebody has, nothing is missing', () => {
    expect(happenings([raised], aFullAlarm({ state: 'ACKED', acked: { by: 'Lê Thị Hà', atMs: T0 } }), t)).toHaveLength(2);
  });

  test('a change of level is told from what to what', () => {
    expect(told(raised, event('changed', { condition: { ...condition, severity: 'critical', value: 3 } }), event('changed', { condition: { ...condition, severity: 'critical', value: 4 } })).slice(2)).toEqual(['Đổi mức từ Cao sang Nghiêm trọng: số mới 3', 'Thay đổi: số mới 4']);
  });

  test.each<[AlarmEvent['kind'], Record<string, unknown>, string]>([
    ['repeated', { count: 38 }, 'Báo lại, tất cả 38 lần'], ['returned', { returnedAtMs: T0 }, 'Đã hết'], ['data-lost', {}, 'Mất số: cảnh báo được giữ nguyên'], ['data-back', {}, 'Có số trở lại'], ['re-alarmed', {}, 'Nhắc lại: đã nhận nhưng lâu chưa hết'],
    ['lapsed', {}, 'Tự đóng: hết đã một ngày, không ai nhận'], ['acknowledged', { ...person, occurrenceId: 'a', comment: 'đã gọi' }, 'Lê Thị Hà xác nhận: đã gọi'], ['reset', person, 'Lê Thị Hà đặt lại'],
    ['shelved', { ...person, untilMs: T0, why: 'thay đĩa', second: null }, 'Lê Thị Hà tạm ẩn đến 14:00: thay đĩa'], ['shelved', { ...person, untilMs: T0, why: 'thay đĩa', second: 'Trần Nam' }, 'Lê Thị Hà và Trần Nam tạm ẩn đến 14:00: thay đĩa'],
    ['unshelved', { by: null, station: null }, 'Hết hạn tạm ẩn'], ['unshelved', { by: null, station: null, because: 'critical' }, 'Hiện lại: đã thành mức 1, tạm ẩn cần hai người ký'], ['unshelved', person, 'Lê Thị Hà thôi ẩn'], ['removed-from-service', { ...person, why: 'hỏng' }, 'Lê Thị Hà loại khỏi giám sát: hỏng'], ['returned-to-service', person, 'Lê Thị Hà đưa lại vào giám sát'], ['returned-to-service', { by: null, station: null }, 'Trở lại giám sát: đã thành mức 1'],
    ['commented', { ...person, text: 'đang xem' }, 'Lê Thị Hà bình luận: đang xem'], ['assigned', { ...person, to: 'Trần Nam' }, 'Lê Thị Hà giao cho Trần Nam'], ['assigned', { ...person, to: 'Lê Thị Hà' }, 'Lê Thị Hà nhận về mình'], ['assigned', { ...person, to: null }, 'Lê Thị Hà thôi giao'],
    ['judged', { ...person, occurrenceId: 'a', disposition: 'benign', comment: null }, 'Lê Thị Hà kết luận: vô hại'],
  ])('%s', (kind, more, said) => expect(told(event(kind, more))).toEqual([said]));
});
