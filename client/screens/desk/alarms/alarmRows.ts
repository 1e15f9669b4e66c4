import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { conditionOf } from '../../../panels/attentionRows.ts';
import { byUrgency, firstOut } from './alarmOrder.ts';
import { hidingOf } from './alarmTabs.ts';

/** One alarm. Members of a group that was opened, and alarms that a cause explains, stand under it and are counted there. */
export interface SingleRow {
  readonly kind: 'alarm';
  readonly key: string;
  readonly alarm: Alarm;
  /** Alarms that this one explains, whatever tab they are in. */
  readonly members: readonly Alarm[];
  readonly isOpen: boolean;
  /** Stands under another row, which counts it. */
  readonly isInner: boolean;
}

/** `flood`: one condition in many places. `cause`: what one alarm explains, where the cause itself is in another tab. */
export interface GroupRow {
  readonly kind: 'group';
  readonly key: string;
  readonly why: 'flood' | 'cause';
  /** The earliest of a flood; of a cause, the cause, or `null` while it is not known. */
  readonly head: Alarm | null;
  readonly alarms: readonly [Alarm, ...Alarm[]];
  readonly isOpen: boolean;
}

/** Above the acknowledged ones, which stand below those that wait for somebody. */
export interface HeadingRow {
  readonly kind: 'heading';
  readonly key: string;
  readonly count: number;
}

export type DeskRow = SingleRow | GroupRow | HeadingRow;
/** What a cursor can stand on. */
export type AlarmRow = SingleRow | GroupRow;

export interface RowOptions {
  /** Every open alarm: what a cause explains may be in another tab. */
  readonly open: readonly Alarm[];
  readonly isFlood: boolean;
  /** Keys of rows that were opened. */
  readonly opened: ReadonlySet<string>;
}

/** What is the matter, wherever it is, as walls group it, and how bad. */
const conditionKey = (alarm: Alarm) => `${alarm.severity}/${conditionOf(alarm)}`;

export function membersByCause(open: readonly Alarm[]): ReadonlyMap<string, readonly Alarm[]> {
  const members = new Map<string, Alarm[]>();
  for (const alarm of open) {
    if (alarm.suppressedBy === null) continue;
    const held = members.get(alarm.suppressedBy);
    if (held === undefined) members.set(alarm.suppressedBy, [alarm]);
    else held.push(alarm);
  }
  return members;
}

function singleRow(alarm: Alarm, members: readonly Alarm[], opened: ReadonlySet<string>): SingleRow {
  const key = alarm.id;
  return { kind: 'alarm', key, alarm, members, isOpen: members.length > 0 && opened.has(key), isInner: false };
}

/** The same alarm may stand under a group and by itself further down: keys differ. */
const innerRow = (alarm: Alarm, under: string): SingleRow => ({ kind: 'alarm', key: `${under}>${alarm.id}`, alarm, members: [], isOpen: false, isInner: true });

function withInner(row: AlarmRow): AlarmRow[] {
  const inner = row.kind === 'group' ? row.alarms : row.members;
  return row.isOpen ? [row, ...inner.toSorted(byUrgency).map((alarm) => innerRow(alarm, row.key))] : [row];
}

/** [DK3] Same condition, not critical, more than one: one row. Where each stands is where its worst and newest would. */
function floodGroups(alarms: readonly Alarm[], opened: ReadonlySet<string>): { readonly groups: readonly GroupRow[]; readonly single: readonly Alarm[] } {
  const byCondition = new Map<string, [Alarm, ...Alarm[]]>();
  const single: Alarm[] = [];
  for (const alarm of alarms) {
    if (alarm.severity === 'critical') {
      single.push(alarm);
      continue;
    }
    const key = conditionKey(alarm);
    const held = byCondition.get(key);
    if (held === undefined) byCondition.set(key, [alarm]);
    else held.push(alarm);
  }
  const groups: GroupRow[] = [];
  for (const [condition, same] of byCondition) {
    const key = `flood:${condition}`;
    if (same.length === 1) single.push(same[0]);
    else groups.push({ kind: 'group', key, why: 'flood', head: firstOut(same), alarms: same, isOpen: opened.has(key) });
  }
  return { groups, single };
}

