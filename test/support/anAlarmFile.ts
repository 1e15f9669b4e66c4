import { join } from 'node:path';
import { openStore } from '../../server/openStore.ts';
import type { AlarmCondition } from '../../shared/domain/alarm.ts';
import type { AlarmEvent } from '../../shared/domain/alarmEvent.ts';
import { realTable } from './aCatalogue.ts';
import { aCondition, anEvent, HA, NAM } from './someAlarms.ts';

const MINUTE_MS = 60_000;

/** A sender's words, longer than any wall has room for, partly in a script that runs the other way. */
const LONG_TITLE = 'Phát hiện mã độc tống tiền LockBit lan trên 14 máy chủ ảo hóa của Trung tâm dữ liệu tỉnh, đã mã hóa ổ chia sẻ và xóa bản sao lưu gần nhất (مثال) theo cảnh báo của hệ thống giám sát';

/** The file of a server whose log of alarms holds these. `folder`: what `IOC_DATA` will name. */
export async function prepareAlarms(folder: string, events: readonly AlarmEvent[]): Promise<void> {
  const store = await openStore({ path: join(folder, 'live-2021.sqlite'), table: realTable('2021') });
  await store.alarms.append([...events].sort((a, b) => a.atMs - b.atMs), []);
  await store.log.close();
}

/** Raised then, and standing. */
function raisedAt(atMs: number, overrides: Partial<Record<keyof AlarmCondition, unknown>> & { readonly id: string }): AlarmEvent {
  return anEvent('raised', { atMs, alarmId: overrides.id, occurrenceId: `${overrides.id}@${atMs}`, sinceMs: atMs, condition: aCondition(overrides), reAlarmAfterMs: 3_600_000 });
}

function takenAt(atMs: number, id: string, raisedAtMs: number, by: string, comment: string | null = null): AlarmEvent {
  return anEvent('acknowledged', { atMs, alarmId: id, occurrenceId: `${id}@${raisedAtMs}`, by, comment });
}

const alert = (id: string, localityCode: string, more: Partial<Record<keyof AlarmCondition, unknown>> = {}): Partial<Record<keyof AlarmCondition, unknown>> & { readonly id: string } => ({
  kind: 'alert', localityCode, domain: 'security', indicatorId: null, value: null, sourceId: 'soc-tinh', severity: 'high', title: 'Dò mật khẩu tài khoản quản trị', ...more, id: `alert:${id}`,
});

/** A cause of Quảng Bình with its members, the first of them in its first district. */
function aCause(nowMs: number): AlarmEvent[] {
  const id = 'cause:44:links-cut';
  const members = realTable('2021').childrenOf('44').slice(0, 5).map(({ code }, i) => raisedAt(nowMs - (41 - i) * MINUTE_MS, { id: `state:${code}:tslcd-link-state`, localityCode: code, ruleId: 'link-lost', indicatorId: 'tslcd-link-state', value: 0, dependsOn: [id] }));
  return [...members, raisedAt(nowMs - 34 * MINUTE_MS, { id, kind: 'cause', ruleId: 'links-cut', localityCode: '44', indicatorId: 'tslcd-link-state', value: 5, severity: 'high' })];
}

/** Everything that a wall can say of alarms, and no flood: all began more than ten minutes ago. None is critical. */
export function everyKindOfAlarm(nowMs: number): AlarmEvent[] {
  const at = (agoMin: number) => nowMs - agoMin * MINUTE_MS;
  const link = (code: string) => ({ id: `state:${code}:tslcd-link-state`, localityCode: code, ruleId: 'link-lost', indicatorId: 'tslcd-link-state', value: 0 });
  const shaken = link('107');
  return [
    ...aCause(nowMs),
    raisedAt(at(90), alert('long', '68', { title: LONG_TITLE, tlp: 'AMBER+STRICT', attack: { tactics: ['TA0040'], techniques: ['T1486'] } })), takenAt(at(40), 'alert:long', at(90), HA.name),
    raisedAt(at(25), alert('unplaced', 'VN', { isPlaced: false, severity: 'medium', title: 'Chứng thư số hết hạn sau 3 ngày', tlp: 'AMBER' })),
    raisedAt(at(20), alert('plain', '01', { severity: 'medium' })),
    raisedAt(at(180), link('027')), takenAt(at(170), 'state:027:tslcd-link-state', at(180), NAM.name), anEvent('re-alarmed', { atMs: at(100), alarmId: 'state:027:tslcd-link-state' }),
    ...[31, 30.8, 30.6].flatMap((ago) => [raisedAt(at(ago), shaken), anEvent('returned', { atMs: at(ago - 0.1), alarmId: shaken.id, returnedAtMs: at(ago - 0.1) })]), raisedAt(at(30.4), shaken),
    ...['101', '102', '103'].flatMap((code) => [raisedAt(at(300), link(code)), anEvent('returned', { atMs: at(290), alarmId: link(code).id, returnedAtMs: at(290) })]),
    ...['117', '118'].flatMap((code) => [raisedAt(at(200), link(code)), anEvent('shelved', { atMs: at(190), alarmId: link(code).id, untilMs: at(-400) })]),
    raisedAt(at(15), { id: 'system:disk-low:main', kind: 'system', localityCode: 'VN', domain: 'nation', indicatorId: null, value: null, severity: 'medium', title: '4,1 GB' }),
  ];
}

/** A critical alert of Lâm Đồng that nobody has taken. */
export const CRITICAL_ID = 'alert:critical';
export function aCriticalAlert(atMs: number, more: Partial<Record<keyof AlarmCondition, unknown>> = {}): AlarmEvent {
  return raisedAt(atMs, alert('critical', '68', { severity: 'critical', title: 'Mã độc tống tiền lan ra 14 máy chủ, Trung tâm dữ liệu tỉnh', tlp: 'AMBER', attack: { tactics: ['TA0040'], techniques: ['T1486'] }, ...more }));
}
