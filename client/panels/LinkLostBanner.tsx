import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatCounter } from '../i18n/format.ts';
import { useLink, useNow, useRefusal } from '../store/mirrorHooks.tsx';

/** Stands over everything else, at once and without a fade: the moment of losing the server matters. Where page and server do not fit together ([H5]) it says why. */
export function LinkLostBanner() {
  const { t } = useTranslation();
  const link = useLink();
  const { serverNowMs } = useNow();
  const refusal = useRefusal();
  if (refusal !== null) return <Banner title={t('link.refusedTitle')} text={t(`link.refused.${refusal}`)} />;
  if (link.state !== 'lost') return null;
  const retry = link.retryInMs === null
    ? t('link.retrying', { attempt: Math.max(1, link.attempt) })
    : t('link.retry', { attempt: Math.max(1, link.attempt), seconds: Math.ceil(link.retryInMs / 1_000) });
  return (
    <Banner title={t('link.lost')} text={`${t('link.stoppedAt', { time: formatClock(link.sinceMs) })} · ${retry}`}>
      <div className="linkLost-now"><span>{t('link.noNew')}</span><span>{t('link.now', { time: formatClock(serverNowMs) })}</span></div>
      <span className="linkLost-counter num">{formatCounter(serverNowMs - link.sinceMs)}</span>
    </Banner>
  );
}

function Banner({ title, text, children }: { readonly title: string; readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="linkLost" role="alert">
      <Unplug className="linkLost-icon" aria-hidden="true" strokeWidth={2} />
      <div className="linkLost-what"><strong>{title}</strong><span>{text}</span></div>
      {children}
    </div>
  );
}
