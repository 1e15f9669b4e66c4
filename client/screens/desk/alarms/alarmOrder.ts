import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { SEVERITIES, type Severity } from '../../../../shared/domain/severity.ts';

const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

const isOver = ({ state }: Alarm) => state === 'RTN_UNACK';

/** [DK2] By level; within one, what stands before what is over, then newest first. Of the same moment in a fixed order. */
export function byUrgency(a: Alarm, b: Alarm): number {
  return rankOf(a.severity) - rankOf(b.severity) || Number(isOver(a)) - Number(isOver(b)) || b.sinceMs - a.sinceMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The one that came first: in a flood the others may have followed from it. */
export function firstOut(alarms: readonly [Alarm, ...Alarm[]]): Alarm {
  const [first, ...others] = alarms;
  return others.reduce((held, alarm) => (alarm.sinceMs < held.sinceMs || (alarm.sinceMs === held.sinceMs && alarm.id < held.id) ? alarm : held), first);
}
