import { useTranslation } from 'react-i18next';
import { useReading } from '../store/mirrorHooks.tsx';
import { formatNumber } from '../i18n/format.ts';
import { Figure, useFigure } from './Figure.tsx';

/** Shares of the three ways a dossier comes in; the third is what the two reported leave. `null`: not known. */
export function channelShares(online: number | null, postal: number | null): { readonly online: number; readonly direct: number; readonly postal: number } | null {
  if (online === null || postal === null || online + postal > 100) return null;
  return { online, postal, direct: 100 - online - postal };
}

export function ChannelBar({ localityCode }: { readonly localityCode: string }) {
  const { t } = useTranslation();
  const online = useReading(localityCode, 'dossiers-online-share');
  const postal = useReading(localityCode, 'dossiers-post-in-share');
  const { look, isMadeUp } = useFigure(localityCode, 'dossiers-online-share');
  const shares = channelShares(online?.value ?? null, postal?.value ?? null);
  if (shares === null) return null;
  return (
    <section className="channelBar">
      <header className="channelBar-head"><span>{t('dossiers.channels')}</span><span className="channelBar-level">{t('dossiers.level4')} <Figure localityCode={localityCode} indicatorId="services-level4-share" size="row" /></span></header>
      <div className="channelBar-bar" data-look={look}>
        {(['online', 'direct', 'postal'] as const).map((channel) => <div key={channel} data-channel={channel} style={{ flexGrow: shares[channel] }} />)}
      </div>
      <dl className="channelBar-legend">
        {(['online', 'direct', 'postal'] as const).map((channel) => (
          <div key={channel}><dt>{t(`dossiers.${channel}`)}</dt><dd className="figure figure-row num" data-look={look} data-made-up={isMadeUp}><span className="figure-main">{formatNumber(shares[channel], 1)}</span></dd></div>
        ))}
      </dl>
    </section>
  );
}
