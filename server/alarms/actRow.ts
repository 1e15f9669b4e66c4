import type { Alarm } from '../../shared/domain/alarm.ts';
import type { AuditDraft } from '../ports/alarmLog.ts';
import type { Actor, AlarmAct } from '../ports/alarms.ts';
import type { Verdict } from './judgeAct.ts';

const COLUMNS_OF_ROW: ReadonlySet<string> = new Set(['kind', 'atMs', 'alarmId', 'by', 'station', 'occurrenceId']);
const isPlain = (value: unknown): value is string | number | boolean | null => value === null || typeof value !== 'object';

/** What the event says beside what the row has columns for. */
function saidBy(verdict: Verdict): AuditDraft['detail'] {
  if (!('event' in verdict)) return {};
  return Object.fromEntries(Object.entries(verdict.event).flatMap(([name, value]) => (!COLUMNS_OF_ROW.has(name) && isPlain(value) ? [[name, value]] : [])));
}

/**
 * [LC14] The row of one act: on what, the state it found, and all that was said. Events leave the log of alarms after a time and the trail stays, so
 * that the row must be able to stand alone.
 */
export function actRow(act: AlarmAct, actor: Actor, before: Alarm | undefined, verdict: Verdict, atMs: number): AuditDraft {
  const why = 'answer' in verdict ? (verdict.answer.outcome === 'refused' ? verdict.answer.why : 'again') : null;
  return {
    atMs, actor: actor.account, station: actor.station, action: `alarm.${act.kind}`, target: 'alarmId' in act ? act.alarmId : null, outcome: why === null || why === 'again' ? 'done' : 'refused',
    detail: { occurrence: before?.occurrenceId ?? null, stateBefore: before?.state ?? null, why, ...saidBy(verdict) },
  };
}
