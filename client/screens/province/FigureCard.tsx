import './card.css';
import { Info } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Trend } from '../../../shared/protocol/trends.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { FigureNoteLine, FigureView, useFigure } from '../../panels/Figure.tsx';
import type { FigureText } from '../../panels/figureText.ts';
import { useReading } from '../../store/mirrorHooks.tsx';
import { cardName } from './cardName.ts';
import { useIndicatorFigure } from '../../panels/IndicatorFigure.tsx';
import { sparkline } from './sparkline.ts';
import { changeWords, useCardTrend } from './useCardTrend.ts';

const NATION = 'VN';
/** A count says by its name what it counts; a length of time does not say its unit. */
const TIME_UNITS: ReadonlySet<string> = new Set(['ms', 'giây', 'phút']);
const SPARK_WIDTH = 60;
const SPARK_HEIGHT = 26;

interface FigureCardProps {
  readonly localityCode: string;
  readonly indicatorId: string;
  /** Of all cards of the page. */
  readonly pageIds: readonly string[];
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onExplain: () => void;
}

/** The target; where none is set, the same percentage of the whole country. */
function useYardstick(localityCode: string, indicatorId: string, indicator: Indicator | undefined): string | null {
  const { t, i18n } = useTranslation();
  const nation = useFigure(NATION, indicatorId);
  if (indicator === undefined) return null;
  if (indicator.target !== null && indicator.states.length === 0) {
    const unit = indicator.unit[currentLanguage(i18n)];
    return t('explain.card.target', { value: `${formatNumber(indicator.target)}${unit === '%' ? '%' : ''}` });
  }
  const isComparable = (indicator.rollUp.rule === 'ratio' || indicator.rollUp.rule === 'share') && localityCode !== NATION;
  return isComparable && (nation.look === 'fresh' || nation.look === 'late') ? t('province.nation', { value: `${nation.main}${nation.unit}` }) : null;
}

function Spark({ trend, indicator }: { readonly trend: Trend; readonly indicator: Indicator }) {
  const { t } = useTranslation();
  const shape = sparkline(trend.points, SPARK_WIDTH, SPARK_HEIGHT);
  if (shape === null || indicator.states.length > 0) return null;
  const say = (value: number) => formatNumber(value, indicator.decimals);
  return (
    <svg className="card-spark" viewBox={`0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`} role="img" aria-label={t('explain.card.run', { min: say(shape.min), max: say(shape.max) })}>
      <path d={shape.path} />
    </svg>
  );
}

/** What stands under the number, one fact after the other; a fact is never cut, it goes to the next line. */
function CardFacts({ text, facts }: { readonly text: FigureText; readonly facts: readonly (string | null)[] }) {
  return (
    <ul className="card-facts">
      {text.parts !== null && <li className="num">{`${text.parts.numerator}/${text.parts.denominator}`}</li>}
      <li><FigureNoteLine text={text} note="short" /></li>
      {[text.coverageShort, ...facts].filter((fact) => fact !== null).map((fact) => <li key={fact}>{fact}</li>)}
    </ul>
  );
}

/** One of the six: name, figure, its last 24 hours, target, freshness, coverage and change; "i" for where the number comes from. The whole card chooses the indicator. */
export function FigureCard({ localityCode, indicatorId, pageIds, isSelected, onSelect, onExplain }: FigureCardProps) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const indicator = useCatalogue().indicator(indicatorId);
  const text = useIndicatorFigure(localityCode, indicatorId);
  const value = useReading(localityCode, indicatorId)?.value ?? null;
  const trend = useCardTrend(localityCode, indicatorId, pageIds);
  const yardstick = useYardstick(localityCode, indicatorId, indicator);
  const name = indicator === undefined ? indicatorId : cardName(indicator, language, t);
  const isComparable = trend !== undefined && indicator !== undefined && value !== null && text.look !== 'dead' && text.look !== 'withheld';
  return (
    <div className="province-card" data-selected={isSelected} data-look={text.look}>
      <Button className="province-cardChoose" aria-pressed={isSelected} onPress={onSelect}>{name}</Button>
      <Button className="province-cardInfo" aria-label={t('province.explainOf', { name })} onPress={onExplain}><Info aria-hidden="true" /></Button>
      <div className="province-cardFigure">
        <FigureView text={text} size="card" withUnit={indicator !== undefined && TIME_UNITS.has(indicator.unit.vi)} />
        {trend !== undefined && indicator !== undefined && <Spark trend={trend} indicator={indicator} />}
      </div>
      <CardFacts text={text} facts={[yardstick, isComparable ? changeWords(indicator, value, trend.before, language, t) : null]} />
    </div>
  );
}
