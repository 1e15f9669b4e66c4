import type { AlarmEvent } from '../../shared/domain/alarmEvent.ts';
import { isAnnunciated } from '../../shared/domain/alarm.ts';
import { type AlarmBook, isStanding } from './alarmBook.ts';

/** Over for so long and acknowledged by nobody: closed as that, or a wall that nobody attends would gather them without end. */
const LAPSES_AFTER_MS = 24 * 3_600_000;

/** [LC6] What one person may hide is not critical, whenever it becomes so. */
function isStandingCritical(book: AlarmBook, alarmId: string): boolean {
  const alarm = book.held(alarmId)?.alarm;
  return alarm !== undefined && isStanding(alarm) && alarm.severity === 'critical';
}

/** What time alone does: a shelf's time is up or one signature has become too few, an acknowledged alarm stands too long, one that is over is asked about no more. */
export function judgeTime(book: AlarmBook, atMs: number): AlarmEvent[] {
  const events: AlarmEvent[] = [];
  for (const [alarmId, { shelved, outOfService }] of book.overlays()) {
    const byNobody = { atMs, alarmId, by: null, station: null };
    const isCritical = isStandingCritical(book, alarmId);
    if (shelved !== null && atMs >= shelved.untilMs) events.push({ kind: 'unshelved', ...byNobody });
    else if (shelved !== null && isCritical && (shelved.second ?? null) === null) events.push({ kind: 'unshelved', ...byNobody, because: 'critical' });
    if (outOfService !== null && isCritical) events.push({ kind: 'returned-to-service', ...byNobody });
  }
  for (const { alarm, life, overAtMs } of book.open()) {
    const { id: alarmId, state, acked } = alarm;
    // Not from the reading's own time: one that came a day late would close what nobody could have seen.
    // And never what latches: that waits for a person, however long.
    if (state === 'RTN_UNACK' && !life.isLatching && overAtMs !== null && atMs - overAtMs >= LAPSES_AFTER_MS) events.push({ kind: 'lapsed', atMs, alarmId });
    else if (state === 'ACKED' && isStanding(alarm) && isAnnunciated(alarm) && acked !== null && life.reAlarmAfterMs !== null && atMs - acked.atMs >= life.reAlarmAfterMs) {
      events.push({ kind: 're-alarmed', atMs, alarmId });
    }
  }
  return events;
}
