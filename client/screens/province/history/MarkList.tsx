import { useTranslation } from 'react-i18next';
import type { ChartMark } from './chartModel.ts';
import { dayAndTime } from './dayAndTime.ts';
import type { TimeSpan } from './timeSpan.ts';

const MOST = 6;

/** What the marks on the time axis stand for, newest first. */
export function MarkList({ marks, span }: { readonly marks: readonly ChartMark[]; readonly span: TimeSpan }) {
  const { t } = useTranslation();
  const shown = marks.filter(({ atMs }) => atMs >= span.fromMs && atMs <= span.toMs).toReversed();
  if (shown.length === 0) return null;
  return (
    <section className="history-marks" aria-label={t('history.marksTitle')}>
      <ul>
        {shown.slice(0, MOST).map(({ atMs, kind, label }) => (
          <li key={`${atMs} ${kind} ${label}`} data-kind={kind}>
            <svg viewBox="0 0 20 20" aria-hidden="true"><path d={kind === 'alarm' ? 'M10 2 19 18H1z' : 'M4 4h12v12H4z'} /></svg>
            <span className="visuallyHidden">{t(`history.marks.${kind}`)}</span><b className="num">{dayAndTime(atMs)}</b><span>{label}</span>
          </li>
        ))}
      </ul>
      {shown.some(({ kind }) => kind === 'alarm') && <p>{t('history.alarmsOpen')}{shown.length > MOST && ` ${t('attention.more', { count: shown.length - MOST })}`}</p>}
    </section>
  );
}
