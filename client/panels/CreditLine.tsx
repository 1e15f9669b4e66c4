import { useTranslation } from 'react-i18next';
import attribution from '../../seeds/geography/attribution.json' with { type: 'json' };
import { useCatalogue } from '../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../i18n/i18n.ts';

/** The set of units, the schematic notice where cells are drawn, and the map's credits: always visible. */
export function CreditLine({ showsCells, isShort = false, notice }: { readonly showsCells: boolean; readonly isShort?: boolean; readonly notice?: string | null }) {
  const { t, i18n } = useTranslation();
  const { edition } = useCatalogue();
  const language = currentLanguage(i18n);
  const parts = [
    isShort ? attribution.unitSets[edition][language] : t('credit.units', { units: attribution.unitSets[edition][language] }),
    ...(showsCells && !isShort ? [attribution.districtCaption[language]] : []),
    attribution.creditLine,
  ];
  return <footer className="credit"><span>{parts.join(' · ')}</span>{notice != null && <strong className="credit-notice">{notice}</strong>}</footer>;
}
