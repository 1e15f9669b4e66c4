import { useState } from 'react';
import { Button, Form, Label, TextArea, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { ALARM_LIMITS } from '../../../../shared/domain/alarmEvent.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { useHindrance } from '../deskSession.tsx';
import { LevelMark } from './AlarmCells.tsx';
import { acknowledgeMany, type AlarmOutcome } from './alarmRequests.ts';
import type { Wording } from './alarmWords.ts';
import { bulkPlan } from './bulk.ts';
import { DeskDialog } from './DeskDialog.tsx';
import { useSending } from './useSending.ts';

interface BulkDialogProps {
  /** As they were listed when it was opened: what is acknowledged is what was seen. */
  readonly chosen: readonly Alarm[];
  readonly wording: Wording;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const NONE: ReadonlyMap<string, AlarmOutcome> = new Map();

function useOutcomeWords(): (outcome: AlarmOutcome) => string {
  const { t } = useTranslation();
  return (outcome) => (outcome === 'done' || outcome === 'again' || outcome === 'changed' || outcome === 'unknown' ? t(`alarms.bulk.outcome.${outcome}`) : t('alarms.bulk.outcome.refused'));
}

function Listed({ alarms, outcomes, wording }: { readonly alarms: readonly Alarm[]; readonly outcomes: ReadonlyMap<string, AlarmOutcome>; readonly wording: Wording }) {
  const words = useOutcomeWords();
  return (
    <ul className="alarms-bulkList">
      {alarms.map((alarm) => {
        const { place, unit, what } = wording.wordsOf(alarm);
        const outcome = outcomes.get(alarm.id);
        return <li key={alarm.id}><LevelMark alarm={alarm} /><b>{unit === '' ? place : `${place}, ${unit}`}</b><span>{what}</span>{outcome !== undefined && <em data-outcome={outcome}>{words(outcome)}</em>}</li>;
      })}
    </ul>
  );
}

/** Several acknowledged at once: exactly those listed, and then what became of each. */
export function BulkDialog({ chosen, wording, onDone, onClose }: BulkDialogProps) {
  const { t } = useTranslation();
  const hindrance = useHindrance();
  const sending = useSending();
  const [{ alarms, critical, beyond }] = useState(() => bulkPlan(chosen));
  const [note, setNote] = useState('');
  const [outcomes, setOutcomes] = useState(NONE);
  const isAnswered = outcomes.size > 0;
  const send = async () => {
    const outcome = await sending.run(async () => {
      const answer = await acknowledgeMany(alarms, note.trim() === '' ? null : note.trim());
      setOutcomes(answer.outcomesById);
      return answer.outcome;
    });
    if (outcome === 'done') onDone();
  };
  const notes = [...(critical > 0 ? [t('alarms.bulk.critical', { count: critical })] : []), ...(beyond > 0 ? [t('alarms.bulk.tooMany', { most: ALARM_LIMITS.bulk, count: formatNumber(beyond) })] : [])];
  return (
    <DeskDialog title={t('alarms.bulk.title', { count: alarms.length })} isWide onClose={onClose}>
      <p>{t(alarms.length === 0 ? 'alarms.bulk.none' : 'alarms.bulk.tip')}</p>
      {notes.map((line) => <p key={line} className="alarms-bulkNote">{line}</p>)}
      <Listed alarms={alarms} outcomes={outcomes} wording={wording} />
      <Form onSubmit={(event) => { event.preventDefault(); if (!isAnswered) void send(); }}>
        {!isAnswered && alarms.length > 0 && <TextField className="desk-field" value={note} onChange={setNote} maxLength={ALARM_LIMITS.comment} autoFocus><Label>{t('alarms.bulk.note')}</Label><TextArea rows={2} /></TextField>}
        <p className="alarms-said" role="status">{hindrance !== null ? t(`alarms.act.${hindrance}`) : sending.isSending ? t('alarms.act.sending') : sending.outcome === null ? '' : t(`alarms.act.outcome.${sending.outcome}`)}</p>
        <div className="desk-controls">
          {!isAnswered && alarms.length > 0 && <Button className="desk-button" data-main="true" type="submit" isDisabled={sending.isSending || hindrance !== null}>{t('alarms.bulk.send')}</Button>}
          {/* Another one, which takes the focus: what had it is gone, and Escape would reach nobody. */}
          <Button key={String(isAnswered)} className="desk-button" autoFocus={isAnswered} onPress={onClose}>{t(isAnswered ? 'alarms.bulk.close' : 'alarms.act.cancel')}</Button>
        </div>
      </Form>
    </DeskDialog>
  );
}
