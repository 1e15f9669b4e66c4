import { useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { assign } from '../alarms/alarmRequests.ts';
import { DeskDialog, SendForm } from '../alarms/DeskDialog.tsx';
import { useSending } from '../alarms/useSending.ts';
import { useDeskSession } from '../deskSession.tsx';
import type { ActionDialogProps } from './ActionDialog.tsx';

/** Who works on it: by name, or the one who asks. An empty name takes it from whoever had it. */
export function AssignDialog({ alarm, about, onClose }: ActionDialogProps) {
  const { t } = useTranslation();
  const { person } = useDeskSession();
  const sending = useSending();
  const [to, setTo] = useState(alarm.assignee ?? '');
  const named = to.trim();
  const isTakenBack = named === '' && alarm.assignee !== null;
  return (
    <DeskDialog title={t('alarms.act.assign')} onClose={onClose}>
      <p>{about}</p>
      <SendForm sending={sending} sendLabel={t(isTakenBack ? 'alarms.act.unassign' : 'alarms.act.assign')} missing={named === '' && !isTakenBack ? t('alarms.act.textMissing') : null}
        onSend={() => assign(alarm.id, { to: named === '' ? null : named })} onDone={onClose} onClose={onClose}>
        <TextField className="desk-field" value={to} onChange={setTo} maxLength={60} autoFocus><Label>{t('alarms.act.assignTo')}</Label><Input autoComplete="off" spellCheck="false" /></TextField>
        {person !== null && <Button className="desk-button" onPress={() => setTo(person.name)}>{t('alarms.act.assignMe')}</Button>}
      </SendForm>
    </DeskDialog>
  );
}
