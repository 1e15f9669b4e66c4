import { useTranslation } from 'react-i18next';
import { useReasonWords } from './useReasonWords.ts';
import type { FeedAnswer, FeedItemOutcome } from '../../../shared/protocol/feeds.ts';

const OUTCOMES = ['stored', 'duplicate', 'quarantined', 'rejected', 'ignored'] as const;
/** What a person has to do something about comes first; within one kind as in the sheet. */
const ORDER: Readonly<Record<FeedItemOutcome['outcome'], number>> = { rejected: 0, quarantined: 1, ignored: 2, duplicate: 3, stored: 4 };

/** What became of each row of a sheet. */
export function FigureOutcomes({ answer }: { readonly answer: FeedAnswer }) {
  const { t } = useTranslation();
  const words = useReasonWords();
  const rows = answer.items.map((row, place) => ({ row, place })).sort((a, b) => ORDER[a.row.outcome] - ORDER[b.row.outcome] || a.place - b.place);
  return (
    <>
      <p className="figureUpload-counts">
        {OUTCOMES.filter((outcome) => answer[outcome] > 0).map((outcome) => t(`figureUpload.count.${outcome}`, { count: answer[outcome] })).join(' · ') || t('figureUpload.count.none')}
      </p>
      <table className="figureUpload-rows">
        <thead><tr><th scope="col">{t('figureUpload.row')}</th><th scope="col">{t('figureUpload.outcome')}</th><th scope="col">{t('figureUpload.why')}</th></tr></thead>
        <tbody>
          {rows.map(({ row, place }) => (
            <tr key={place} data-outcome={row.outcome}>
              <th scope="row">{row.id ?? t('figureUpload.wholeFile')}</th>
              <td>{t(`figureUpload.is.${row.outcome}`)}</td>
              <td>{row.reason !== null && words(row.reason)}{row.detail !== null && <span className="figureUpload-detail" lang="en">{row.detail}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
