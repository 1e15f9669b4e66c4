import { Info } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatAge } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { FigureNoteLine, FigureView, useFigure } from '../../panels/Figure.tsx';
import type { FigureText } from '../../panels/figureText.ts';
import { useNow, useReading } from '../../store/mirrorHooks.tsx';
import { cardName } from './cardName.ts';
import { useIndicatorFigure } from '../../panels/IndicatorFigure.tsx';

const NATION = 'VN';
/** A count says by its name what it counts; a length of time does not say its unit. */
const TIME_UNITS: ReadonlySet<string> = new Set(['ms', 'giây', 'phút']);

interface FigureCardProps {
  readonly localityCode: string;
  readonly indicatorId: string;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onExplain: () => void;
}

/** What stands under a fresh number: its parts and age, or the same figure of the whole country; otherwise provenance and age. */
function useCardNote(localityCode: string, indicatorId: string, text: FigureText, isSelected: boolean): FigureText {
  const { t } = useTranslation();
  const indicator = useCatalogue().indicator(indicatorId);
  const nation = useFigure(NATION, indicatorId);
  const observedAtMs = useReading(localityCode, indicatorId)?.observedAtMs;
  const { dataNowMs } = useNow();
  if (text.mark !== 'fresh') return text;
  const rule = indicator?.rollUp.rule;
  const isComparable = (rule === 'ratio' || rule === 'share') && localityCode !== NATION && (nation.look === 'fresh' || nation.look === 'late');
  if (isComparable && !isSelected) return { ...text, noteShort: t('province.nation', { value: `${nation.main}${nation.unit}` }) };
  if (text.parts === null || observedAtMs == null) return text;
  return { ...text, noteShort: `${text.parts.numerator}/${text.parts.denominator} · ${formatAge(dataNowMs - observedAtMs, t)}` };
}

/** One of the six: name, figure, note, and "i" for where the number comes from. The whole card chooses the indicator. */
export function FigureCard({ localityCode, indicatorId, isSelected, onSelect, onExplain }: FigureCardProps) {
  const { t, i18n } = useTranslation();
  const indicator = useCatalogue().indicator(indicatorId);
  const text = useIndicatorFigure(localityCode, indicatorId);
  const note = useCardNote(localityCode, indicatorId, text, isSelected);
  const name = indicator === undefined ? indicatorId : cardName(indicator, currentLanguage(i18n), t);
  return (
    <div className="province-card" data-selected={isSelected} data-look={text.look}>
      <Button className="province-cardChoose" aria-pressed={isSelected} onPress={onSelect}>{name}</Button>
      <Button className="province-cardInfo" aria-label={t('province.explainOf', { name })} onPress={onExplain}><Info aria-hidden="true" /></Button>
      <p className="province-cardFigure"><FigureView text={text} size="card" withUnit={indicator !== undefined && TIME_UNITS.has(indicator.unit.vi)} /></p>
      <p className="province-cardNote" title={text.note}><FigureNoteLine text={note} note="short" /></p>
    </div>
  );
}
