import { useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type Disposition, DISPOSITIONS } from '../../../../shared/domain/alarm.ts';
import { ALARM_LIMITS } from '../../../../shared/domain/alarmEvent.ts';
import { judge } from '../alarms/alarmRequests.ts';
import { DeskDialog, SendForm } from '../alarms/DeskDialog.tsx';
import { useSending } from '../alarms/useSending.ts';
import type { ActionDialogProps } from './ActionDialog.tsx';

/** What it turned out to be. */
export function JudgeDialog({ alarm, about, onClose }: ActionDialogProps) {
  const { t } = useTranslation();
  const sending = useSending();
  const [disposition, setDisposition] = useState<Disposition | null>(alarm.disposition);
  const [note, setNote] = useState('');
  const send = async () => (disposition === null ? 'refused' as const : judge(alarm.id, { occurrenceId: alarm.occurrenceId, disposition, comment: note.trim() === '' ? null : note.trim() }));
  return (
    <DeskDialog title={t('alarms.act.judge')} onClose={onClose}>
      <p>{about}</p>
      <SendForm sending={sending} sendLabel={t('alarms.act.judge')} missing={disposition === null ? t('alarms.act.verdictMissing') : null} onSend={send} onDone={onClose} onClose={onClose}>
        <fieldset className="alarms-durations">
          <legend>{t('alarms.act.verdict')}</legend>
          {DISPOSITIONS.map((one, position) => (
            // biome-ignore lint/a11y/noAutofocus: the dialog was opened to choose one of these.
            <label key={one}><input type="radio" name="disposition" autoFocus={position === 0} checked={one === disposition} onChange={() => setDisposition(one)} />{t(`alarms.disposition.${one}`)}</label>
          ))}
        </fieldset>
        <TextField className="desk-field" value={note} onChange={setNote} maxLength={ALARM_LIMITS.comment}><Label>{t('alarms.act.verdictNote')}</Label><TextArea rows={2} /></TextField>
      </SendForm>
    </DeskDialog>
  );
}
