import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alarmList, mergedAlarms } from '../../../../client/screens/desk/alarms/alarmList.ts';
import { byUrgency } from '../../../../client/screens/desk/alarms/alarmOrder.ts';
import { alarmsOf, type AlarmRow, type DeskRow, type GroupRow, isSameRow } from '../../../../client/screens/desk/alarms/alarmRows.ts';
import { ALARM_TABS, type AlarmTab, tabOf } from '../../../../client/screens/desk/alarms/alarmTabs.ts';
import { bulkPlan } from '../../../../client/screens/desk/alarms/bulk.ts';
import { newsOf, saidOf } from '../../../../client/screens/desk/alarms/alarmNews.ts';
import { type Alarm, isAnnunciated } from '../../../../shared/domain/alarm.ts';
import { aFullAlarm, someAlarms } from '../../../support/aFullAlarm.ts';

const everything = () => true;
const NONE_OPENED = new Set<string>();
const listOf = (open: readonly Alarm[], tab: AlarmTab = 'unacknowledged', more: Partial<Parameters<typeof alarmList>[2]> = {}) => alarmList(open, [], { tab, test: everything, isFlood: false, opened: NONE_OPENED, ...more });
const idsOf = (rows: readonly DeskRow[]) => rows.flatMap((row) => alarmsOf(row).map(({ id }) => id));
const isRow = (row: DeskRow): row is AlarmRow => row.kind !== 'heading';
const minutes = (n: number) => aFullAlarm().sinceMs + n * 60_000;

describe('[DK1] every alarm is in one tab', () => {
  test.each<[string, Partial<Alarm>, AlarmTab]>([
    ['stands, nobody has it', { state: 'UNACK' }, 'unacknowledged'], ['over, nobody has said so', { state: 'RTN_UNACK' }, 'unacknowledged'], ['somebody has it', { state: 'ACKED' }, 'acknowledged'],
    ['shelved', { shelved: { by: 'A', atMs: 1, untilMs: 2, why: 'b' } }, 'hidden'], ['out of service', { state: 'ACKED', outOfService: { by: 'A', atMs: 1, why: 'b' } }, 'hidden'],
    ['explained by another', { suppressedBy: 'alert:b' }, 'hidden'], ['over and done', { state: 'NORMAL' }, 'closed'],
  ])('%s', (_, overrides, tab) => expect(tabOf(aFullAlarm(overrides))).toBe(tab));

  test('counts are of all there is, whatever the filter; what walls count is what stands in the two tabs in sight', () => fc.assert(fc.property(someAlarms, (open) => {
    const { counts } = listOf(open, 'hidden', { test: () => false });
    expect(counts.unacknowledged + counts.acknowledged + counts.hidden).toBe(open.length);
    const over = open.filter((alarm) => tabOf(alarm) === 'unacknowledged' && alarm.state === 'RTN_UNACK').length;
    expect(counts.unacknowledged - over + counts.acknowledged).toBe(open.filter(isAnnunciated).length);
  })));
});

describe('[DK2] order', () => {
  test('by level, then what stands before what is over, then newest first', () => {
    const alarms = [
      aFullAlarm({ id: 'alert:over', severity: 'critical', state: 'RTN_UNACK', sinceMs: minutes(9) }), aFullAlarm({ id: 'alert:low', severity: 'low', sinceMs: minutes(9) }), aFullAlarm({ id: 'alert:unknown', severity: 'unknown', sinceMs: minutes(9) }),
      aFullAlarm({ id: 'alert:old', severity: 'critical', sinceMs: minutes(1) }), aFullAlarm({ id: 'alert:new', severity: 'critical', sinceMs: minutes(2) }), aFullAlarm({ id: 'alert:high', sinceMs: minutes(9) }),
    ];
    expect(idsOf(listOf(alarms).rows)).toEqual(['alert:new', 'alert:old', 'alert:over', 'alert:high', 'alert:low', 'alert:unknown']);
  });

  test('is one order, whatever came first', () => fc.assert(fc.property(someAlarms, fc.gen(), (open, random) => {
    const shuffled = [...open].sort(() => random(fc.integer, { min: -1, max: 1 }));
    expect(shuffled.sort(byUrgency)).toEqual([...open].sort(byUrgency));
  })));
});

