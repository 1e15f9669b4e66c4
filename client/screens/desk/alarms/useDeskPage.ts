import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { useIsFlood } from '../../../panels/alarmHooks.ts';
import { useDeskSession } from '../deskSession.tsx';
import { type AlarmFilter, filterTest } from './alarmFilter.ts';
import { type AlarmList, alarmList } from './alarmList.ts';
import { alarmOfRow, type AlarmRow, alarmsOf, membersByCause, type SingleRow } from './alarmRows.ts';
import type { AlarmTab } from './alarmTabs.ts';
import { type Cursor, useCursor } from './useCursor.ts';
import { type DeskView, useDeskAddress } from './useDeskAddress.ts';
import { type DeskAlarms, useDeskAlarms, useWording } from './useDeskAlarms.ts';
import type { Wording } from './alarmWords.ts';

const NONE: readonly Alarm[] = [];

export interface DeskPage extends DeskAlarms {
  readonly view: DeskView;
  readonly list: AlarmList;
  readonly wording: Wording;
  readonly cursor: Cursor;
  readonly selectedIds: ReadonlySet<string>;
  /** Selected, and still in the list. */
  readonly selected: readonly Alarm[];
  /** Whose detail is open, as the lists have it; `null`: in none. */
  readonly shown: Alarm | null;
  readonly cause: Alarm | null;
  readonly members: readonly Alarm[];
  causeOf(row: SingleRow): string | null;
  showTab(tab: AlarmTab): void;
  show(alarm: Alarm): void;
  filterBy(change: Partial<AlarmFilter>): void;
  toggleGroup(key: string): void;
  toggleSelect(row: AlarmRow): void;
  clearSelection(): void;
}

/** A set that is another one after each change. */
function useToggled(): readonly [ReadonlySet<string>, (keys: readonly string[]) => void, () => void] {
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((keys: readonly string[]) => setHeld((before) => {
    const isAll = keys.every((key) => before.has(key));
    return new Set(isAll ? [...before].filter((key) => !keys.includes(key)) : [...before, ...keys]);
  }), []);
  const clear = useCallback(() => setHeld(new Set()), []);
  return [held, toggle, clear];
}

function useTest(filter: AlarmFilter, wording: Wording): (alarm: Alarm) => boolean {
  const { person } = useDeskSession();
  const catalogue = useCatalogue();
  const personName = person?.name ?? null;
  return useMemo(() => filterTest(filter, { provinceCodeOf: (code) => catalogue.provinceOf(code)?.code, personName, foldedWordsOf: wording.foldedWordsOf }), [filter, catalogue, personName, wording]);
}

/** The worst alarm is open beside the list when the page is; from then on only a person changes which. */
function useFirstShown(alarmId: string | null, first: AlarmRow | undefined, isKnown: boolean, show: (alarm: Alarm) => void): void {
  const isDone = useRef(alarmId !== null);
  useEffect(() => {
    if (isDone.current || !isKnown || first === undefined) return;
    isDone.current = true;
    show(alarmOfRow(first));
  }, [isKnown, first, show]);
}

/** All that the page of alarms knows. Lists are the same while nothing of them changed. */
export function useDeskPage(): DeskPage {
  const alarms = useDeskAlarms();
  const { open, closed, isKnown } = alarms;
  const wording = useWording();
  const [view, change] = useDeskAddress();
  const isFlood = useIsFlood();
  const [opened, toggleOpened] = useToggled();
  const [selectedIds, toggleIds, clearSelection] = useToggled();
  const test = useTest(view.filter, wording);
  const list = useMemo(() => alarmList(open, closed, { tab: view.tab, test, isFlood, opened }), [open, closed, view.tab, test, isFlood, opened]);
  const cursor = useCursor(list.rows);
  const membersById = useMemo(() => membersByCause(open), [open]);
  const byId = useMemo(() => new Map([...closed, ...open].map((alarm) => [alarm.id, alarm])), [open, closed]);
  const shown = view.alarmId === null ? null : (byId.get(view.alarmId) ?? null);
  const show = useCallback((alarm: Alarm) => change({ alarmId: alarm.id }), [change]);
  const first = list.rows.find((row): row is AlarmRow => row.kind !== 'heading');
  useFirstShown(view.alarmId, first, isKnown, show);
  const causeOf = useCallback(({ alarm }: SingleRow) => {
    const cause = alarm.suppressedBy === null ? undefined : byId.get(alarm.suppressedBy);
    return cause === undefined ? null : wording.wordsOf(cause).what;
  }, [byId, wording]);
  return {
    ...alarms, view, list, wording, cursor, selectedIds, shown, causeOf, show, clearSelection,
    selected: useMemo(() => open.filter(({ id }) => selectedIds.has(id)), [open, selectedIds]),
    cause: shown?.suppressedBy == null ? null : (byId.get(shown.suppressedBy) ?? null),
    members: shown === null ? NONE : (membersById.get(shown.id) ?? NONE),
    showTab: useCallback((tab) => { clearSelection(); change({ tab }); }, [change, clearSelection]),
    filterBy: useCallback((changed) => change({ filter: { ...view.filter, ...changed } }), [change, view.filter]),
    toggleGroup: useCallback((key) => toggleOpened([key]), [toggleOpened]),
    toggleSelect: useCallback((row) => toggleIds(alarmsOf(row).filter(({ severity, state }) => severity !== 'critical' && state !== 'ACKED').map(({ id }) => id)), [toggleIds]),
  };
}
