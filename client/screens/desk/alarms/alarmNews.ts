import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { byUrgency } from './alarmOrder.ts';
import { tabOf } from './alarmTabs.ts';

export interface AlarmNews {
  /** Said at once. */
  readonly critical: readonly Alarm[];
  /** Gathered, and said together. */
  readonly others: readonly Alarm[];
}

/** An acknowledged one that wants an answer again is news too. */
const saysOf = ({ occurrenceId, state, severity }: Alarm) => `${occurrenceId} ${state === 'ACKED' ? 'taken' : 'waiting'} ${severity}`;

/** What of a list is said already. */
export function saidOf(alarms: readonly Alarm[]): ReadonlySet<string> {
  return new Set(alarms.map(saysOf));
}

/** [DK8] What wants an answer now and has not been said. Worst first. Pure. */
export function newsOf(said: ReadonlySet<string>, alarms: readonly Alarm[]): AlarmNews {
  const news = alarms.filter((alarm) => alarm.state === 'UNACK' && tabOf(alarm) === 'unacknowledged' && !said.has(saysOf(alarm))).sort(byUrgency);
  return { critical: news.filter(({ severity }) => severity === 'critical'), others: news.filter(({ severity }) => severity !== 'critical') };
}
