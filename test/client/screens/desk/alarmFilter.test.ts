import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlarmFilter, FILTER_DOMAINS, FILTER_STATES, filterTest, isFiltering, NO_FILTER, readFilter, UNPLACED, writeFilter } from '../../../../client/screens/desk/alarms/alarmFilter.ts';
import { ALARM_TABS } from '../../../../client/screens/desk/alarms/alarmTabs.ts';
import { readView, writeView } from '../../../../client/screens/desk/alarms/useDeskAddress.ts';
import { placeIn, stepIn } from '../../../../client/screens/desk/alarms/useCursor.ts';
import type { DeskRow } from '../../../../client/screens/desk/alarms/alarmRows.ts';
import { alarmList } from '../../../../client/screens/desk/alarms/alarmList.ts';
import { foldVietnamese } from '../../../../client/screens/home/searchLocalities.ts';
import { type Alarm, TLP_LABELS } from '../../../../shared/domain/alarm.ts';
import { SEVERITIES } from '../../../../shared/domain/severity.ts';
import { aFullAlarm, someAlarms } from '../../../support/aFullAlarm.ts';

const PROVINCES: Readonly<Record<string, string>> = { 68: '68', 672: '68', '01': '01', 79: '79' };
const context = { provinceCodeOf: (code: string) => PROVINCES[code], personName: 'Lê Thị Hà', foldedWordsOf: ({ title }: Alarm) => foldVietnamese(`Lâm Đồng ${title}`) };
const passes = (filter: Partial<AlarmFilter>, alarm: Partial<Record<keyof Alarm, unknown>>, personName: string | null = 'Lê Thị Hà') => filterTest({ ...NO_FILTER, ...filter }, { ...context, personName })(aFullAlarm(alarm));

const someFilter: fc.Arbitrary<AlarmFilter> = fc.record({
  domain: fc.constantFrom(null, ...FILTER_DOMAINS), severities: fc.subarray([...SEVERITIES]), state: fc.constantFrom(null, ...FILTER_STATES), place: fc.constantFrom(null, '68', '01', UNPLACED),
  isMine: fc.boolean(), text: fc.string({ maxLength: 12 }), attackId: fc.constantFrom(null, 'T1486', 'T1059.001', 'TA0040'), tlp: fc.constantFrom(null, ...TLP_LABELS),
});

describe('[DK6] filters', () => {
  test.each<[string, Partial<AlarmFilter>, Partial<Record<keyof Alarm, unknown>>, boolean]>([
    ['a domain', { domain: 'dossiers' }, {}, false], ['a level of several', { severities: ['critical', 'high'] }, {}, true], ['a province takes its districts', { place: '68' }, { localityCode: '672' }, true],
    ['and no other', { place: '01' }, { localityCode: '672' }, false], ['nor one whose place is not known', { place: '68' }, { isPlaced: false }, false], ['the unplaced', { place: UNPLACED }, { isPlaced: false, localityCode: 'VN' }, true],
    ['mine', { isMine: true }, { assignee: 'Lê Thị Hà' }, true], ['not another\'s', { isMine: true }, { assignee: 'Trần Văn Nam' }, false], ['words without marks, in any order', { text: 'khau DO lam' }, {}, true],
    ['every word', { text: 'dò tìm' }, {}, false], ['a technique takes its parts', { attackId: 'T1059' }, { attack: { tactics: [], techniques: ['T1059.001'] } }, true],
    ['and not what begins alike', { attackId: 'T1059' }, { attack: { tactics: [], techniques: ['T1590'] } }, false], ['a tactic', { attackId: 'TA0040' }, { attack: { tactics: ['TA0040'], techniques: ['T1486'] } }, true], ['and not another', { attackId: 'TA0001' }, { attack: { tactics: ['TA0040'], techniques: ['T1486'] } }, false], ['a label', { tlp: 'RED' }, { tlp: 'AMBER' }, false],
    ['what is over', { state: 'returned' }, { returnedAtMs: 1 }, true], ['what lost its data', { state: 'data-lost' }, {}, false], ['a shelf', { state: 'shelved' }, { shelved: { by: 'A', atMs: 1, untilMs: 2, why: 'b' } }, true],
  ])('%s', (_, filter, alarm, expected) => expect(passes(filter, alarm)).toBe(expected));

  test('nobody signed in has no alarms of their own', () => expect(passes({ isMine: true }, {}, null)).toBe(false));

  test('without a filter everything passes', () => fc.assert(fc.property(someAlarms, (alarms) => {
    expect(alarms.filter(filterTest(NO_FILTER, context))).toEqual(alarms);
  })));

  test('a filter more never lets more through', () => fc.assert(fc.property(someAlarms, someFilter, (alarms, filter) => {
    const all = alarms.filter(filterTest(filter, context));
    expect(alarms.filter(filterTest({ ...filter, severities: ['high'] }, context)).every((alarm) => all.includes(alarm) || !filter.severities.every((severity) => severity === 'high'))).toBe(true);
  })));
});

