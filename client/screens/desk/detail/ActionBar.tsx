import { ArrowUpRight, CheckCheck, Clock, Eye, Gavel, type LucideIcon, MessageSquare, RotateCcw, ShieldOff, Undo2 } from 'lucide-react';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { ALARM_LIMITS } from '../../../../shared/domain/alarmEvent.ts';
import { acknowledge, type AlarmOutcome, comment, reset, returnToService, unshelve } from '../alarms/alarmRequests.ts';
import { useSending } from '../alarms/useSending.ts';
import { isOtherThanSeen, type Seen } from '../../province/alarm/acknowledge.ts';
import { useDeskSession, useHindrance } from '../deskSession.tsx';
import type { ActionName } from './ActionDialog.tsx';

export interface ActionBarHandle {
  /** As the button does: without a note that is needed it asks for one. */
  acknowledge(): void;
  focusNote(): void;
}

interface ActionBarProps {
  readonly ref?: Ref<ActionBarHandle>;
  readonly alarm: Alarm;
  readonly onAsk: (action: ActionName) => void;
}

type Missing = 'note' | 'text' | null;

interface MoreActionsProps extends Pick<ActionBarProps, 'alarm' | 'onAsk'> {
  readonly isBusy: boolean;
  readonly onComment: () => void;
  readonly onRun: (send: () => Promise<AlarmOutcome>) => void;
}

function MoreActions({ alarm: { id, severity, state, shelved, outOfService, isLatched }, isBusy, onAsk, onComment, onRun }: MoreActionsProps) {
  const { t } = useTranslation();
  const isOpen = state !== 'NORMAL';
  const button = (Icon: LucideIcon, label: string, onPress: () => void) => <Button className="desk-button" isDisabled={isBusy} onPress={onPress}><Icon aria-hidden="true" />{label}</Button>;
  return (
    <>
      {isLatched && button(RotateCcw, t('alarms.act.reset'), () => onRun(() => reset(id)))}
      {isOpen && button(ArrowUpRight, t('alarms.act.assign'), () => onAsk('assign'))}
      {isOpen && (shelved === null ? button(Clock, t('alarms.act.shelve'), () => onAsk('shelve')) : button(Undo2, t('alarms.act.unshelve'), () => onRun(() => unshelve(id))))}
      {button(MessageSquare, t('alarms.act.comment'), onComment)}
      {button(Gavel, t('alarms.act.judge'), () => onAsk('judge'))}
      {/* [LC6] A critical one is refused: what one person may hide, and without an end, is none. */}
      {isOpen && outOfService === null && severity !== 'critical' && button(ShieldOff, t('alarms.act.remove'), () => onAsk('remove'))}
      {isOpen && outOfService !== null && button(Undo2, t('alarms.act.putBack'), () => onRun(() => returnToService(id)))}
    </>
  );
}

/** [LC4] The note, and the alarm as it was when its writer began: what it became meanwhile they have not seen. Without a note it is as it is shown. */
function useNote({ occurrenceId, severity }: Alarm) {
  const [note, setText] = useState('');
  const [seen, setSeen] = useState<Seen | null>(null);
  const now = { occurrenceId, severity };
  return {
    note, isOther: seen !== null && isOtherThanSeen(now, seen),
    setNote(text: string) { setText(text); setSeen((before) => (text === '' ? null : (before ?? now))); },
    look() { setSeen(now); },
  };
}

/** [DK16] What can be done with an alarm, and why it cannot. The note typed stays until the server has it. */
export function ActionBar({ ref, alarm, onAsk }: ActionBarProps) {
  const { t } = useTranslation();
  const hindrance = useHindrance();
  const { askSignIn } = useDeskSession();
  const sending = useSending();
  const { note, isOther, setNote, look } = useNote(alarm);
  const [missing, setMissing] = useState<Missing>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const isBusy = hindrance !== null || sending.isSending;
  const canAcknowledge = alarm.state === 'UNACK' || alarm.state === 'RTN_UNACK';
  const needsNote = alarm.severity === 'critical' && canAcknowledge;
  const want = (what: Missing) => {
    setMissing(what);
    if (what !== null) field.current?.focus();
    return what === null;
  };
  const run = async (send: () => Promise<AlarmOutcome>, usesNote: boolean) => {
    setMissing(null);
    const outcome = await sending.run(send);
    if (usesNote && (outcome === 'done' || outcome === 'again')) setNote('');
  };
  const typed = note.trim() === '' ? null : note.trim();
  const handleAcknowledge = () => {
    if (isBusy || isOther || !canAcknowledge || !want(needsNote && typed === null ? 'note' : null)) return;
    void run(() => acknowledge(alarm, typed), true);
  };
  const handleComment = () => {
    if (!isBusy && want(typed === null ? 'text' : null) && typed !== null) void run(() => comment(alarm.id, { text: typed }), true);
  };
  const latest = useRef(handleAcknowledge);
  useEffect(() => { latest.current = handleAcknowledge; });
  useImperativeHandle(ref, () => ({ acknowledge: () => latest.current(), focusNote: () => field.current?.focus() }), []);
  const label = t(needsNote ? 'alarms.act.noteRequired' : canAcknowledge ? 'alarms.act.note' : 'alarms.act.comment');
  return (
    <div className="detail-act">
      <textarea ref={field} className="detail-note" rows={3} maxLength={ALARM_LIMITS.comment} aria-label={label} placeholder={label} value={note} readOnly={hindrance === 'viewer'} aria-invalid={missing !== null}
        onChange={({ target }) => { setNote(target.value); setMissing(null); sending.forget(); }}
        onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); (canAcknowledge ? handleAcknowledge : handleComment)(); } if (event.key === 'Escape') event.currentTarget.blur(); }} />
      <div className="detail-buttons">
        {canAcknowledge && isOther && <Button className="desk-button" data-main="true" onPress={look}><Eye aria-hidden="true" />{t('acknowledge.look')}</Button>}
        {canAcknowledge && !isOther && <Button className="desk-button" data-main={alarm.severity} isDisabled={isBusy} onPress={handleAcknowledge}><CheckCheck aria-hidden="true" />{t('alarms.act.ack')}</Button>}
        <MoreActions alarm={alarm} isBusy={isBusy} onAsk={onAsk} onComment={handleComment} onRun={(send) => void run(send, false)} />
      </div>
      {hindrance === 'signIn' && <Button className="desk-button" data-main="true" onPress={askSignIn}>{t('alarms.act.signIn')}</Button>}
      <p className="alarms-said" role="status" data-outcome={sending.outcome ?? undefined}>{hindrance === 'offline' || hindrance === 'viewer' ? t(`alarms.act.${hindrance}`) : canAcknowledge && isOther ? t('alarms.act.outcome.changed') : missing === 'note' ? t('alarms.act.noteMissing') : missing === 'text' ? t('alarms.act.textMissing')
        : sending.isSending ? t('alarms.act.sending') : sending.outcome !== null ? t(`alarms.act.outcome.${sending.outcome}`) : alarm.state === 'NORMAL' ? '' : t('alarms.act.shelveTip')}</p>
    </div>
  );
}
