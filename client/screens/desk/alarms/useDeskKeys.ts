import { useEffect, useLayoutEffect, useRef } from 'react';
import { isTyping } from '../../isTyping.ts';
import { ALARM_TABS, type AlarmTab } from './alarmTabs.ts';

export interface DeskKeyActions {
  readonly onMove: (step: number) => void;
  readonly onAcknowledge: () => void;
  readonly onTakeOver: () => void;
  readonly onShelve: () => void;
  readonly onComment: () => void;
  readonly onSelect: () => void;
  readonly onSearch: () => void;
  readonly onHelp: () => void;
  readonly onTab: (tab: AlarmTab) => void;
}

const isChoosing = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('[role="listbox"], [role="menu"]') !== null;

/** What a key stands for; `null`: nothing here. */
function actionOf(key: string, actions: DeskKeyActions): (() => void) | null {
  const tab = ALARM_TABS[Number(key) - 1];
  if (/^[1-4]$/.test(key) && tab !== undefined) return () => actions.onTab(tab);
  switch (key) {
    case 'j': return () => actions.onMove(1);
    case 'k': return () => actions.onMove(-1);
    case 'a': return actions.onAcknowledge;
    case 'g': return actions.onTakeOver;
    case 'z': return actions.onShelve;
    case 'c': return actions.onComment;
    case 'x': return actions.onSelect;
    case '/': return actions.onSearch;
    case '?': return actions.onHelp;
    default: return null;
  }
}

/** Where nothing has the focus, arrows are the list's; elsewhere they belong to what has it. */
const arrowStep = (key: string, target: EventTarget | null) => (target !== document.body ? null : key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : null);

/** Keys of the page wherever the focus is, but in fields, lists of choices and dialogs. What the list has taken is not taken again. */
export function useDeskKeys(actions: DeskKeyActions): void {
  const latest = useRef(actions);
  useLayoutEffect(() => { latest.current = actions; });
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      const { defaultPrevented, ctrlKey, metaKey, altKey, repeat, target, key } = event;
      if (defaultPrevented || ctrlKey || metaKey || altKey || isTyping(target) || isChoosing(target)) return;
      const step = arrowStep(key, target);
      // A key held down moves on; it does not acknowledge one alarm after the other.
      if (repeat && step === null && key !== 'j' && key !== 'k') return;
      const act = step === null ? actionOf(key.length === 1 ? key.toLowerCase() : key, latest.current) : () => latest.current.onMove(step);
      if (act === null) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, []);
}
