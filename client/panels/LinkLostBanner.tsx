import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatClockShort, formatCounter, formatDate, formatDayMonth } from '../i18n/format.ts';
import { useKept, useLink, useNow, useRefusal } from '../store/mirrorHooks.tsx';
import './keptPicture.css';

/** `keepsPictures`: whether the screen opens what it has kept where there is no server. Stands over everything else, at once and without a fade: the moment of losing the server matters. Where page and server do not fit together ([H5]) it says why. */
export function LinkLostBanner({ keepsPictures = false }: { readonly keepsPictures?: boolean }) {
  const { t } = useTranslation();
  const link = useLink();
  const { serverNowMs } = useNow();
  const kept = useKept();
  const refusal = useRefusal();
  if (refusal !== null) return <Banner title={t('link.refusedTitle')} text={t(`link.refused.${refusal}`)} />;
  const retry = link.retryInMs === null
    ? t('link.retrying', { attempt: Math.max(1, link.attempt) })
    : t('link.retry', { attempt: Math.max(1, link.attempt), seconds: Math.ceil(link.retryInMs / 1_000) });
  if (link.state === 'connecting' && link.attempt > 0) return <Banner title={t('offline.none')} text={keepsPictures ? `${t('offline.nothingKept')} · ${retry}` : retry} />;
  if (link.state !== 'lost') return null;
  if (kept !== null) return <Banner title={t('offline.keptAt', { time: formatClockShort(kept.atMs), date: formatDayMonth(kept.atMs) })} text={`${t('offline.kept')} · ${retry}`} />;
  const isToday = formatDate(link.sinceMs) === formatDate(serverNowMs);
  const stopped = isToday ? t('link.stoppedAt', { time: formatClock(link.sinceMs) }) : t('offline.stoppedOn', { time: formatClockShort(link.sinceMs), date: formatDayMonth(link.sinceMs) });
  return (
    <Banner title={t('link.lost')} text={`${stopped} · ${retry}`}>
      <div className="linkLost-now"><span>{t('link.noNew')}</span><span>{t('link.now', { time: formatClock(serverNowMs) })}</span></div>
      <span className="linkLost-counter num">{formatCounter(serverNowMs - link.sinceMs)}</span>
    </Banner>
  );
}

function Banner({ title, text, children }: { readonly title: string; readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="linkLost" role="alert" data-plain={children === undefined}>
      <Unplug className="linkLost-icon" aria-hidden="true" strokeWidth={2} />
      <div className="linkLost-what"><strong>{title}</strong><span>{text}</span></div>
      {children}
    </div>
  );
}
