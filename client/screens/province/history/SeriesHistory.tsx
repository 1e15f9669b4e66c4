import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../../shared/domain/indicator.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { SeriesExport } from '../../export/SeriesExport.tsx';
import { answerProblem } from '../../answers.tsx';
import { cardName } from '../cardName.ts';
import { useTravel } from '../past/asOf.tsx';
import type { ChartMark, ChartModel } from './chartModel.ts';
import { dayAndTime } from './dayAndTime.ts';
import { HistoryTable } from './HistoryTable.tsx';
import type { TimeSpan } from './timeSpan.ts';
import { useSeries } from './useSeries.ts';

const LineChart = lazy(() => import('./LineChart.tsx'));

const MAIN_PX = 176;
const SMALL_PX = 64;

interface SeriesHistoryProps {
  readonly localityCode: string;
  readonly indicator: Indicator;
  readonly span: TimeSpan;
  readonly marks: readonly ChartMark[];
  /** The chosen figure, large and with a table; the others stand small under it. */
  readonly isMain: boolean;
}

interface Saying {
  /** As the axis has room for: "95,1%", "8,2", "đã nối". */
  readonly tick: (value: number) => string;
  /** With its unit: "8,2 ms". */
  readonly whole: (value: number) => string;
}

function useSaying(indicator: Indicator): Saying {
  const { i18n } = useTranslation();
  const language = currentLanguage(i18n);
  return useMemo(() => {
    const unit = indicator.unit[language];
    const stateOf = (value: number) => indicator.states.find((state) => state.value === value)?.name[language];
    const tick = (value: number) => stateOf(value) ?? `${formatNumber(value, indicator.decimals)}${unit === '%' ? '%' : ''}`;
    return { tick, whole: (value) => (unit === '%' || unit === '' || stateOf(value) !== undefined ? tick(value) : `${tick(value)} ${unit}`) };
  }, [indicator, language]);
}

/** The whole span in words. */
function useSummary(saying: Saying): (model: ChartModel) => string {
  const { t } = useTranslation();
  return ({ lowest, highest, newest }) => (lowest === highest ? t('history.steady', { value: saying.whole(newest) })
    : t('history.summary', { min: saying.tick(lowest), max: saying.whole(highest), last: saying.whole(newest) }));
}

/** One figure over time: what it was where the crosshair stands, in words, and its chart. */
export function SeriesHistory({ localityCode, indicator, span, marks, isMain }: SeriesHistoryProps) {
  const { t, i18n } = useTranslation();
  const travel = useTravel();
  const saying = useSaying(indicator);
  const summary = useSummary(saying);
  const drawn = useRef<HTMLDivElement>(null);
  const [position, setPosition] = useState<number | null>(null);
  const { state, answer, error, model } = useSeries(localityCode, indicator, span);
  const name = cardName(indicator, currentLanguage(i18n), t);
  const words = (shown: ChartModel) => (position === null ? summary(shown) : wordsAt(shown, position, saying.whole, t('history.noReading'), (min, max) => t('history.spread', { min, max })));
  const heightPx = isMain ? MAIN_PX : SMALL_PX;
  return (
    <div ref={drawn} className="history-series" data-main={isMain}>
      <p className="history-words">{!isMain && <b>{name}</b>}<span className="num">{model === null ? '' : words(model)}</span>{isMain && indicator.target !== null && <span className="history-target">{t('history.target', { value: saying.whole(indicator.target) })}</span>}</p>
      {model === null ? <p className="history-none">{state === 'failed' ? answerProblem(error, t('history.failed'), t) : t(state === 'asking' ? 'history.asking' : 'history.none')}</p> : (
        <Suspense fallback={<div style={{ height: heightPx }} />}>
          <LineChart model={model} marks={marks} label={t('history.chart', { name, summary: summary(model) })} onPoint={setPosition} onTap={travel}
            heightPx={heightPx} hasAxes={isMain} isStepped={indicator.states.length > 0} target={indicator.target} say={saying.tick} />
        </Suspense>
      )}
      {isMain && model !== null && <p className="history-ends num"><span>{dayAndTime(model.fromMs)}</span><span className="history-hint">{t('history.hint')}</span><span>{dayAndTime(model.toMs)}</span></p>}
      {isMain && answer !== null && model !== null && <HistoryTable points={answer.points} toMs={answer.toMs} name={name} say={saying.tick} onGo={travel} />}
      {isMain && answer !== null && model !== null && <SeriesExport title={t('history.titleOf', { name })} indicator={indicator} series={answer} chart={() => drawn.current?.querySelector('.history-chart') ?? null} />}
    </div>
  );
}

/** "14:32 23/11 · 95,1% (thấp nhất 93%, cao nhất 96%)"; a bucket of one value says it once. */
function wordsAt(model: ChartModel, position: number, say: (value: number) => string, none: string, spread: (min: string, max: string) => string): string {
  const [atMs, last, min, max] = [model.atMs[position], model.last[position], model.min[position], model.max[position]];
  if (atMs === undefined) return '';
  if (last == null || min == null || max == null) return `${dayAndTime(atMs)} · ${none}`;
  return `${dayAndTime(atMs)} · ${say(last)}${min === max ? '' : ` (${spread(say(min), say(max))})`}`;
}