describe('[DK13] a line is drawn again only when it says something else', () => {
  const asked = fc.record({ tab: fc.constantFrom<AlarmTab>('unacknowledged', 'acknowledged', 'hidden'), isFlood: fc.boolean() });
  const bothOpened = (open: readonly Alarm[], { tab, isFlood }: { tab: AlarmTab; isFlood: boolean }) => listOf(open, tab, { isFlood, opened: new Set(listOf(open, tab, { isFlood }).rows.map(({ key }) => key)) }).rows;

  test('the same alarms make the same lines', () => fc.assert(fc.property(someAlarms, asked, (open, how) => {
    const [before, after] = [bothOpened(open, how), bothOpened([...open], how)];
    expect(before.map((row, index) => isSameRow(row, after[index] as DeskRow))).toEqual(before.map(() => true));
  })));

  test('a line is another as soon as an alarm of it is', () => fc.assert(fc.property(someAlarms, asked, fc.nat(), (open, how, pick) => {
    fc.pre(open.length > 0);
    const changed = open[pick % open.length] as Alarm;
    const [before, after] = [bothOpened(open, how), bothOpened(open.map((alarm) => (alarm === changed ? { ...alarm } : alarm)), how)];
    const says = (row: DeskRow) => row.kind !== 'heading' && (row.kind === 'group' ? row.alarms.includes(changed) || row.head === changed : row.alarm === changed || row.members.includes(changed));
    expect(before.map((row, index) => isSameRow(row, after[index] as DeskRow))).toEqual(before.map((row) => !says(row)));
  })));
});

