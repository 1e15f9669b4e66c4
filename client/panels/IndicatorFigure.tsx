import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../i18n/i18n.ts';
import { type FigureSize, FigureView, useFigure } from './Figure.tsx';
import type { FigureText } from './figureText.ts';
import { useReading } from '../store/mirrorHooks.tsx';

/** As `useFigure`; where the value names a state, its word stands for the number. */
export function useIndicatorFigure(localityCode: string, indicatorId: string): FigureText {
  const { i18n } = useTranslation();
  const indicator = useCatalogue().indicator(indicatorId);
  const value = useReading(localityCode, indicatorId)?.value;
  const text = useFigure(localityCode, indicatorId);
  const language = currentLanguage(i18n);
  return useMemo(() => {
    const state = indicator?.states.find((candidate) => candidate.value === value);
    const isShown = text.look !== 'never' && text.look !== 'dead' && text.look !== 'withheld';
    return state === undefined || !isShown ? text : { ...text, main: state.name[language], unit: '' };
  }, [indicator, value, text, language]);
}

export function IndicatorFigure({ localityCode, indicatorId, size }: { readonly localityCode: string; readonly indicatorId: string; readonly size: FigureSize }) {
  return <FigureView text={useIndicatorFigure(localityCode, indicatorId)} size={size} />;
}
