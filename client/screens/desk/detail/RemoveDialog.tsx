import { useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ALARM_LIMITS } from '../../../../shared/domain/alarmEvent.ts';
import { removeFromService } from '../alarms/alarmRequests.ts';
import { DeskDialog, SendForm } from '../alarms/DeskDialog.tsx';
import { useSending } from '../alarms/useSending.ts';
import type { ActionDialogProps } from './ActionDialog.tsx';

/** Out of service until somebody puts it back: only with a reason. */
export function RemoveDialog({ alarm, about, onClose }: ActionDialogProps) {
  const { t } = useTranslation();
  const sending = useSending();
  const [why, setWhy] = useState('');
  return (
    <DeskDialog title={t('alarms.act.remove')} onClose={onClose}>
      <p>{about}</p>
      <p className="desk-note">{t('alarms.act.removeTip')}</p>
      <SendForm sending={sending} sendLabel={t('alarms.act.remove')} missing={why.trim() === '' ? t('alarms.act.whyMissing') : null} onSend={() => removeFromService(alarm.id, { why: why.trim() })} onDone={onClose} onClose={onClose}>
        <TextField className="desk-field" value={why} onChange={setWhy} maxLength={ALARM_LIMITS.why} autoFocus><Label>{t('alarms.act.why')}</Label><TextArea rows={2} /></TextField>
      </SendForm>
    </DeskDialog>
  );
}
