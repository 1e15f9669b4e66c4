import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { displayName } from '../../catalogue/catalogue.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatClock, formatDate, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';

/** The gate holds what it has read, so it is a candidate; of a newer server it may have other parts. */
const Held = z.looseObject({ sourceId: z.string(), localityCode: z.string(), indicatorId: z.string(), observedAtMs: z.number(), value: z.number().nullable() });

/** What is held back, as whoever decides on it needs to see it: what, where, how much, of when, from whom. */
export function HeldReading({ candidate }: { readonly candidate: unknown }) {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const held = Held.safeParse(candidate);
  if (!held.success) return <>{t('feeds.unreadableReading')}</>;
  const { sourceId, localityCode, indicatorId, observedAtMs, value } = held.data;
  const [indicator, locality, language] = [catalogue.indicator(indicatorId), catalogue.locality(localityCode), currentLanguage(i18n)];
  const words = [indicator?.name[language] ?? indicatorId, locality === undefined ? localityCode : displayName(locality)].join(' · ');
  const amount = value === null ? '—' : `${formatNumber(value, indicator?.decimals ?? 0)} ${indicator?.unit[language] ?? ''}`;
  return (
    <>
      {words}: <b className="num">{amount.trim()}</b>
      <span className="desk-note">{t('feeds.readingOf', { time: `${formatClock(observedAtMs)} ${formatDate(observedAtMs)}`, source: sourceId })}</span>
    </>
  );
}
