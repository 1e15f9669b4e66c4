import type { Alarm } from '../../shared/domain/alarm.ts';
import { type AlarmEvent, type AlarmEventOf, SHIFT_ID } from '../../shared/domain/alarmEvent.ts';
import type { AlarmCheckpoint } from '../ports/alarmCheckpoint.ts';
import type { Annunciation } from './alarmBook.ts';

/** A watch, and the one before it: what "closed today" and the load of a shift look back on. */
const KEPT_MS = 24 * 3_600_000;
const MOST_CLOSED = 5_000;
const MOST_ANNUNCIATIONS = 50_000;
const MOST_EVENTS_OF_ONE = 500;
const MOST_SHIFTS = 50;

interface ClosedAlarm {
  readonly alarm: Alarm;
  readonly closedAtMs: number;
}

/** What happened lately, for people who look back: a view of the alarm log, bounded in time and number. */
export interface AlarmJournal {
  note(event: AlarmEvent): void;
  noteAnnounced(annunciation: Annunciation): void;
  noteClosed(alarm: Alarm, atMs: number): void;
  /** Oldest first. */
  closed(): readonly ClosedAlarm[];
  closedOccurrence(occurrenceId: string): Alarm | undefined;
  annunciations(): readonly Annunciation[];
  shifts(): readonly AlarmEventOf<'handed-over'>[];
  /** Oldest first; `leftOff` older ones are not kept. */
  historyOf(alarmId: string): { readonly events: readonly AlarmEvent[]; readonly leftOff: number };
  /** Lets go of what is older than `KEPT_MS`, but of nothing that is open. */
  forgetBefore(nowMs: number, isOpen: (alarmId: string) => boolean): void;
}

/** @param cut of which alarms events have left the log */
export function createAlarmJournal(cut: AlarmCheckpoint['open'] = []): AlarmJournal {
  /** By occurrence, the first closed first. */
  const closedById = new Map<string, ClosedAlarm>();
  let annunciations: Annunciation[] = [];
  const shifts: AlarmEventOf<'handed-over'>[] = [];
  const historyById = new Map(cut.map(({ alarm, eventsCut }) => [alarm.id as string, { events: [] as AlarmEvent[], leftOff: eventsCut }]));

  return {
    note(event) {
      if (event.kind === 'handed-over') {
        shifts.push(event);
        if (shifts.length > MOST_SHIFTS) shifts.shift();
      }
      if (event.alarmId === SHIFT_ID || event.kind === 'rule-changed') return;
      if (event.kind === 'judged') {
        const judged = closedById.get(event.occurrenceId);
        if (judged !== undefined) closedById.set(event.occurrenceId, { ...judged, alarm: { ...judged.alarm, disposition: event.disposition } });
      }
      const history = historyById.get(event.alarmId) ?? { events: [], leftOff: 0 };
      historyById.set(event.alarmId, history);
      history.events.push(event);
      if (history.events.length > MOST_EVENTS_OF_ONE) {
        history.events.shift();
        history.leftOff++;
      }
    },
    noteAnnounced: (annunciation) => {
      annunciations.push(annunciation);
      if (annunciations.length > 2 * MOST_ANNUNCIATIONS) annunciations = annunciations.slice(-MOST_ANNUNCIATIONS);
    },
    noteClosed: (alarm, closedAtMs) => {
      closedById.set(alarm.occurrenceId, { alarm, closedAtMs });
      for (const occurrenceId of closedById.keys()) {
        if (closedById.size <= MOST_CLOSED) break;
        closedById.delete(occurrenceId);
      }
    },
    closed: () => [...closedById.values()],
    closedOccurrence: (occurrenceId) => closedById.get(occurrenceId)?.alarm,
    // How often it was cut must not be seen: a restart cuts it at other moments.
    annunciations: () => (annunciations.length > MOST_ANNUNCIATIONS ? annunciations.slice(-MOST_ANNUNCIATIONS) : annunciations),
    shifts: () => shifts,
    historyOf: (alarmId) => historyById.get(alarmId) ?? { events: [], leftOff: 0 },
    forgetBefore(nowMs, isOpen) {
      const fromMs = nowMs - KEPT_MS;
      for (const [occurrenceId, { closedAtMs }] of closedById) {
        if (closedAtMs > fromMs) break;
        closedById.delete(occurrenceId);
      }
      annunciations = annunciations.filter(({ atMs }) => atMs > fromMs);
      for (const [alarmId, { events }] of historyById) {
        if (!isOpen(alarmId) && (events.at(-1)?.atMs ?? 0) <= fromMs) historyById.delete(alarmId);
      }
    },
  };
}
