import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { formatAge, formatClock, formatClockShort, formatCounter, formatDate, formatDayMonth, formatNumber } from '../../../i18n/format.ts';
import { useAlarmNowMs } from '../../../panels/alarmHooks.ts';
import { SeveritySymbol } from '../../../panels/SeveritySymbol.tsx';
import { shortPerson, type Wording } from './alarmWords.ts';
import { hidingOf } from './alarmTabs.ts';
import type { ColumnName } from './gridColumns.ts';

const DAY_MS = 86_400_000;
/** Said only where there is something. */
const NOTHING = '—';

/** "2:47:10", of more than a day "3 ngày". Runs; stands still with a lost link. */
export function RunningAge({ sinceMs }: { readonly sinceMs: number }) {
  const { t } = useTranslation();
  const ageMs = useAlarmNowMs() - sinceMs;
  return <>{ageMs < DAY_MS ? formatCounter(ageMs) : formatAge(ageMs, t)}</>;
}

/** "14:35:58" of today, else "22/11 14:35". */
export function Moment({ atMs }: { readonly atMs: number }) {
  const isToday = formatDate(useAlarmNowMs()) === formatDate(atMs);
  return <time dateTime={new Date(atMs).toISOString()}>{isToday ? formatClock(atMs) : `${formatDayMonth(atMs)} ${formatClockShort(atMs)}`}</time>;
}

/** Who has it and since when: an acknowledgement that everybody forgot shows its age. */
function Taken({ acked, notes }: { readonly acked: NonNullable<Alarm['acked']>; readonly notes: readonly string[] }) {
  const { t } = useTranslation();
  const nowMs = useAlarmNowMs();
  return <>{t('alarms.state.taken', { by: shortPerson(acked.by) })}<span className="alarms-note">{[t('alarms.state.takenAgo', { age: formatAge(nowMs - acked.atMs, t) }), ...notes].join(' · ')}</span></>;
}

/** What else of its condition a person should know, in a line. */
function remarks({ isLatched, escalations, isChattering, dataLost, assignee, acked }: Alarm, t: TFunction): string[] {
  return [
    ...(isLatched ? [t('alarms.state.latched')] : []), ...(dataLost ? [t('alarms.state.dataLost')] : []), ...(isChattering ? [t('alarms.state.chattering')] : []),
    ...(escalations > 0 ? [t('alarms.state.escalated', { count: escalations })] : []), ...(assignee === null || assignee === acked?.by ? [] : [t('alarms.state.assigned', { to: shortPerson(assignee) })]),
  ];
}

function State({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation();
  const notes = remarks(alarm, t);
  const note = notes.length > 0 && <span className="alarms-note">{notes.join(' · ')}</span>;
  if (alarm.state === 'ACKED') return alarm.acked === null ? <>{t('alarms.state.takenUnsaid')}{note}</> : <Taken acked={alarm.acked} notes={notes} />;
  return <><b>{t(alarm.state === 'RTN_UNACK' ? 'alarms.state.over' : 'alarms.state.waiting')}</b>{note}</>;
}

/** [DK5] Why it is hidden, until when, and who decided it. */
function hidingWords(alarm: Alarm, cause: string | null, t: TFunction): { readonly why: string; readonly until: string; readonly by: string } {
  const { shelved, outOfService } = alarm;
  if (outOfService !== null) return { why: t('alarms.hidden.outOfService', { why: outOfService.why }), until: t('alarms.hidden.untilPutBack'), by: shortPerson(outOfService.by) };
  if (shelved !== null) return { why: shelved.why, until: formatClockShort(shelved.untilMs), by: shortPerson(shelved.by) };
  return { why: cause === null ? t('alarms.hidden.suppressedUnknown') : t('alarms.hidden.suppressed', { what: cause }), until: t('alarms.hidden.untilCause'), by: t('alarms.hidden.byRule') };
}

export function LevelMark({ alarm }: { readonly alarm: Pick<Alarm, 'severity' | 'state'> }) {
  const { t } = useTranslation();
  return <SeveritySymbol severity={alarm.severity} isOutline={alarm.state === 'ACKED' || alarm.state === 'NORMAL'} label={t(`severity.${alarm.severity}`)} />;
}

interface CellProps {
  readonly column: ColumnName;
  readonly alarm: Alarm;
  readonly wording: Wording;
  /** What explains it, in words; `null`: nothing does, or it is not known. */
  readonly cause: string | null;
}

/** What one alarm has to say in one column. */
export function CellContent({ column, alarm, wording, cause }: CellProps): ReactNode {
  const { t } = useTranslation();
  const words = wording.wordsOf(alarm);
  switch (column) {
    case 'select': return null;
    case 'level': return <LevelMark alarm={alarm} />;
    case 'place': return <>{words.place}{words.unit !== '' && <span className="alarms-note">{words.unit}</span>}</>;
    case 'system': return words.system === '' ? NOTHING : words.system;
    case 'what': return words.what;
    case 'source': return words.source === '' ? NOTHING : words.source;
    case 'since': return <Moment atMs={alarm.sinceMs} />;
    case 'count': return formatNumber(alarm.count);
    case 'state': return <State alarm={alarm} />;
    case 'age': return <RunningAge sinceMs={alarm.sinceMs} />;
    case 'over': return alarm.returnedAtMs === null ? NOTHING : <Moment atMs={alarm.returnedAtMs} />;
    case 'verdict': return alarm.disposition === null ? NOTHING : t(`alarms.disposition.${alarm.disposition}`);
    case 'by': return hidingOf(alarm) !== null ? hidingWords(alarm, cause, t).by : alarm.acked === null ? NOTHING : shortPerson(alarm.acked.by);
    case 'why': case 'until': return hidingWords(alarm, cause, t)[column];
  }
}
