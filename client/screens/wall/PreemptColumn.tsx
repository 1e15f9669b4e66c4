import './preempt.css';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../shared/domain/alarm.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatClock, formatCounter } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useAlarmNowMs, useToday } from '../../panels/alarmHooks.ts';
import { actionIndicatorOf, takenText } from '../../panels/alarmWords.ts';
import { RowText } from '../../panels/Attention.tsx';
import { FigureNoteLine, useFigure } from '../../panels/Figure.tsx';
import { SeveritySymbol } from '../../panels/SeveritySymbol.tsx';
import { PREEMPTION } from './preemption.ts';
import { formatLeft } from './rotation.ts';
import type { Preempting } from './usePreemption.ts';

/** Letters of a name that fill the column at its full size. */
const LONG_NAME = 12;

/** [AW1] Who took it, or why it waits for nobody any more. */
function whyAnswered({ state, acked, shelved, outOfService, suppressedBy }: Alarm, today: string, t: TFunction): string {
  if (state === 'ACKED') return acked === null ? t('preempt.acknowledged') : takenText(acked, today, t);
  if (state === 'UNACK' && suppressedBy !== null) return t('preempt.explained');
  return t(state === 'UNACK' && (shelved !== null || outOfService !== null) ? 'preempt.shelved' : 'preempt.over');
}

/** How long nobody has answered, against the time there is to answer in; once answered, when the scenes come back. */
function Timer({ preempting: { alarm, now, backInMs } }: { readonly preempting: Preempting }) {
  const { t } = useTranslation();
  const today = useToday();
  const waitedMs = useAlarmNowMs() - alarm.sinceMs;
  if (backInMs !== null) {
    return (
      <div className="preempt-timer" data-answered="true">
        <p className="preempt-label">{whyAnswered(now ?? alarm, today, t)}</p>
        <p className="preempt-back">{t('preempt.back', { left: formatLeft(backInMs) })}</p>
      </div>
    );
  }
  return (
    <div className="preempt-timer">
      <p className="preempt-label">{t('preempt.unacknowledged')}</p>
      <p className="preempt-counter num">{formatCounter(waitedMs)}</p>
      <p className="preempt-target"><span>{t('preempt.target')}</span><span className="num">{formatCounter(PREEMPTION.targetMs)}</span></p>
      <div className="preempt-bar"><div style={{ transform: `scaleX(${Math.min(1, Math.max(0, waitedMs / PREEMPTION.targetMs))})` }} /></div>
    </div>
  );
}

/** The left column while a critical alarm stands before the scenes: where, what, how long unanswered, what to do first. */
export function PreemptColumn({ preempting }: { readonly preempting: Preempting }) {
  const { t, i18n } = useTranslation();
  const { alarm, row, position, count, otherCount, backInMs } = preempting;
  const note = useFigure(alarm.localityCode, alarm.indicatorId ?? '');
  const firstAction = useCatalogue().indicator(actionIndicatorOf(alarm))?.firstAction?.[currentLanguage(i18n)];
  return (
    <section className="preempt" role="alert">
      <div className="preempt-what">
        <p className="preempt-level">
          <SeveritySymbol severity="critical" isOutline={backInMs !== null} label={t('severity.critical')} />
          <span aria-hidden="true">{t('preempt.critical')}</span>
          {count > 1 && <span className="preempt-count num">{`${position}/${count}`}</span>}
        </p>
        <h1 className="preempt-place" data-long={row.place.length > LONG_NAME}>{row.place}</h1>
        <p className="preempt-text" data-senders={row.isSenders}><RowText row={row} />{(backInMs === null ? row.notes : []).map((note) => ` · ${note}`)}{otherCount > 0 && ` · ${t('preempt.others', { count: otherCount })}`}</p>
      </div>
      <div className="preempt-answer">
        <Timer preempting={preempting} />
        {firstAction !== undefined && <div className="preempt-do"><p className="preempt-label">{t('preempt.doNow')}</p><p>{firstAction}</p></div>}
        <p className="preempt-source">{alarm.indicatorId !== null && <FigureNoteLine text={note} note="full" />}<span>{t('preempt.since', { time: formatClock(alarm.sinceMs) })}{row.tlp !== null && ` · ${t('attention.tlp', { label: row.tlp })}`}</span></p>
      </div>
    </section>
  );
}