describe('[DK4] every alarm is accounted for exactly once', () => {
  const asked = fc.record({ tab: fc.constantFrom(...ALARM_TABS), isFlood: fc.boolean(), severities: fc.subarray(['critical', 'high', 'medium', 'low', 'unknown']), isOpened: fc.boolean() });
  test('in rows, or left out by the filter, whatever is grouped and opened', () => fc.assert(fc.property(someAlarms, someAlarms, asked, (open, over, { tab, isFlood, severities, isOpened }) => {
    const closed = over.map((alarm) => ({ ...alarm, state: 'NORMAL' as const }));
    const passes = ({ severity }: Alarm) => severities.includes(severity);
    const options = { tab, isFlood, test: passes };
    const folded = alarmList(open, closed, { ...options, opened: NONE_OPENED });
    const opened = isOpened ? new Set(folded.rows.map(({ key }) => key)) : NONE_OPENED;
    const { rows, leftOut, matching } = alarmList(open, closed, { ...options, opened });
    const ofTab = [...open, ...closed].filter((alarm) => tabOf(alarm) === tab);
    const below = tab === 'unacknowledged' ? open.filter((alarm) => tabOf(alarm) === 'acknowledged' && passes(alarm)) : [];
    expect(idsOf(rows).sort()).toEqual([...ofTab.filter(passes), ...below].map(({ id }) => id).sort());
    expect([matching, matching + leftOut]).toEqual([ofTab.filter(passes).length, ofTab.length]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  })));

  test('below what waits stands what somebody has, under its number', () => {
    const { rows } = listOf([aFullAlarm({ id: 'alert:b', state: 'ACKED', severity: 'critical' }), aFullAlarm({ id: 'alert:a', severity: 'low' })]);
    expect(rows.map((row) => (row.kind === 'heading' ? row.count : row.key))).toEqual(['alert:a', 1, 'alert:b']);
  });

  test('a cause says how many it explains, and opens to them; they are counted where they are hidden', () => {
    const open = [aFullAlarm({ id: 'alert:cause' }), ...[1, 2, 3].map((n) => aFullAlarm({ id: `alert:m${n}`, suppressedBy: 'alert:cause' }))];
    const [row] = listOf(open).rows;
    expect(row).toMatchObject({ key: 'alert:cause', isOpen: false, members: [{}, {}, {}] });
    expect(listOf(open, 'unacknowledged', { opened: new Set(['alert:cause']) }).rows.map(({ key }) => key)).toEqual(['alert:cause', 'alert:cause>alert:m1', 'alert:cause>alert:m2', 'alert:cause>alert:m3']);
    expect(idsOf(listOf(open).rows)).toEqual(['alert:cause']);
    expect(listOf(open).counts).toEqual({ unacknowledged: 1, acknowledged: 0, hidden: 3 });
  });
});

describe('[DK3] a flood', () => {
  const flood = [
    ...[4, 2, 6].map((n) => aFullAlarm({ id: `alert:m${n}`, severity: 'medium', localityCode: n === 2 ? '01' : '68', sinceMs: minutes(n) })),
    ...[1, 2].map((n) => aFullAlarm({ id: `alert:c${n}`, severity: 'critical', sinceMs: minutes(n) })), aFullAlarm({ id: 'alert:single', severity: 'medium', title: 'Ổ đĩa đầy', sinceMs: minutes(5) }),
  ];
  test('the same condition wherever it is becomes one row under the one that came first, with its number', () => {
    const { rows } = listOf(flood, 'unacknowledged', { isFlood: true });
    expect(rows.filter((row) => row.kind === 'group')).toMatchObject([{ why: 'flood', head: { id: 'alert:m2' }, alarms: [{}, {}, {}] }]);
  });

  test('a critical alarm is never in a group, and what is alone is not one', () => fc.assert(fc.property(someAlarms, (open) => {
    const groups = listOf(open, 'unacknowledged', { isFlood: true }).rows.filter((row): row is GroupRow => row.kind === 'group');
    expect(groups.every(({ alarms }) => alarms.length > 1 && alarms.every(({ severity }) => severity === alarms[0].severity && severity !== 'critical'))).toBe(true);
  })));

  test('rows keep their order: a group stands where its newest would', () => {
    expect(listOf(flood, 'unacknowledged', { isFlood: true }).rows.filter(isRow).map((row) => (row.kind === 'group' ? row.alarms.length : row.key))).toEqual(['alert:c2', 'alert:c1', 3, 'alert:single']);
  });
});

test('[DK5] what a cause explains stands hidden under it, and under a name of its own where the cause is not known', () => {
  const open = [aFullAlarm({ id: 'alert:m1', suppressedBy: 'alert:gone' }), aFullAlarm({ id: 'alert:cause' }), aFullAlarm({ id: 'alert:m2', suppressedBy: 'alert:cause' }), aFullAlarm({ id: 'alert:s', shelved: { by: 'A', atMs: 1, untilMs: 2, why: 'b' }, suppressedBy: 'alert:cause' })];
  expect(listOf(open, 'hidden').rows.filter(isRow).map((row) => (row.kind === 'group' ? [row.head?.id ?? null, row.alarms.length] : row.key))).toEqual([[null, 1], ['alert:cause', 1], 'alert:s']);
});

test('restricted alarms are in the list once, and only those that are open', () => {
  const merged = mergedAlarms([aFullAlarm({ id: 'alert:a' }), aFullAlarm({ id: 'alert:b' })], [aFullAlarm({ id: 'alert:b', tlp: 'RED' }), aFullAlarm({ id: 'alert:c', tlp: 'RED' }), aFullAlarm({ id: 'alert:d', state: 'NORMAL', tlp: 'RED' })]);
  expect(merged.map(({ id, tlp }) => [id, tlp])).toEqual([['alert:a', null], ['alert:b', 'RED'], ['alert:c', 'RED']]);
});

describe('[DK18] several at once', () => {
  test('only what waits, never a critical one, and twenty at most; what is left out is counted', () => fc.assert(fc.property(someAlarms, (chosen) => {
    const { alarms, critical, beyond } = bulkPlan(chosen);
    expect(alarms.every(({ severity, state }) => severity !== 'critical' && state !== 'ACKED')).toBe(true);
    expect(alarms.length).toBeLessThanOrEqual(20);
    expect(alarms.length + critical + beyond).toBe(chosen.filter(({ state }) => state !== 'ACKED').length);
  })));
});

describe('[DK8] news', () => {
  const before = [aFullAlarm({ id: 'alert:a' })];
  const newsAfter = (alarms: readonly Alarm[]) => { const { critical, others } = newsOf(saidOf(before), alarms); return [critical.map(({ id }) => id), others.map(({ id }) => id)]; };
  test.each<[string, Alarm[], string[][]]>([
    ['nothing of what was said', before, [[], []]], ['a new one', [...before, aFullAlarm({ id: 'alert:b' })], [[], ['alert:b']]], ['a critical one by itself', [...before, aFullAlarm({ id: 'alert:b', severity: 'critical' })], [['alert:b'], []]],
    ['one that has become critical', [aFullAlarm({ id: 'alert:a', severity: 'critical' })], [['alert:a'], []]], ['not one that is hidden', [aFullAlarm({ id: 'alert:b', suppressedBy: 'alert:a' })], [[], []]], ['not one that is over', [aFullAlarm({ id: 'alert:b', state: 'RTN_UNACK' })], [[], []]],
  ])('%s', (_, alarms, expected) => expect(newsAfter(alarms)).toEqual(expected));

  test('one that wants an answer again', () => {
    const taken = aFullAlarm({ id: 'alert:a', state: 'ACKED' });
    expect(newsOf(saidOf([taken]), [aFullAlarm({ id: 'alert:a', escalations: 1 })]).others.map(({ id }) => id)).toEqual(['alert:a']);
  });
});
