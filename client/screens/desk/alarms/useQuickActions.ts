import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import type { ActionBarHandle } from '../detail/ActionBar.tsx';
import type { ActionName } from '../detail/ActionDialog.tsx';
import { useDeskSession, useHindrance } from '../deskSession.tsx';
import { acknowledge, assign } from './alarmRequests.ts';
import { aboutAlarm } from './alarmWords.ts';
import { alarmOfRow } from './alarmRows.ts';
import { tabOf } from './alarmTabs.ts';
import type { DeskPage } from './useDeskPage.ts';
import { type Sending, useSending } from './useSending.ts';

type DeskDialogName = { readonly kind: 'keys' } | { readonly kind: 'shift' } | { readonly kind: 'bulk'; readonly chosen: readonly Alarm[] } | { readonly kind: 'action'; readonly action: ActionName; readonly alarm: Alarm };

export interface QuickActions {
  readonly dialog: DeskDialogName | null;
  readonly sending: Sending;
  /** What the last key was about; empty: none. */
  readonly about: string;
  ask(dialog: DeskDialogName | null): void;
  acknowledge(): void;
  takeOver(): void;
  shelve(): void;
  comment(): void;
}

/** [DK22] What keys do with the alarm under the cursor. A level 1 alarm is never acknowledged by a key alone: it asks for its note. */
export function useQuickActions(page: DeskPage, detail: RefObject<ActionBarHandle | null>): QuickActions {
  const { t } = useTranslation();
  const { person } = useDeskSession();
  const hindrance = useHindrance();
  const sending = useSending();
  const [dialog, setDialog] = useState<DeskDialogName | null>(null);
  const [about, setAbout] = useState('');
  const { cursor: { row }, wording, selected, show } = page;
  const alarm = row === null ? null : alarmOfRow(row);
  const name = (of: Alarm) => setAbout(aboutAlarm(wording.wordsOf(of), t));
  /** Once the detail of that alarm is there. */
  const inDetail = (of: Alarm, act: (bar: ActionBarHandle) => void) => {
    show(of);
    requestAnimationFrame(() => { if (detail.current !== null) act(detail.current); });
  };
  return {
    dialog, sending, about, ask: setDialog,
    acknowledge() {
      if (hindrance !== null || alarm === null || row === null) return;
      if (selected.length > 0) setDialog({ kind: 'bulk', chosen: selected });
      else if (row.kind === 'group' && row.why === 'flood') setDialog({ kind: 'bulk', chosen: row.alarms });
      else if (alarm.severity === 'critical') inDetail(alarm, (bar) => bar.acknowledge());
      else if (tabOf(alarm) !== 'closed' && alarm.state !== 'ACKED') { name(alarm); void sending.run(() => acknowledge(alarm, null)); }
    },
    takeOver() {
      if (hindrance !== null || alarm === null || person === null || alarm.state === 'NORMAL') return;
      name(alarm);
      void sending.run(() => assign(alarm.id, { to: person.name }));
    },
    shelve() { if (hindrance === null && alarm !== null && alarm.state !== 'NORMAL') setDialog({ kind: 'action', action: 'shelve', alarm }); },
    comment() { if (alarm !== null) inDetail(alarm, (bar) => bar.focusNote()); },
  };
}
