import type { Alarm } from '../../shared/domain/alarm.ts';
import { type AlarmEvent, SHIFT_ID } from '../../shared/domain/alarmEvent.ts';
import type { ActAnswer, ActRefusal, Actor, AlarmAct } from '../ports/alarms.ts';
import { type AlarmBook, isWorse } from './alarmBook.ts';

/** What an act comes to: an event to write, or why there is none. */
export type Verdict =
  | { readonly event: AlarmEvent }
  | { readonly answer: Exclude<ActAnswer, { outcome: 'done' }> };

type ActOf<Kind extends AlarmAct['kind']> = Extract<AlarmAct, { kind: Kind }>;

export interface Bench {
  readonly book: AlarmBook;
  /** `undefined`: it is not closed, or not lately. */
  closedOccurrence(occurrenceId: string): Alarm | undefined;
}

const refused = (why: ActRefusal, alarm: Alarm | undefined): Verdict => ({ answer: { outcome: 'refused', why, alarm: alarm ?? null } });
const again = (alarm: Alarm | undefined): Verdict => ({ answer: { outcome: 'again', alarm: alarm ?? null } });

/** [LC3] [LC4] An acknowledgement is of what was seen: of another occurrence it is none, of a worse alarm it asks to look again. */
function acknowledge(act: ActOf<'acknowledge'>, { book, closedOccurrence }: Bench, { by, station }: { by: string; station: string | null }, atMs: number): Verdict {
  const alarm = book.held(act.alarmId)?.alarm;
  if (alarm === undefined || alarm.occurrenceId !== act.occurrenceId) {
    const closed = closedOccurrence(act.occurrenceId);
    // Its answer was lost, and it ended by that very word, or since.
    return closed?.id === act.alarmId && closed.acked !== null ? again(closed) : refused('unknown', alarm);
  }
  if (isWorse(alarm.severity, act.severity)) return refused('changed', alarm);
  if (alarm.acked !== null) return again(alarm);
  if (alarm.severity === 'critical' && act.isBulk) return refused('critical', alarm);
  if (alarm.severity === 'critical' && act.comment === null) return refused('needs-comment', alarm);
  return { event: { kind: 'acknowledged', atMs, alarmId: alarm.id, by, station, occurrenceId: alarm.occurrenceId, comment: act.comment } };
}

function shelve(act: ActOf<'shelve'>, alarm: Alarm | undefined, actor: Actor, atMs: number): Verdict {
  if (alarm === undefined) return refused('unknown', alarm);
  const second = act.second === null || act.second.account === actor.account ? null : act.second;
  if (alarm.severity === 'critical' && second === null) return refused('needs-second', alarm);
  return { event: { kind: 'shelved', atMs, alarmId: alarm.id, by: actor.name, station: actor.station, untilMs: atMs + act.forMs, why: act.why, second: second?.name ?? null } };
}

/** Judges one act by the book as it is. Never throws: what cannot be done is an answer. */
export function judgeAct(act: AlarmAct, actor: Actor, bench: Bench, atMs: number): Verdict {
  const { book, closedOccurrence } = bench;
  const person = { by: actor.name, station: actor.station };
  if (act.kind === 'hand-over') {
    const open = [...book.open()];
    const unacknowledged = open.filter(({ alarm: { state } }) => state === 'UNACK' || state === 'RTN_UNACK').length;
    return { event: { kind: 'handed-over', atMs, alarmId: SHIFT_ID, ...person, to: act.to, note: act.note, open: open.length, unacknowledged } };
  }
  const { alarmId } = act;
  const alarm = book.held(alarmId)?.alarm;
  switch (act.kind) {
    case 'acknowledge': return acknowledge(act, bench, person, atMs);
    case 'shelve': return shelve(act, alarm, actor, atMs);
    case 'unshelve': return book.overlaid(alarmId).shelved === null ? refused('no-effect', alarm) : { event: { kind: 'unshelved', atMs, alarmId, ...person } };
    case 'remove-from-service':
      if (alarm === undefined) return refused('unknown', alarm);
      if (alarm.severity === 'critical') return refused('critical', alarm);
      return alarm.outOfService === null ? { event: { kind: 'removed-from-service', atMs, alarmId, ...person, why: act.why } } : again(alarm);
    case 'return-to-service': return book.overlaid(alarmId).outOfService === null ? refused('no-effect', alarm) : { event: { kind: 'returned-to-service', atMs, alarmId, ...person } };
    case 'reset': return alarm?.isLatched === true ? { event: { kind: 'reset', atMs, alarmId, ...person } } : refused(alarm === undefined ? 'unknown' : 'no-effect', alarm);
    case 'comment': return alarm === undefined ? refused('unknown', alarm) : { event: { kind: 'commented', atMs, alarmId, ...person, text: act.text } };
    case 'assign':
      if (alarm === undefined) return refused('unknown', alarm);
      return alarm.assignee === act.to ? again(alarm) : { event: { kind: 'assigned', atMs, alarmId, ...person, to: act.to } };
    case 'judge':
      if (alarm?.occurrenceId !== act.occurrenceId && closedOccurrence(act.occurrenceId)?.id !== alarmId) return refused('unknown', alarm);
      return { event: { kind: 'judged', atMs, alarmId, ...person, occurrenceId: act.occurrenceId, disposition: act.disposition, comment: act.comment } };
  }
}
