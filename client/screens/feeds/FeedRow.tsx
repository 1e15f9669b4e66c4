import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { FeedLinkStatus, FeedStatus } from '../../../shared/protocol/feeds.ts';
import { displayName } from '../../catalogue/catalogue.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatAge, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { isRecent, troubleOf } from './feedFacts.ts';
import { formatLag, formatMoment } from './feedTimes.ts';
import { useReasonWords } from './useReasonWords.ts';

const NOT_KNOWN = '—';

interface FeedRowProps {
  readonly feed: FeedStatus;
  readonly nowMs: number;
  readonly columns: number;
}

/** The last things refused of one feed: when, why, and never what was in them. */
function Examples({ feed: { refused, turnedAway }, nowMs }: Pick<FeedRowProps, 'feed' | 'nowMs'>) {
  const { t } = useTranslation();
  const words = useReasonWords();
  return (
    <ul className="feeds-examples">
      {turnedAway.map(({ reason, count, lastAtMs, lastDetail }) => (
        <li key={`away-${reason}`}><b>{t('feeds.turnedAway', { reason: words(reason), count: formatNumber(count) })}</b> <time className="num">{formatMoment(lastAtMs, nowMs)}</time><span className="desk-note" lang="en">{lastDetail}</span></li>
      ))}
      {refused.map(({ atMs, reason, detail }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: refusals have no id, and the newest comes first.
        <li key={`${atMs}-${reason}-${index}`}><b>{words(reason)}</b> <time className="num">{formatMoment(atMs, nowMs)}</time><span className="desk-note" lang="en">{detail}</span></li>
      ))}
    </ul>
  );
}

/** The connection that is kept open for a feed, why it is not, and what was lost by that lately. */
function Link({ link: { carrier, isConnected, sinceMs, lastError, refusedTopics }, nowMs }: { readonly link: FeedLinkStatus; readonly nowMs: number }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="desk-note">{t(isConnected ? 'feeds.linkUp' : 'feeds.linkDown', { carrier: carrier.toUpperCase(), time: formatMoment(sinceMs, nowMs) })}</span>
      {lastError !== null && (!isConnected || isRecent(lastError.atMs, nowMs)) && <span className="desk-note feeds-linkError" lang="en">{formatMoment(lastError.atMs, nowMs)} · {lastError.text}</span>}
      {refusedTopics.length > 0 && <span className="desk-note">{t('feeds.refusedTopics', { topics: refusedTopics.join(', ') })}</span>}
    </>
  );
}

/** One configured feed, and below it what is wrong with it, what to do, and what was refused. */
export function FeedRow({ feed, nowMs, columns }: FeedRowProps) {
  const { t, i18n } = useTranslation();
  const { locality } = useCatalogue();
  const [isOpen, setOpen] = useState(false);
  const { id, name, format, localities, expectEveryMs, lastSeenAtMs, freshness, items, lagMs, skewMs, unplaced, refused, turnedAway, link } = feed;
  const trouble = troubleOf(feed, nowMs);
  const words = name[currentLanguage(i18n)];
  const places = localities.map((code) => {
    const place = locality(code);
    return place === undefined ? code : displayName(place);
  });
  const refusedCount = items.rejected + items.quarantined;
  return (
    <>
      <tr className="desk-wall" data-state={trouble === 'silent' ? 'silent' : 'well'}>
        <th scope="row">{words}<span className="desk-note">{`${id} · ${format} · ${places.join(', ')}`}</span></th>
        <td><span className="desk-state"><FreshnessMark freshness={freshness} />{expectEveryMs === null && lastSeenAtMs !== null ? t('feeds.byEvent') : t(`freshness.${freshness}`)}</span>{link !== null && <Link link={link} nowMs={nowMs} />}</td>
        <td className="num">{lastSeenAtMs === null ? NOT_KNOWN : formatAge(nowMs - lastSeenAtMs, t)}<span className="desk-note">{expectEveryMs === null ? t('feeds.noCadence') : t('feeds.every', { age: formatAge(expectEveryMs, t) })}</span></td>
        <td className="num">{formatNumber(items.stored)}{items.duplicate + items.ignored > 0 && <span className="desk-note">{t('feeds.besides', { duplicate: formatNumber(items.duplicate), ignored: formatNumber(items.ignored) })}</span>}</td>
        <td className="num">{formatNumber(refusedCount)}{items.quarantined > 0 && <span className="desk-note">{t('feeds.held', { count: formatNumber(items.quarantined) })}</span>}</td>
        <td className="num">{lagMs === null ? NOT_KNOWN : formatLag(lagMs.median, t)}{lagMs !== null && <span className="desk-note">{t('feeds.mostLag', { lag: formatLag(lagMs.max, t) })}</span>}</td>
        <td className="num">{skewMs === null ? NOT_KNOWN : skewMs < 0 ? formatLag(-skewMs, t) : t('feeds.notAhead')}</td>
        <td className="num">{formatNumber(unplaced)}</td>
        <td>
          {refused.length + turnedAway.length > 0 && (
            <Button className="desk-button" aria-expanded={isOpen} aria-label={t('feeds.examplesOf', { name: words })} onPress={() => setOpen(!isOpen)}>
              {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}{t('feeds.examples')}
            </Button>
          )}
        </td>
      </tr>
      {trouble !== null && (
        <tr className="desk-trouble" data-trouble={trouble}>
          <td colSpan={columns}>
            <b>{t(`feeds.message.${trouble}`, { carrier: link?.carrier.toUpperCase() })}</b> {t(`feeds.tip.${trouble}`)}
          </td>
        </tr>
      )}
      {isOpen && <tr className="feeds-more"><td colSpan={columns}><Examples feed={feed} nowMs={nowMs} /></td></tr>}
    </>
  );
}
