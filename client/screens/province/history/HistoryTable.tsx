import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { SeriesPoint } from '../../../../shared/protocol/http.ts';
import { tableRows } from './chartModel.ts';
import { dayAndTime } from './dayAndTime.ts';

const MOST_ROWS = 48;

interface HistoryTableProps {
  readonly points: readonly SeriesPoint[];
  readonly toMs: number;
  readonly name: string;
  readonly say: (value: number) => string;
  readonly onGo: (atMs: number) => void;
}

/** The chart in rows, for who cannot see it or wants its numbers. Each time leads to that moment. */
export function HistoryTable({ points, toMs, name, say, onGo }: HistoryTableProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="history-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('history.table', { name })}</summary>
      {isOpen && (
        <table>
          <thead><tr><th scope="col">{t('history.columns.time')}</th><th scope="col">{t('history.columns.last')}</th><th scope="col">{t('history.columns.min')}</th><th scope="col">{t('history.columns.max')}</th></tr></thead>
          <tbody>
            {tableRows(points, toMs, MOST_ROWS).toReversed().map(({ fromMs, toMs: untilMs, last, min, max }) => (last === null || min === null || max === null ? (
              <tr key={fromMs}><td colSpan={4}>{t('history.gap', { from: dayAndTime(fromMs), to: dayAndTime(untilMs) })}</td></tr>
            ) : (
              <tr key={fromMs}>
                <th scope="row"><Button className="history-go num" aria-label={t('history.goTo', { time: dayAndTime(untilMs) })} onPress={() => onGo(untilMs)}>{dayAndTime(untilMs)}</Button></th>
                <td className="num">{say(last)}</td><td className="num">{say(min)}</td><td className="num">{say(max)}</td>
              </tr>
            )))}
          </tbody>
        </table>
      )}
    </details>
  );
}
