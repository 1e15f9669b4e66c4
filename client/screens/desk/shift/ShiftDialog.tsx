import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Button, Input, Label, TextArea, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { ALARM_LIMITS } from '../../../../shared/domain/alarmEvent.ts';
import { SEVERITIES } from '../../../../shared/domain/severity.ts';
import { ShiftsDto } from '../../../../shared/protocol/alarms.ts';
import { formatClockShort, formatDayMonth, formatNumber } from '../../../i18n/format.ts';
import { SeveritySymbol } from '../../../panels/SeveritySymbol.tsx';
import { useAnswer } from '../../answers.tsx';
import { LevelMark } from '../alarms/AlarmCells.tsx';
import { byUrgency } from '../alarms/alarmOrder.ts';
import { handOverShift } from '../alarms/alarmRequests.ts';
import { tabOf } from '../alarms/alarmTabs.ts';
import type { Wording } from '../alarms/alarmWords.ts';
import { DeskDialog, SendForm } from '../alarms/DeskDialog.tsx';
import { useSending } from '../alarms/useSending.ts';
import { useHindrance } from '../deskSession.tsx';

const MOST_LISTED = 12;
const SHIFTS_PATH = '/api/v1/shifts';

function OpenList({ open, wording }: { readonly open: readonly Alarm[]; readonly wording: Wording }) {
  const { t } = useTranslation();
  const ordered = useMemo(() => open.toSorted(byUrgency), [open]);
  return (
    <section aria-label={t('alarms.shift.list')}>
      <h3>{t('alarms.shift.list')}</h3>
      <ul className="shift-levels">{SEVERITIES.map((severity) => {
        const count = open.filter((alarm) => alarm.severity === severity).length;
        return <li key={severity}><SeveritySymbol severity={severity} isOutline={count === 0} label={t(`severity.${severity}`)} /><span className="num">{formatNumber(count)}</span></li>;
      })}</ul>
      <ul className="alarms-bulkList">{ordered.slice(0, MOST_LISTED).map((alarm) => {
        const { place, what } = wording.wordsOf(alarm);
        return <li key={alarm.id}><LevelMark alarm={alarm} /><b>{place}</b><span>{what}</span></li>;
      })}</ul>
      {ordered.length > MOST_LISTED && <p className="desk-note">{t('alarms.shift.more', { count: formatNumber(ordered.length - MOST_LISTED) })}</p>}
    </section>
  );
}

function Past() {
  const { t } = useTranslation();
  const { data, isError } = useAnswer(ShiftsDto, SHIFTS_PATH, { everyMs: 15_000 });
  if (data === undefined) return <p className="desk-note" role="status">{t(isError ? 'alarms.shift.failed' : 'alarms.asking')}</p>;
  return (
    <section aria-label={t('alarms.shift.past')}>
      <h3>{t('alarms.shift.past')}</h3>
      {data.shifts.length === 0 && <p className="desk-note">{t('alarms.shift.none')}</p>}
      <ol className="shift-past">{data.shifts.map(({ atMs, from, to, note, open, unacknowledged }) => (
        <li key={`${atMs}-${to}`}><span className="num">{`${formatClockShort(atMs)} ${formatDayMonth(atMs)}`}</span><b>{t('alarms.shift.line', { from, to })}</b><span className="desk-note">{[t('alarms.shift.lineCounts', { open: formatNumber(open), waiting: formatNumber(unacknowledged) }), ...(note === null ? [] : [note])].join(' · ')}</span></li>
      ))}</ol>
    </section>
  );
}

/** [DK19] One watch gives over to the next: what is open, who takes it, and what they must know. */
export function ShiftDialog({ alarms, wording, onClose }: { readonly alarms: readonly Alarm[]; readonly wording: Wording; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const hindrance = useHindrance();
  const sending = useSending();
  const answers = useQueryClient();
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const [doneFor, setDoneFor] = useState<string | null>(null);
  const waiting = alarms.filter((alarm) => tabOf(alarm) === 'unacknowledged').length;
  const named = to.trim();
  const missing = hindrance !== null ? t(`alarms.act.${hindrance}`) : named === '' ? t('alarms.shift.toMissing') : null;
  return (
    <DeskDialog title={t('alarms.shift.title')} isWide onClose={onClose}>
      <p>{t('alarms.shift.counts', { open: formatNumber(alarms.length), waiting: formatNumber(waiting) })}</p>
      {doneFor === null ? (
        <SendForm sending={sending} sendLabel={t('alarms.shift.send')} missing={missing} onSend={() => handOverShift({ to: named, note: note.trim() === '' ? null : note.trim() })} onDone={() => { setDoneFor(named); void answers.invalidateQueries({ queryKey: [SHIFTS_PATH] }); }} onClose={onClose}>
          <TextField className="desk-field" value={to} onChange={setTo} maxLength={60} autoFocus><Label>{t('alarms.shift.to')}</Label><Input autoComplete="off" spellCheck="false" /></TextField>
          <TextField className="desk-field" value={note} onChange={setNote} maxLength={ALARM_LIMITS.comment}><Label>{t('alarms.shift.note')}</Label><TextArea rows={3} /></TextField>
        </SendForm>
      ) : <div className="desk-controls"><p role="status">{t('alarms.shift.done', { to: doneFor })}</p><Button className="desk-button" autoFocus onPress={onClose}>{t('alarms.shift.close')}</Button></div>}
      <div className="shift-lists"><OpenList open={alarms} wording={wording} /><Past /></div>
    </DeskDialog>
  );
}
