import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { byTab, type AlarmTab, type OpenTab } from './alarmTabs.ts';
import { type AlarmRow, closedRows, type DeskRow, hiddenRows, openRows, type RowOptions } from './alarmRows.ts';

export interface ListOptions extends Pick<RowOptions, 'isFlood' | 'opened'> {
  readonly tab: AlarmTab;
  readonly test: (alarm: Alarm) => boolean;
}

export interface AlarmList {
  readonly rows: readonly DeskRow[];
  /** Of each tab, whatever the filter: what there is. Closed ones come from elsewhere. */
  readonly counts: Readonly<Record<OpenTab, number>>;
  /** Of the tab, left out by the filter; with the rows of the tab they are all of it. */
  readonly leftOut: number;
  /** Of the tab, that the filter lets through. */
  readonly matching: number;
}

/** Key of the line above the acknowledged ones. */
const HEADING = 'heading:acknowledged';

/** [DK4] What is left to do, and below it what somebody has taken. */
function withAcknowledged(rows: readonly AlarmRow[], acknowledged: readonly Alarm[], options: RowOptions): readonly DeskRow[] {
  if (acknowledged.length === 0) return rows;
  return [...rows, { kind: 'heading', key: HEADING, count: acknowledged.length }, ...openRows(acknowledged, { ...options, isFlood: false })];
}

/** The list of a tab. `open`: every alarm that is not closed; `closed`: those of today that are. Pure. */
export function alarmList(open: readonly Alarm[], closed: readonly Alarm[], { tab, test, isFlood, opened }: ListOptions): AlarmList {
  const tabs = byTab(open);
  const ofTab = tab === 'closed' ? closed : tabs[tab];
  const shown = ofTab.filter(test);
  const options: RowOptions = { open, isFlood, opened };
  const rows = tab === 'closed' ? closedRows(shown)
    : tab === 'hidden' ? hiddenRows(shown, options)
    : tab === 'acknowledged' ? openRows(shown, options)
    : withAcknowledged(openRows(shown, options), tabs.acknowledged.filter(test), options);
  return {
    rows, leftOut: ofTab.length - shown.length, matching: shown.length,
    counts: { unacknowledged: tabs.unacknowledged.length, acknowledged: tabs.acknowledged.length, hidden: tabs.hidden.length },
  };
}

/** Alarms of the channel, and restricted ones from elsewhere: each once, the restricted answer being of somebody who may know more. */
export function mergedAlarms(alarms: readonly Alarm[], restricted: readonly Alarm[]): readonly Alarm[] {
  if (restricted.length === 0) return alarms;
  const ids = new Set(restricted.map(({ id }) => id));
  return [...alarms.filter(({ id }) => !ids.has(id)), ...restricted.filter(({ state }) => state !== 'NORMAL')];
}
