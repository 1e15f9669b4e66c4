import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import type { ActionBarHandle } from '../detail/ActionBar.tsx';
import type { ActionName } from '../detail/ActionDialog.tsx';
import { useDeskSession, useHindrance } from '../deskSession.tsx';
import { acknowledge, assign } from './alarmRequests.ts';
import { aboutAlarm } from './alarmWords.ts';
import { alarmOfRow, type AlarmRow } from './alarmRows.ts';
import { tabOf } from './alarmTabs.ts';
import type { DeskPage } from './useDeskPage.ts';
import { type Sending, useSending } from './useSending.ts';

type DeskDialogName = { readonly kind: 'keys' } | { readonly kind: 'shift' } | { readonly kind: 'bulk'; readonly chosen: readonly Alarm[] } | { readonly kind: 'action'; readonly action: ActionName; readonly alarm: Alarm };

export interface QuickActions {
  readonly dialog: DeskDialogName | null;
  readonly sending: Sending;
  /** What the last key was about; empty: none. */
  readonly about: string;
  /** The last key did nothing, because another row had just come under the cursor. */
  readonly hasSlipped: boolean;
  ask(dialog: DeskDialogName | null): void;
  acknowledge(): void;
  takeOver(): void;
  shelve(): void;
  comment(): void;
}

const isInList = () => document.activeElement?.closest('[role="grid"]') != null;

interface Subject {
  readonly alarm: Alarm;
  /** Its row in the list; `null`: it is the one that is open beside it. */
  readonly row: AlarmRow | null;
}

/** What a key is for; `null`: nothing, or what came under the cursor while it was pressed, and then `onSlip` is told. */
function useSubject({ cursor, shown }: DeskPage, onSlip: (alarm: Alarm) => void): { readonly hasSlipped: boolean; subject(): Subject | null } {
  const [hasSlipped, setSlipped] = useState(false);
  return {
    hasSlipped,
    subject() {
      const row = shown === null || isInList() ? cursor.row : null;
      const alarm = row === null ? shown : alarmOfRow(row);
      const isLate = row !== null && cursor.hasSlipped();
      setSlipped(isLate);
      if (alarm !== null && isLate) onSlip(alarm);
      return alarm === null || isLate ? null : { alarm, row };
    },
  };
}

/** [DK22] What keys do with the alarm under the cursor, or, where the focus is not in the list, with the one that is open beside it. A level 1 alarm is never acknowledged by a key alone: it asks for its note. */
export function useQuickActions(page: DeskPage, detail: RefObject<ActionBarHandle | null>): QuickActions {
  const { t } = useTranslation();
  const { person } = useDeskSession();
  const hindrance = useHindrance();
  const sending = useSending();
  const [dialog, setDialog] = useState<DeskDialogName | null>(null);
  const [about, setAbout] = useState('');
  const { wording, selected, show } = page;
  const name = (of: Alarm) => setAbout(aboutAlarm(wording.wordsOf(of), t));
  const { hasSlipped, subject } = useSubject(page, (of) => { name(of); sending.forget(); });
  /** Once the detail of that alarm is there. */
  const inDetail = (of: Alarm, act: (bar: ActionBarHandle) => void) => {
    show(of);
    requestAnimationFrame(() => { if (detail.current !== null) act(detail.current); });
  };
  return {
    dialog, sending, about, hasSlipped, ask: setDialog,
    acknowledge() {
      if (hindrance !== null) return;
      if (selected.length > 0) { setDialog({ kind: 'bulk', chosen: selected }); return; }
      const asked = subject();
      if (asked === null) return;
      const { alarm, row } = asked;
      if (row?.kind === 'group' && row.why === 'flood') setDialog({ kind: 'bulk', chosen: row.alarms });
      else if (alarm.severity === 'critical') inDetail(alarm, (bar) => bar.acknowledge());
      else if (tabOf(alarm) !== 'closed' && alarm.state !== 'ACKED') { name(alarm); void sending.run(() => acknowledge(alarm, null)); }
    },
    takeOver() {
      const alarm = hindrance === null && person !== null ? subject()?.alarm : undefined;
      if (alarm === undefined || person === null || alarm.state === 'NORMAL') return;
      name(alarm);
      void sending.run(() => assign(alarm.id, { to: person.name }));
    },
    shelve() {
      const alarm = hindrance === null ? subject()?.alarm : undefined;
      if (alarm !== undefined && alarm.state !== 'NORMAL') setDialog({ kind: 'action', action: 'shelve', alarm });
    },
    comment() {
      const alarm = subject()?.alarm;
      if (alarm !== undefined) inDetail(alarm, (bar) => bar.focusNote());
    },
  };
}
