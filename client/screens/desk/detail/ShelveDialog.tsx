import { useState } from 'react';
import { Input, Label, TextArea, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ALARM_LIMITS } from '../../../../shared/domain/alarmEvent.ts';
import { formatClockShort } from '../../../i18n/format.ts';
import { useNow } from '../../../store/mirrorHooks.tsx';
import { shelve } from '../alarms/alarmRequests.ts';
import { DeskDialog, SendForm } from '../alarms/DeskDialog.tsx';
import { useSending } from '../alarms/useSending.ts';
import type { ActionDialogProps } from './ActionDialog.tsx';

const MINUTE_MS = 60_000;
/** The last is the longest there is. */
const CHOICES_MINUTES = [15, 30, 60, 120, 240, ALARM_LIMITS.shelveMs / MINUTE_MS] as const;

interface Second {
  readonly account: string;
  readonly password: string;
}

function SecondPerson({ second, onChange }: { readonly second: Second; readonly onChange: (second: Second) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="alarms-second">
      <legend>{t('alarms.act.second')}</legend>
      <TextField className="desk-field" value={second.account} onChange={(account) => onChange({ ...second, account })} maxLength={60}><Label>{t('alarms.act.secondName')}</Label><Input autoComplete="off" spellCheck="false" /></TextField>
      <TextField className="desk-field" type="password" value={second.password} onChange={(password) => onChange({ ...second, password })} maxLength={200}><Label>{t('alarms.act.secondPassword')}</Label><Input autoComplete="off" /></TextField>
    </fieldset>
  );
}

/** [DK17] Out of sight only with a reason and an end; a critical one only if a second person agrees. */
export function ShelveDialog({ alarm, about, onClose }: ActionDialogProps) {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const sending = useSending();
  const [minutes, setMinutes] = useState<number>(60);
  const [why, setWhy] = useState('');
  const [second, setSecond] = useState<Second>({ account: '', password: '' });
  const needsSecond = alarm.severity === 'critical';
  const isAgreed = !needsSecond || (second.account.trim() !== '' && second.password !== '');
  const missing = why.trim() === '' ? t('alarms.act.whyMissing') : isAgreed ? null : t('alarms.act.second');
  const send = () => shelve(alarm.id, { forMs: minutes * MINUTE_MS, why: why.trim(), second: needsSecond ? { account: second.account.trim(), password: second.password } : null });
  return (
    <DeskDialog title={t('alarms.act.shelve')} onClose={onClose}>
      <p>{about}</p>
      <SendForm sending={sending} sendLabel={t('alarms.act.shelve')} missing={missing} onSend={send} onDone={onClose} onClose={onClose}>
        <TextField className="desk-field" value={why} onChange={setWhy} maxLength={ALARM_LIMITS.why} autoFocus><Label>{t('alarms.act.why')}</Label><TextArea rows={2} /></TextField>
        <fieldset className="alarms-durations">
          <legend>{t('alarms.act.for')}</legend>
          {CHOICES_MINUTES.map((choice) => (
            <label key={choice}><input type="radio" name="shelve-for" checked={choice === minutes} onChange={() => setMinutes(choice)} />{choice < 60 ? t('alarms.act.minutes', { count: choice }) : t('alarms.act.hours', { count: choice / 60 })}</label>
          ))}
          <p className="num">{t('alarms.act.until', { time: formatClockShort(serverNowMs + minutes * MINUTE_MS) })}</p>
        </fieldset>
        {needsSecond && <SecondPerson second={second} onChange={setSecond} />}
      </SendForm>
    </DeskDialog>
  );
}
