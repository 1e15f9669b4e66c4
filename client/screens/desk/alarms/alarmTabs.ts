import type { Alarm } from '../../../../shared/domain/alarm.ts';

/** UI.md §12, in the order of the keys 1-4. */
export const ALARM_TABS = ['unacknowledged', 'acknowledged', 'hidden', 'closed'] as const;
export type AlarmTab = (typeof ALARM_TABS)[number];

/** Why an alarm is out of sight. A person's decision goes before a rule's, because it is the one that can be undone. */
export type Hiding = 'out-of-service' | 'shelved' | 'suppressed';

export function hidingOf({ shelved, outOfService, suppressedBy }: Alarm): Hiding | null {
  if (outOfService !== null) return 'out-of-service';
  if (shelved !== null) return 'shelved';
  return suppressedBy === null ? null : 'suppressed';
}

/** [DK1] The one tab an alarm is in. */
export function tabOf(alarm: Alarm): AlarmTab {
  if (alarm.state === 'NORMAL') return 'closed';
  if (hidingOf(alarm) !== null) return 'hidden';
  return alarm.state === 'ACKED' ? 'acknowledged' : 'unacknowledged';
}

export type OpenTab = Exclude<AlarmTab, 'closed'>;

/** Open alarms by tab, each in the order given. */
export function byTab(alarms: readonly Alarm[]): Readonly<Record<OpenTab, readonly Alarm[]>> {
  const tabs: Record<OpenTab, Alarm[]> = { unacknowledged: [], acknowledged: [], hidden: [] };
  for (const alarm of alarms) {
    const tab = tabOf(alarm);
    if (tab !== 'closed') tabs[tab].push(alarm);
  }
  return tabs;
}
