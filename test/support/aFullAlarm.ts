import fc from 'fast-check';
import { type Alarm, ALARM_STATES } from '../../shared/domain/alarm.ts';
import { SEVERITIES } from '../../shared/domain/severity.ts';
import { alarmWith } from './alarmWith.ts';

const T0 = Date.parse('2026-11-23T14:00:00+07:00');

/** Valid except for what the caller names: a standing alert of Lâm Đồng, high, that nobody has taken. */
export function aFullAlarm(overrides: Partial<Record<keyof Alarm, unknown>> = {}): Alarm {
  const id = String(overrides.id ?? 'alert:a');
  return alarmWith({ id, occurrenceId: `${id}@1`, kind: 'alert', severity: 'high', domain: 'security', localityCode: '68', indicatorId: null, value: null, sourceId: 'province-68', title: 'Dò mật khẩu', sinceMs: T0, raisedAtMs: T0 + 5_000, ...overrides });
}

const by = { by: 'Lê Thị Hà', atMs: T0 };
const hiding = fc.constantFrom<Partial<Alarm>>({}, {}, {}, { shelved: { ...by, untilMs: T0 + 3_600_000, why: 'thay đĩa' } }, { outOfService: { ...by, why: 'hỏng' } });

const oneAlarm = fc.record({
  severity: fc.constantFrom(...SEVERITIES), state: fc.constantFrom(...ALARM_STATES.filter((state) => state !== 'NORMAL')), domain: fc.constantFrom('connectivity', 'security', 'dossiers', 'nation'),
  localityCode: fc.constantFrom('68', '01', '79', '672', 'VN'), title: fc.constantFrom('Dò mật khẩu', 'Ổ đĩa đầy', 'Quét cổng'), sinceMs: fc.integer({ min: T0 - 20, max: T0 }),
  isPlaced: fc.boolean(), assignee: fc.constantFrom(null, 'Lê Thị Hà'), hiding, cause: fc.constantFrom(null, null, null, 0, 1, 99),
});

/** Open alarms with ids of their own, hidden and not; some explained by one of them, or by one that is not there. */
export const someAlarms = fc.array(oneAlarm, { maxLength: 30 }).map((made) => made.map(({ hiding: hidden, cause, ...rest }, position) => aFullAlarm({ id: `alert:n${position}`, ...rest, ...hidden, suppressedBy: cause === null || cause === position ? null : `alert:n${cause}` })));