/** The alarm that a row is placed by. */
function leadOf(row: AlarmRow): Alarm {
  return row.kind === 'alarm' ? row.alarm : row.alarms.reduce((held, alarm) => (byUrgency(alarm, held) < 0 ? alarm : held));
}

const inOrder = (rows: readonly AlarmRow[]): AlarmRow[] => [...rows].sort((a, b) => byUrgency(leadOf(a), leadOf(b)));

/** [DK4] Rows of alarms that are in sight: each in one row, of a group or its own. */
export function openRows(alarms: readonly Alarm[], { open, isFlood, opened }: RowOptions): AlarmRow[] {
  const members = membersByCause(open);
  const { groups, single } = isFlood ? floodGroups(alarms, opened) : { groups: [], single: alarms };
  return inOrder([...groups, ...single.map((alarm) => singleRow(alarm, members.get(alarm.id) ?? [], opened))]).flatMap(withInner);
}

/** [DK5] Rows of what is hidden: what a cause explains in one row under that cause, all else in rows of their own. */
export function hiddenRows(alarms: readonly Alarm[], { open, opened }: Pick<RowOptions, 'open' | 'opened'>): AlarmRow[] {
  const openById = new Map(open.map((alarm) => [alarm.id, alarm]));
  const single: Alarm[] = [];
  const suppressed: Alarm[] = [];
  for (const alarm of alarms) (hidingOf(alarm) === 'suppressed' ? suppressed : single).push(alarm);
  const groups = [...membersByCause(suppressed)].flatMap(([causeId, [first, ...others]]): GroupRow[] => {
    const key = `cause:${causeId}`;
    return first === undefined ? [] : [{ kind: 'group', key, why: 'cause', head: openById.get(causeId) ?? null, alarms: [first, ...others], isOpen: opened.has(key) }];
  });
  return inOrder([...groups, ...single.map((alarm) => singleRow(alarm, [], opened))]).flatMap(withInner);
}

/** What is over, latest end first; a page of it is no place for groups. */
export function closedRows(alarms: readonly Alarm[]): AlarmRow[] {
  return alarms.map((alarm): SingleRow => ({ kind: 'alarm', key: `closed:${alarm.occurrenceId}`, alarm, members: [], isOpen: false, isInner: false }));
}

/** Alarms that a row accounts for; what only stands under another row is counted there. */
export function alarmsOf(row: DeskRow): readonly Alarm[] {
  if (row.kind === 'heading') return [];
  if (row.kind === 'group') return row.alarms;
  return row.isInner ? [] : [row.alarm];
}

/** What a row opens and acts on: of a group its head, or its first alarm. */
export function alarmOfRow(row: AlarmRow): Alarm {
  return row.kind === 'alarm' ? row.alarm : (row.head ?? row.alarms[0]);
}

const isSameList = (one: readonly Alarm[], other: readonly Alarm[]) => one.length === other.length && one.every((alarm, index) => alarm === other[index]);

/** Whether two rows say the same, alarms being others where anything of them changed. */
export function isSameRow(one: DeskRow, other: DeskRow): boolean {
  if (one === other) return true;
  if (one.kind === 'heading') return other.kind === 'heading' && one.count === other.count;
  if (other.kind === 'heading' || one.key !== other.key || one.isOpen !== other.isOpen) return false;
  if (one.kind === 'group') return other.kind === 'group' && one.why === other.why && one.head === other.head && isSameList(one.alarms, other.alarms);
  return other.kind === 'alarm' && one.alarm === other.alarm && one.isInner === other.isInner && isSameList(one.members, other.members);
}
