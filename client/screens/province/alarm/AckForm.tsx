import { CheckCheck, LogIn } from 'lucide-react';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Button, FieldError, Form, Label, TextArea, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { ALARM_LIMITS } from '../../../../shared/domain/alarmEvent.ts';
import { SignInDialog } from '../../../session/SignInDialog.tsx';
import { SESSION_PATH } from '../../../session/sessionRequests.ts';
import { useSession } from '../../../session/useSession.ts';
import { useLink } from '../../../store/mirrorHooks.tsx';
import { type AckOutcome, acknowledge, isOtherThanSeen, type Seen } from './acknowledge.ts';

/** What was typed and what was seen outlive a sign-in and an answer of the server. */
function useAcknowledging(alarm: Alarm) {
  const answers = useQueryClient();
  const [seen, setSeen] = useState<Seen>({ occurrenceId: alarm.occurrenceId, severity: alarm.severity });
  const [note, setNote] = useState('');
  const [outcome, setOutcome] = useState<AckOutcome | { readonly kind: 'sending' } | null>(null);
  const isOther = isOtherThanSeen(alarm, seen);
  return {
    note, setNote, outcome, isOther,
    look() { setSeen({ occurrenceId: alarm.occurrenceId, severity: alarm.severity }); setOutcome(null); },
    async send() {
      setOutcome({ kind: 'sending' });
      const became = await acknowledge(alarm.id, seen, note);
      setOutcome(became);
      // Its session has ended meanwhile: who is signed in is asked again.
      if (became.kind === 'signedOut') await answers.invalidateQueries({ queryKey: [SESSION_PATH] });
    },
  };
}

type Acknowledging = ReturnType<typeof useAcknowledging>;

function NoteField({ severity, held: { note, setNote } }: { readonly severity: Alarm['severity']; readonly held: Acknowledging }) {
  const { t } = useTranslation();
  const isNeeded = severity === 'critical';
  return (
    <TextField className="alarm-note" value={note} onChange={setNote} maxLength={ALARM_LIMITS.comment} isRequired={isNeeded} validate={(typed) => (isNeeded && typed.trim() === '' ? t('acknowledge.noteMissing') : null)}>
      <Label>{t(isNeeded ? 'acknowledge.noteRequired' : 'acknowledge.note')}</Label>
      <TextArea rows={3} />
      <FieldError className="alarm-error">{({ isInvalid }) => (isInvalid ? t('acknowledge.noteMissing') : '')}</FieldError>
    </TextField>
  );
}

/** What stands in the way of the button, in words; empty: nothing. */
function useSaid({ outcome, isOther }: Acknowledging, isOffline: boolean): { readonly text: string; readonly isBad: boolean } {
  const { t } = useTranslation();
  if (isOffline) return { text: t('handover.offline'), isBad: true };
  if (isOther || outcome?.kind === 'changed') return { text: t('acknowledge.outcome.changed'), isBad: true };
  if (outcome === null || outcome.kind === 'taken') return { text: '', isBad: false };
  if (outcome.kind === 'sending') return { text: t('acknowledge.sending'), isBad: false };
  return { text: t(`acknowledge.outcome.${outcome.kind}`), isBad: true };
}

/**
 * [AW7] Taking an alarm: a note, a name, one press. What is sent is what was seen when the sheet opened, or when its reader last said
 * that they have looked again.
 */
export function AckForm({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation();
  const { person, isKnown } = useSession();
  const isOffline = useLink().state !== 'live';
  const [isSigningIn, setSigningIn] = useState(false);
  const held = useAcknowledging(alarm);
  const { text, isBad } = useSaid(held, isOffline);
  const mustLook = held.isOther || held.outcome?.kind === 'changed';
  const isSending = held.outcome?.kind === 'sending';
  const needsPerson = isKnown && person === null;
  const canSend = person !== null && !isSending && !isOffline && !mustLook;
  return (
    <>
      <Form className="alarm-form" onSubmit={(event) => { event.preventDefault(); if (canSend) void held.send(); }}>
        <NoteField severity={alarm.severity} held={held} />
        <p className="alarm-said" role={isBad ? 'alert' : 'status'} data-bad={isBad}>{text !== '' ? text : person === null ? '' : t('acknowledge.as', { name: person.name })}</p>
        {needsPerson ? <Button className="alarm-send" isDisabled={isOffline} onPress={() => setSigningIn(true)}><LogIn aria-hidden="true" />{t('acknowledge.signIn')}</Button>
          : mustLook ? <Button className="alarm-send" onPress={held.look}>{t('acknowledge.look')}</Button>
            : <Button className="alarm-send" type="submit" isDisabled={!canSend}><CheckCheck aria-hidden="true" />{t('acknowledge.button')}</Button>}
      </Form>
      {/* Not within the form: what is submitted there would be submitted here too. */}
      {isSigningIn && <SignInDialog onClose={() => setSigningIn(false)} />}
    </>
  );
}
