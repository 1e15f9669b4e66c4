import type { AlarmCondition } from '../../shared/domain/alarm.ts';
import { AlarmEvent } from '../../shared/domain/alarmEvent.ts';
import { conditionOf } from '../../server/alarms/judgeChange.ts';
import type { AlarmLog, AuditDraft } from '../../server/ports/alarmLog.ts';
import type { Actor } from '../../server/ports/alarms.ts';
import { alarmWith } from './alarmWith.ts';
import { aRule } from './someRules.ts';

export const T0 = Date.parse('2026-03-01T08:00:00+07:00');
export const HA: Actor = { account: 'ha.lt', name: 'Lê Thị Hà', station: '10.0.0.7' };
export const NAM: Actor = { account: 'nam.tv', name: 'Trần Văn Nam', station: '10.0.0.8' };
export const PLAIN_LIFE = { isLatching: false, needsAckOnReturn: true, reAlarmAfterMs: null } as const;

export function aCondition(overrides: Partial<Record<keyof AlarmCondition, unknown>> = {}): AlarmCondition {
  return conditionOf(alarmWith({ id: 'state:085:tslcd-link-state', localityCode: '085', indicatorId: 'tslcd-link-state', value: 0, ...overrides }));
}

/** An event of `state:085:tslcd-link-state`, at `T0`, except for what the caller names. */
export function anEvent(kind: AlarmEvent['kind'], overrides: Record<string, unknown> = {}): AlarmEvent {
  const alarmId = typeof overrides.alarmId === 'string' ? overrides.alarmId : 'state:085:tslcd-link-state';
  const person = { by: HA.name, station: HA.station };
  const rest: Record<AlarmEvent['kind'], Record<string, unknown>> = {
    raised: { occurrenceId: `${alarmId}@${T0}`, sinceMs: T0, condition: aCondition({ id: alarmId }), ...PLAIN_LIFE },
    changed: { condition: aCondition({ id: alarmId }) }, repeated: { count: 2 }, returned: { returnedAtMs: T0 }, 'data-lost': {}, 'data-back': {}, 're-alarmed': {}, lapsed: {},
    acknowledged: { ...person, occurrenceId: `${alarmId}@${T0}`, comment: null }, reset: person, shelved: { ...person, untilMs: T0 + 3_600_000, why: 'Bảo trì', second: null },
    unshelved: person, 'removed-from-service': { ...person, why: 'Thay thiết bị' }, 'returned-to-service': person, commented: { ...person, text: 'Đã gọi' },
    assigned: { ...person, to: NAM.name }, judged: { ...person, occurrenceId: `${alarmId}@${T0}`, disposition: 'true', comment: null },
    'handed-over': { ...person, to: NAM.name, note: null, open: 0, unacknowledged: 0 }, 'rule-changed': { ...person, rule: aRule({ version: 2 }), basedOn: 1, why: 'Báo quá nhiều' },
  };
  return AlarmEvent.parse({ kind, atMs: T0, alarmId, ...rest[kind], ...overrides });
}

/** A log in memory that can be made to fail. */
export function aMemoryAlarmLog() {
  const events: AlarmEvent[] = [];
  const audit: AuditDraft[] = [];
  const log = {
    events, audit, failsWith: null as Error | null,
    append: async (more: readonly AlarmEvent[], drafts: readonly AuditDraft[]) => {
      if (log.failsWith !== null) throw log.failsWith;
      // As through a file: what cannot be read again must not be written.
      events.push(...more.map((event) => AlarmEvent.parse(JSON.parse(JSON.stringify(event)))));
      audit.push(...drafts);
    },
  };
  return log satisfies Pick<AlarmLog, 'append'>;
}
