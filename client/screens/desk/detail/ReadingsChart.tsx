import '../../province/history/history.css';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import type { Indicator } from '../../../../shared/domain/indicator.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatClock, formatClockShort, formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useNow } from '../../../store/mirrorHooks.tsx';
import { answerProblem } from '../../answers.tsx';
import type { ChartMark } from '../../province/history/chartModel.ts';
import { useSeries } from '../../province/history/useSeries.ts';

const LineChart = lazy(() => import('../../province/history/LineChart.tsx'));

const HALF_SPAN_MS = 30 * 60_000;
const MINUTE_MS = 60_000;
const HEIGHT_PX = 120;
const nothing = () => {};

function Chart({ alarm, indicator }: { readonly alarm: Alarm; readonly indicator: Indicator }) {
  const { t, i18n } = useTranslation();
  const { dataNowMs } = useNow();
  const language = currentLanguage(i18n);
  const { sinceMs, localityCode } = alarm;
  // To the minute, so that it is not asked again each second.
  const toMs = Math.min(sinceMs + HALF_SPAN_MS, Math.floor(dataNowMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS);
  const { state, error, model } = useSeries(localityCode, indicator, { name: 'custom', fromMs: Math.floor(sinceMs - HALF_SPAN_MS), toMs: Math.floor(toMs) });
  const marks = useMemo((): readonly ChartMark[] => [{ atMs: sinceMs, kind: 'alarm', label: '' }], [sinceMs]);
  const say = (value: number) => indicator.states.find((one) => one.value === value)?.name[language] ?? (indicator.states.length > 0 ? '' : formatNumber(value, indicator.decimals));
  if (model === null) return <p className="detail-quiet">{state === 'failed' ? answerProblem(error, t('alarms.detail.chartFailed'), t) : t(state === 'asking' ? 'alarms.asking' : 'alarms.detail.chartNone')}</p>;
  const label = t('alarms.detail.chartOf', { name: indicator.shortName[language], min: say(model.lowest), max: say(model.highest), time: formatClock(sinceMs) });
  return (
    <>
      <Suspense fallback={<div style={{ height: HEIGHT_PX }} />}>
        <LineChart model={model} marks={marks} label={label} onPoint={nothing} onTap={nothing} heightPx={HEIGHT_PX} hasAxes isStepped={indicator.states.length > 0} target={indicator.target} say={say} />
      </Suspense>
      <p className="history-ends num"><span>{formatClockShort(model.fromMs)}</span><span className="history-hint">{label}</span><span>{formatClockShort(model.toMs)}</span></p>
    </>
  );
}

/** The readings half an hour before and after the alarm began, with a mark where it did. Nothing where no reading is behind it. */
export function ReadingsChart({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation();
  const { indicator, table } = useCatalogue();
  const known = indicator(alarm.indicatorId ?? '');
  if (known === undefined || !alarm.isPlaced || table.indexOf(alarm.localityCode, known.id) === undefined) return null;
  return <section className="detail-part" aria-label={t('alarms.detail.chart')}><h3>{t('alarms.detail.chart')}</h3><Chart alarm={alarm} indicator={known} /></section>;
}
