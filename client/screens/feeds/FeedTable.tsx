import { useTranslation } from 'react-i18next';
import type { FeedStatus } from '../../../shared/protocol/feeds.ts';
import { FeedRow } from './FeedRow.tsx';
import { inTroubleOrder } from './feedFacts.ts';

const COLUMNS = ['name', 'state', 'seen', 'stored', 'refused', 'lag', 'skew', 'unplaced', 'more'] as const;

/** Every configured feed, those in trouble first. */
export function FeedTable({ feeds, nowMs }: { readonly feeds: readonly FeedStatus[]; readonly nowMs: number }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('feeds.configured')}>
      <div className="desk-head"><h2>{t('feeds.configured')}<span className="desk-count num">{feeds.length}</span></h2></div>
      {feeds.length === 0 ? <p className="desk-none">{t('feeds.none')} {t('feeds.noneTip')}</p> : (
        <table className="desk-walls">
          <thead><tr>{COLUMNS.map((column) => <th key={column} scope="col">{t(`feeds.columns.${column}`)}</th>)}</tr></thead>
          <tbody>{inTroubleOrder(feeds, nowMs).map((feed) => <FeedRow key={feed.id} feed={feed} nowMs={nowMs} columns={COLUMNS.length} />)}</tbody>
        </table>
      )}
    </section>
  );
}
