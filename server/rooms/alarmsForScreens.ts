import type { Alarm } from '../../shared/domain/alarm.ts';

/** [LC15] TLP:RED is for the people in the room, and a screen is seen by anybody. */
export const isForScreens = ({ tlp }: Alarm): boolean => tlp !== 'RED';

/** A transition of what may not be shown says only that it is not there: it may have been shown before its label changed. */
export function forScreens(alarm: Alarm): Alarm {
  if (isForScreens(alarm)) return alarm;
  const { id, occurrenceId, localityCode, sinceMs, raisedAtMs } = alarm;
  return {
    id, occurrenceId, localityCode, sinceMs, raisedAtMs, kind: 'alert', ruleId: null, severity: 'unknown', domain: 'security', isPlaced: false, indicatorId: null, sourceId: null, value: null,
    title: null, dependsOn: [], tlp: null, attack: null, state: 'NORMAL', returnedAtMs: null, dataLost: false, count: 1, acked: null, assignee: null, disposition: null, shelved: null,
    outOfService: null, suppressedBy: null, escalations: 0, isChattering: false, isLatched: false,
  };
}
