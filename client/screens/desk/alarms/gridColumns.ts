import type { AlarmTab } from './alarmTabs.ts';

const OPEN = ['select', 'level', 'place', 'system', 'what', 'source', 'since', 'count', 'state', 'age'] as const;
const HIDDEN = ['select', 'level', 'place', 'system', 'what', 'why', 'until', 'by', 'age'] as const;
const CLOSED = ['select', 'level', 'place', 'system', 'what', 'source', 'since', 'over', 'count', 'by', 'verdict'] as const;

export type ColumnName = (typeof OPEN)[number] | (typeof HIDDEN)[number] | (typeof CLOSED)[number];

/** UI.md §12, left to right. */
export const COLUMNS: Readonly<Record<AlarmTab, readonly ColumnName[]>> = { unacknowledged: OPEN, acknowledged: OPEN, hidden: HIDDEN, closed: CLOSED };

/** Only what can be acknowledged with others is selected. */
export const canSelect = (tab: AlarmTab): boolean => tab === 'unacknowledged';
