import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { aboutAlarm, type Wording } from '../alarms/alarmWords.ts';
import { AssignDialog } from './AssignDialog.tsx';
import { JudgeDialog } from './JudgeDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { ShelveDialog } from './ShelveDialog.tsx';

export type ActionName = 'assign' | 'shelve' | 'judge' | 'remove';

export interface ActionDialogProps {
  readonly alarm: Alarm;
  /** "Lâm Đồng: mã độc…", so that nobody acts on another one than they think. */
  readonly about: string;
  readonly onClose: () => void;
}

const DIALOGS = { assign: AssignDialog, shelve: ShelveDialog, judge: JudgeDialog, remove: RemoveDialog } as const;

/** What an action asks before it is sent. */
export function ActionDialog({ action, alarm, wording, onClose }: { readonly action: ActionName; readonly alarm: Alarm; readonly wording: Wording; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const Asked = DIALOGS[action];
  return <Asked alarm={alarm} about={aboutAlarm(wording.wordsOf(alarm), t)} onClose={onClose} />;
}
