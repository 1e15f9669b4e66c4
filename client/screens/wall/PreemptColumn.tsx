import './preempt.css';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatClock, formatCounter } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useAlarmNowMs } from '../../panels/alarmHooks.ts';
import { FigureNoteLine, useFigure } from '../../panels/Figure.tsx';
import { SeveritySymbol } from '../../panels/SeveritySymbol.tsx';
import { PREEMPTION } from './preemption.ts';
import { formatLeft } from './rotation.ts';
import type { Preempting } from './usePreemption.ts';

/** Letters of a name that fill the column at its full size. */
const LONG_NAME = 12;

/** How long nobody has answered, against the time there is to answer in; once answered, when the scenes come back. */
function Timer({ preempting: { alarm, backInMs } }: { readonly preempting: Preempting }) {
  const { t } = useTranslation();
  const waitedMs = useAlarmNowMs() - alarm.sinceMs;
  if (backInMs !== null) {
    return (
      <div className="preempt-timer" data-answered="true">
        <p className="preempt-label">{t(alarm.state === 'ACKED' ? 'preempt.acknowledged' : 'preempt.over')}</p>
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
  const { alarm, row, position, count, otherCount } = preempting;
  const note = useFigure(alarm.localityCode, alarm.indicatorId ?? '');
  const firstAction = useCatalogue().indicator(alarm.indicatorId ?? '')?.firstAction?.[currentLanguage(i18n)];
  return (
    <section className="preempt" role="alert">
      <div className="preempt-what">
        <p className="preempt-level">
          <SeveritySymbol severity="critical" isOutline={preempting.backInMs !== null} label={t('severity.critical')} />
          <span aria-hidden="true">{t('preempt.critical')}</span>
          {count > 1 && <span className="preempt-count num">{`${position}/${count}`}</span>}
        </p>
        <h1 className="preempt-place" data-long={row.place.length > LONG_NAME}>{row.place}</h1>
        <p className="preempt-text">{row.text}{otherCount > 0 && ` · ${t('preempt.others', { count: otherCount })}`}</p>
      </div>
      <div className="preempt-answer">
        <Timer preempting={preempting} />
        {firstAction !== undefined && <div className="preempt-do"><p className="preempt-label">{t('preempt.doNow')}</p><p>{firstAction}</p></div>}
        <p className="preempt-source"><FigureNoteLine text={note} note="full" /><span>{t('preempt.since', { time: formatClock(alarm.sinceMs) })}</span></p>
      </div>
    </section>
  );
}
