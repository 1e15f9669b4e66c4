import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatCounter } from '../i18n/format.ts';
import { useLink, useNow } from '../store/mirrorHooks.tsx';

/** Stands over everything else, at once and without a fade: the moment of losing the server matters. */
export function LinkLostBanner() {
  const { t } = useTranslation();
  const link = useLink();
  const { serverNowMs } = useNow();
  if (link.state !== 'lost') return null;
  const retry = link.retryInMs === null
    ? t('link.retrying', { attempt: Math.max(1, link.attempt) })
    : t('link.retry', { attempt: Math.max(1, link.attempt), seconds: Math.ceil(link.retryInMs / 1_000) });
  return (
    <div className="linkLost" role="alert">
      <Unplug className="linkLost-icon" aria-hidden="true" strokeWidth={2} />
      <div className="linkLost-what">
        <strong>{t('link.lost')}</strong>
        <span>{`${t('link.stoppedAt', { time: formatClock(link.sinceMs) })} · ${retry}`}</span>
      </div>
      <div className="linkLost-now"><span>{t('link.noNew')}</span><span>{t('link.now', { time: formatClock(serverNowMs) })}</span></div>
      <span className="linkLost-counter num">{formatCounter(serverNowMs - link.sinceMs)}</span>
    </div>
  );
}
