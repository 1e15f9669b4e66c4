import { useCallback, useRef, useState } from 'react';
import { type AlarmFilter, readFilter, writeFilter } from './alarmFilter.ts';
import { ALARM_TABS, type AlarmTab } from './alarmTabs.ts';

/** What of the list is in the address, so that a link or a reload leads there. */
export interface DeskView {
  readonly tab: AlarmTab;
  readonly filter: AlarmFilter;
  /** Of the alarm whose detail is open; `null`: none. */
  readonly alarmId: string | null;
}

/** [DK11] What is asked wrongly is the list of what waits. Inverse of `writeView`. Pure. */
export function readView(search: URLSearchParams): DeskView {
  return { tab: ALARM_TABS.find((tab) => tab === search.get('tab')) ?? 'unacknowledged', filter: readFilter(search), alarmId: search.get('alarm') };
}

/** The address with this view in it, and everything else of it as it was. Pure. */
export function writeView(search: URLSearchParams, { tab, filter, alarmId }: DeskView): URLSearchParams {
  const next = writeFilter(search, filter);
  if (tab === 'unacknowledged') next.delete('tab');
  else next.set('tab', tab);
  if (alarmId === null) next.delete('alarm');
  else next.set('alarm', alarmId);
  return next;
}

/** Kept in the address as sound and language are: without the router, for which it would be another page. */
export function useDeskAddress(): readonly [DeskView, (change: Partial<DeskView>) => void] {
  const [view, setView] = useState(() => readView(new URLSearchParams(window.location.search)));
  const held = useRef(view);
  const change = useCallback((changed: Partial<DeskView>) => {
    held.current = { ...held.current, ...changed };
    setView(held.current);
    const query = writeView(new URLSearchParams(window.location.search), held.current).toString();
    window.history.replaceState(window.history.state, '', window.location.pathname + (query === '' ? '' : `?${query}`));
  }, []);
  return [view, change];
}
