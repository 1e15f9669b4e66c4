import { CheckCheck, ChevronRight, TriangleAlert } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../../shared/domain/indicator.ts';
import type { ExplainDto } from '../../../../shared/protocol/answers.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { FigureNoteLine, FigureView } from '../../../panels/Figure.tsx';
import { THEMES } from '../../../theme/tokens.ts';
import { type DotScale, dotScaleOf, rampClassOf } from '../districtScale.ts';
import type { ExplainedNumber } from './explainAddress.ts';
import { checkSum, explainRows, type ExplainRow, type SumCheck } from './explainRows.ts';
import { useReadingText } from './useReadingText.ts';

const unknownOr = (value: number | null) => (value === null ? '?' : formatNumber(value));

function Dot({ value, isOld, indicator, scale }: { readonly value: number | null; readonly isOld: boolean; readonly indicator: Indicator; readonly scale: DotScale }) {
  const place = (of: number) => `${(100 * (Math.min(Math.max(of, scale.min), scale.max) - scale.min)) / (scale.max - scale.min)}%`;
  return (
    <span className="explain-scale" aria-hidden="true">
      {indicator.target !== null && <span className="explain-target" style={{ left: place(indicator.target) }} />}
      {value !== null && <span className="explain-dot" data-old={isOld} style={{ left: place(value), background: THEMES.light.ramp[rampClassOf(indicator, value) ?? 0] }} />}
    </span>
  );
}

/** "8,3% mẫu số", "đạt", "quyết định con số": what the unit weighs in the number. */
function useWeightWords(rule: ExplainDto['rule']): (row: ExplainRow) => string {
  const { t } = useTranslation();
  return ({ weightRatio, isCounted, isDecisive }) => [
    isCounted === null ? null : t(isCounted ? 'explain.counted' : 'explain.notCounted'),
    isDecisive ? t('explain.decisive') : null,
    weightRatio === null ? null : t(rule === 'sum' ? 'explain.weightOfSum' : 'explain.weight', { percent: `${formatNumber(100 * weightRatio, 1)}%` }),
  ].filter((word) => word !== null).join(' · ');
}

interface MemberProps {
  readonly row: ExplainRow;
  readonly answer: ExplainDto;
  readonly scale: DotScale | null;
  readonly onGoDown: (part: ExplainedNumber) => void;
}

function Member({ row, answer, scale, onGoDown }: MemberProps) {
  const { i18n } = useTranslation();
  const catalogue = useCatalogue();
  const weightWords = useWeightWords(answer.rule)(row);
  const { reading } = row;
  const text = useReadingText()(reading, answer.atMs);
  const indicator = catalogue.indicator(reading.indicatorId);
  const isOfPlace = reading.localityCode === answer.reading.localityCode;
  const name = isOfPlace ? indicator?.name[currentLanguage(i18n)] : catalogue.locality(reading.localityCode)?.name;
  const isOld = reading.freshness === 'stale' || reading.freshness === 'dead';
  return (
    <li className="explain-member" data-freshness={reading.freshness} data-decisive={row.isDecisive}>
      <Button onPress={() => onGoDown(reading)}>
        <span className="explain-memberName">{name ?? reading.localityCode}</span>
        {scale !== null && indicator !== undefined && <Dot value={reading.value} isOld={isOld} indicator={indicator} scale={scale} />}
        <span className="explain-memberValue"><FigureView text={text} size="row" /></span>
        <span className="explain-memberParts num">{row.parts !== null && `${unknownOr(row.parts.numerator)}/${unknownOr(row.parts.denominator)}`}</span>
        <span className="explain-memberNote"><FigureNoteLine text={text} note="short" />{weightWords !== '' && <span>{weightWords}</span>}</span>
        <ChevronRight aria-hidden="true" />
      </Button>
    </li>
  );
}

function Verdict({ check, answer, indicator }: { readonly check: SumCheck; readonly answer: ExplainDto; readonly indicator: Indicator }) {
  const { t } = useTranslation();
  const say = ({ value, numerator, denominator }: SumCheck['again']) => {
    const main = value === null ? t('figure.none') : `${formatNumber(value, indicator.decimals)}${indicator.unit.vi === '%' ? '%' : ''}`;
    return numerator === null || denominator === null ? main : `${main} (${formatNumber(numerator)}/${formatNumber(denominator)})`;
  };
  return (
    <p className="explain-sum" data-ok={check.isSame} role={check.isSame ? undefined : 'alert'}>
      {check.isSame ? <CheckCheck aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
      <span>{check.isSame ? t('explain.adds') : t('explain.differs', { again: say(check.again), shown: say(answer.reading) })}</span>
      {check.isSame && <b className="num">{say(check.again)}</b>}
    </p>
  );
}

function useScaleWords(indicator: Indicator | undefined, scale: DotScale | null): string {
  const { t, i18n } = useTranslation();
  if (indicator === undefined || scale === null) return '';
  const words = indicator.unit[currentLanguage(i18n)];
  const unit = words === '%' || words === '' ? words : ` ${words}`;
  const decimals = scale.min % 1 === 0 && scale.max % 1 === 0 ? 0 : 1;
  const range = t('province.list.scale', { min: formatNumber(scale.min, decimals), max: formatNumber(scale.max, decimals), unit });
  return indicator.target === null ? range : `${range} · ${t('province.list.target', { value: formatNumber(indicator.target), unit })}`;
}

/** All that stand behind the number, worst first, then whether they add up to it. Each leads to its own explanation. */
export function ExplainMembers({ answer, onGoDown }: { readonly answer: ExplainDto; readonly onGoDown: (part: ExplainedNumber) => void }) {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const rows = explainRows(answer, catalogue.indicator);
  const indicator = catalogue.indicator(answer.reading.indicatorId);
  const scaled = catalogue.indicator(rows[0]?.reading.indicatorId ?? '');
  const areUnits = rows[0]?.reading.localityCode !== answer.reading.localityCode;
  const values = rows.flatMap(({ reading }) => reading.value ?? []);
  const scale = areUnits && scaled !== undefined ? dotScaleOf(scaled, values) : null;
  const scaleWords = useScaleWords(scaled, scale);
  const check = checkSum(answer, catalogue.indicator);
  if (rows.length === 0 || indicator === undefined) return null;
  const isLand = catalogue.locality(answer.reading.localityCode)?.level === 'nation';
  const kind = !areUnits ? 'counts' : isLand ? 'provinces' : catalogue.edition === '2021' ? 'districts' : 'communes';
  const missing = rows.filter(({ reading }) => reading.value === null && reading.denominator === null).length;
  return (
    <section className="explain-members">
      <header><h3>{t(`explain.members.${kind}`, { count: rows.length })}</h3>{scaleWords !== '' && <span>{scaleWords}</span>}</header>
      {missing > 0 && <p className="explain-missing">{t('explain.missing', { count: missing })}</p>}
      <ul data-scaled={scale !== null}>{rows.map((row) => <Member key={`${row.reading.localityCode}/${row.reading.indicatorId}`} row={row} answer={answer} scale={scale} onGoDown={onGoDown} />)}</ul>
      {check !== null && <Verdict check={check} answer={answer} indicator={indicator} />}
    </section>
  );
}
