import { useTranslation } from 'react-i18next';
import type { WebhookStatus } from '../../../shared/protocol/feeds.ts';
import { formatAge, formatNumber } from '../../i18n/format.ts';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { formatMoment } from './feedTimes.ts';

const COLUMNS = ['name', 'state', 'pending', 'delivered', 'givenUp'] as const;
const MARKS = { well: 'fresh', failing: 'stale', gone: 'dead' } as const;

/** Who is told of alarms, and whether it arrives: a ticket system that is down raises no ticket. */
export function WebhookPanel({ webhooks, nowMs }: { readonly webhooks: readonly WebhookStatus[]; readonly nowMs: number }) {
  const { t } = useTranslation();
  if (webhooks.length === 0) return null;
  return (
    <section aria-label={t('feeds.webhooks.title')}>
      <div className="desk-head"><h2>{t('feeds.webhooks.title')}<span className="desk-count num">{webhooks.length}</span></h2></div>
      <table className="desk-walls">
        <thead><tr>{COLUMNS.map((column) => <th key={column} scope="col">{t(`feeds.webhooks.columns.${column}`)}</th>)}</tr></thead>
        <tbody>{webhooks.map((webhook) => <WebhookRow key={webhook.id} webhook={webhook} nowMs={nowMs} />)}</tbody>
      </table>
    </section>
  );
}

function WebhookRow({ webhook: { id, origin, state, pending, delivered, givenUp, notTaken, oldestPendingAtMs, lastDeliveredAtMs, nextTryAtMs, lastError }, nowMs }: { readonly webhook: WebhookStatus; readonly nowMs: number }) {
  const { t } = useTranslation();
  return (
    <>
      <tr className="desk-wall" data-state={state === 'gone' ? 'silent' : 'well'}>
        <th scope="row">{id}<span className="desk-note">{origin}</span></th>
        <td><span className="desk-state"><FreshnessMark freshness={MARKS[state]} />{t(`feeds.webhooks.states.${state}`)}</span></td>
        <td className="num">{formatNumber(pending)}{oldestPendingAtMs !== null && <span className="desk-note">{t('feeds.webhooks.oldest', { age: formatAge(nowMs - oldestPendingAtMs, t) })}</span>}</td>
        <td className="num">{formatNumber(delivered)}{lastDeliveredAtMs !== null && <span className="desk-note">{formatMoment(lastDeliveredAtMs, nowMs)}</span>}</td>
        <td className="num">{formatNumber(givenUp + notTaken)}</td>
      </tr>
      {state !== 'well' && (
        <tr className="desk-trouble" data-trouble={state === 'gone' ? 'silent' : 'failing'}>
          <td colSpan={COLUMNS.length}>
            <b>{t(`feeds.webhooks.message.${state}`)}</b> {nextTryAtMs === null ? '' : t('feeds.webhooks.nextTry', { time: formatMoment(Math.max(nextTryAtMs, nowMs), nowMs) })}
            {lastError !== null && <span className="desk-note" lang="en">{formatMoment(lastError.atMs, nowMs)} · {lastError.text}</span>}
          </td>
        </tr>
      )}
    </>
  );
}
