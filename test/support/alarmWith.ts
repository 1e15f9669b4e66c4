import { Alarm } from '../../shared/domain/alarm.ts';

/** Of a link, unacknowledged and in nobody's hands, except for what the caller names. */
export function alarmWith(overrides: Partial<Record<keyof Alarm, unknown>> = {}): Alarm {
  const id = typeof overrides.id === 'string' ? overrides.id : 'state:101:latency';
  const sinceMs = typeof overrides.sinceMs === 'number' ? overrides.sinceMs : 1_600_000_000_000;
  return Alarm.parse({
    id, occurrenceId: `${id}@${sinceMs}`, kind: 'state', ruleId: null, severity: 'high', domain: 'connectivity', localityCode: '101', isPlaced: true, indicatorId: 'latency',
    sourceId: null, value: 250, title: null, dependsOn: [], tlp: null, attack: null, state: 'UNACK', sinceMs, raisedAtMs: sinceMs, returnedAtMs: null, dataLost: false, count: 1,
    acked: null, assignee: null, disposition: null, shelved: null, outOfService: null, suppressedBy: null, escalations: 0, isChattering: false, isLatched: false, ...overrides,
  });
}