describe('[DK11] the address', () => {
  test('says the view and reads as it was said, and leaves what is not its own', () => fc.assert(fc.property(someFilter, fc.constantFrom(...ALARM_TABS), fc.constantFrom(null, 'alert:a', 'state:672:tslcd-link-state'), (filter, tab, alarmId) => {
    const view = { tab, filter, alarmId };
    const written = writeView(new URLSearchParams('lang=en&sound=on&tab=hidden&q=x&alarm=alert:b'), view);
    expect(readView(new URLSearchParams(written.toString()))).toEqual(view);
    expect([written.get('lang'), written.get('sound')]).toEqual(['en', 'on']);
  })));

  test('what is asked wrongly is left out', () => {
    expect(readView(new URLSearchParams('tab=x&domain=y&level=z,high&place=7&attack=abc&tlp=PINK&state=q'))).toEqual({ tab: 'unacknowledged', filter: { ...NO_FILTER, severities: ['high'] }, alarmId: null });
  });

  test('a view without a filter adds nothing', () => {
    expect(writeView(new URLSearchParams(), { tab: 'unacknowledged', filter: NO_FILTER, alarmId: null }).toString()).toBe('');
    expect([isFiltering(NO_FILTER), isFiltering(readFilter(writeFilter(new URLSearchParams(), { ...NO_FILTER, text: 'a' })))]).toEqual([false, true]);
  });
});

describe('[DK14] the cursor', () => {
  const rowsOf = (alarms: readonly Alarm[]): readonly DeskRow[] => alarmList(alarms, [], { tab: 'unacknowledged', test: () => true, isFlood: false, opened: new Set() }).rows;
  const rows = rowsOf([aFullAlarm({ id: 'alert:a', sinceMs: 3 }), aFullAlarm({ id: 'alert:b', sinceMs: 2 }), aFullAlarm({ id: 'alert:c', sinceMs: 1, state: 'ACKED' })]);
  test('follows its row wherever that goes', () => {
    const more = rowsOf([aFullAlarm({ id: 'alert:new', sinceMs: 9 }), aFullAlarm({ id: 'alert:b', sinceMs: 2 })]);
    expect(placeIn(more, { key: 'alert:b', index: 0 })).toBe(1);
  });
  test('stays at its place when its row has left', () => expect(placeIn(rows, { key: 'alert:gone', index: 1 })).toBe(1));
  test('at the end, on the last', () => expect(placeIn(rowsOf([aFullAlarm({ id: 'alert:a' })]), { key: 'alert:gone', index: 7 })).toBe(0));
  test('nowhere in an empty list', () => expect(placeIn([], { key: 'alert:gone', index: 0 })).toBeNull());
  test('steps over a heading, and not beyond the ends', () => {
    expect([stepIn(rows, 1, 1), stepIn(rows, 3, -1), stepIn(rows, 0, -1), stepIn(rows, 0, Number.POSITIVE_INFINITY), stepIn(rows, 3, Number.NEGATIVE_INFINITY)]).toEqual([3, 1, 0, 3, 0]);
  });
  test('always stands on a row where there is one', () => fc.assert(fc.property(someAlarms, fc.integer({ min: 0, max: 40 }), fc.integer({ min: -9, max: 9 }), (alarms, index, step) => {
    const list = rowsOf(alarms);
    const at = placeIn(list, { key: 'none', index });
    expect(at === null ? list.some(({ kind }) => kind !== 'heading') : list[stepIn(list, at, step)]?.kind === 'heading').toBe(false);
  })));
});
