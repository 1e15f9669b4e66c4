import { useTranslation } from 'react-i18next';
import type { FeedsDto } from '../../../shared/protocol/answers.ts';
import { formatAge, formatNumber } from '../../i18n/format.ts';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { silentSources } from './feedFacts.ts';
import { formatMoment } from './feedTimes.ts';
import { useReasonWords } from './useReasonWords.ts';

const STATES = ['fresh', 'late', 'stale', 'dead', 'never'] as const;

/** Every source of the channel, counted by state, and those that do not speak as promised by name. */
export function SourcePanel({ answer: { health, sources }, nowMs }: { readonly answer: FeedsDto; readonly nowMs: number }) {
  const { t } = useTranslation();
  const silent = silentSources(sources);
  return (
    <section className="feeds-sources" aria-label={t('feeds.sources')}>
      <div className="desk-head"><h2>{t('feeds.sources')}<span className="desk-count num">{sources.length}</span></h2></div>
      <ul className="feeds-health">
        {STATES.map((state) => <li key={state}><FreshnessMark freshness={state} /><b className="num">{formatNumber(health[state])}</b> {t(`freshness.${state}`)}</li>)}
      </ul>
      {silent.length === 0 ? <p className="desk-none">{t('feeds.allSpeak')}</p> : (
        <ul className="feeds-silent">
          {silent.map(({ sourceId, freshness, lastReceivedAtMs }) => (
            <li key={sourceId}><FreshnessMark freshness={freshness} />{sourceId}<span className="desk-note num">{lastReceivedAtMs === null ? t('freshness.never') : t('age.ago', { age: formatAge(nowMs - lastReceivedAtMs, t) })}</span></li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What the gate and the doors before it refused, by reason, with the last words to the sender. */
export function RefusalPanel({ answer: { acceptedCount, refusals, turnedAway }, nowMs }: { readonly answer: FeedsDto; readonly nowMs: number }) {
  const { t } = useTranslation();
  const words = useReasonWords();
  const lines = [
    // What came again was stored before: nobody was refused.
    ...refusals.filter(({ reason }) => reason !== 'duplicate').map(({ reason, count, lastAtMs, lastSourceId, lastDetail }) => ({ reason, count, lastAtMs, who: lastSourceId, lastDetail })),
    ...turnedAway.map(({ reason, count, lastAtMs, lastDetail }) => ({ reason, count, lastAtMs, who: null, lastDetail })),
  ].sort((a, b) => b.lastAtMs - a.lastAtMs);
  return (
    <section className="feeds-refusals" aria-label={t('feeds.refusals')}>
      <div className="desk-head"><h2>{t('feeds.refusals')}</h2><p className="desk-said">{t('feeds.accepted', { count: formatNumber(acceptedCount) })}</p></div>
      {lines.length === 0 ? <p className="desk-none">{t('feeds.noRefusals')}</p> : (
        <table className="desk-walls">
          <thead><tr>{(['reason', 'count', 'last', 'who', 'detail'] as const).map((column) => <th key={column} scope="col">{t(`feeds.refusalColumns.${column}`)}</th>)}</tr></thead>
          <tbody>
            {lines.map(({ reason, count, lastAtMs, who, lastDetail }) => (
              <tr key={`${reason}-${who}`}>
                <th scope="row">{words(reason)}</th><td className="num">{formatNumber(count)}</td><td className="num">{formatMoment(lastAtMs, nowMs)}</td><td>{who ?? '—'}</td><td className="feeds-detail" lang="en">{lastDetail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
