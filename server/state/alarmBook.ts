import type { Alarm } from '../../shared/protocol/socket.ts';

/** What names a condition and says how bad it is; the rest of an alarm is its life. */
export type AlarmCondition = Omit<Alarm, 'occurrenceId' | 'state' | 'sinceMs' | 'dataLost'>;

/** Open alarms and their transitions, in the order they happened; nothing is conflated ([A2]). */
export interface AlarmBook {
  /** Opens an occurrence. Of one already open, only a new severity is a transition: the occurrence goes on. */
  raise(condition: AlarmCondition, sinceMs: number): void;
  /** The condition is gone: by a newer reading, never by silence. */
  clear(id: string): void;
  setDataLost(id: string, dataLost: boolean): void;
  isOpen(id: string): boolean;
  open(): readonly Alarm[];
  take(): readonly Alarm[];
}

export function createAlarmBook(): AlarmBook {
  const openById = new Map<string, Alarm>();
  let transitions: Alarm[] = [];
  function enter(alarm: Alarm): void {
    openById.set(alarm.id, alarm);
    transitions.push(alarm);
  }
  return {
    raise(condition, sinceMs) {
      const held = openById.get(condition.id);
      if (held === undefined) enter({ ...condition, occurrenceId: `${condition.id}@${sinceMs}`, state: 'UNACK', sinceMs, dataLost: false });
      else if (held.severity !== condition.severity) enter({ ...held, severity: condition.severity, value: condition.value });
    },
    clear(id) {
      const held = openById.get(id);
      if (held === undefined) return;
      openById.delete(id);
      transitions.push({ ...held, state: 'NORMAL', dataLost: false });
    },
    setDataLost(id, dataLost) {
      const held = openById.get(id);
      if (held !== undefined && held.dataLost !== dataLost) enter({ ...held, dataLost });
    },
    isOpen: (id) => openById.has(id),
    open: () => [...openById.values()],
    take() {
      const taken = transitions;
      transitions = [];
      return taken;
    },
  };
}
