import { useTranslation } from 'react-i18next';
import type { ReadingDto } from '../../../../shared/protocol/http.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { type FigureText, figureText } from '../../../panels/figureText.ts';

/**
 * A reading as it was when the answer was made, `atMs`; its freshness is the server's word, not aged further. What has gone silent
 * keeps its last value here, hollow: the number above still counts with it.
 */
export function useReadingText(): (reading: ReadingDto, atMs: number) => FigureText {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const language = currentLanguage(i18n);
  return (reading, atMs) => {
    const indicator = catalogue.indicator(reading.indicatorId);
    const memberUnit = t(catalogue.edition === '2021' ? 'coverage.district' : 'coverage.commune');
    const text = figureText({
      reading, freshness: reading.freshness, decimals: indicator?.decimals ?? 0, unit: indicator?.unit[language] ?? '',
      show: 'value', memberUnit, isLinkLost: false, nowMs: atMs,
    }, t);
    const state = indicator?.states.find(({ value }) => value === reading.value);
    const isLastKnown = text.look === 'dead' && reading.value !== null;
    if (state !== undefined && (isLastKnown || text.look !== 'never')) return { ...text, main: state.name[language], unit: '' };
    return isLastKnown ? { ...text, main: formatNumber(reading.value ?? 0, indicator?.decimals ?? 0), unit: indicator?.unit[language] ?? '' } : text;
  };
}
