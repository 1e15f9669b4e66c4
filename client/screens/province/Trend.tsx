import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import { SeriesDto } from '../../../shared/protocol/http.ts';
import { formatClockShort, formatDate, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useAnswer } from '../answers.tsx';
import { cardName } from './cardName.ts';
import { trendShape } from './trendPath.ts';

const POINTS = 96;
const EVERY_MS = 60_000;
const WIDTH = 1_000;
const HEIGHT = 100;

/** "23/11 07:23": both ends of a day have the same time. */
function dayAndTime(atMs: number): string {
  return `${formatDate(atMs).replace(/\/\d+$/, '')} ${formatClockShort(atMs)}`;
}

/** The chosen figure over the last 24 hours. Where nothing was read the line has a gap. */
export function Trend({ localityCode, indicator }: { readonly localityCode: string; readonly indicator: Indicator }) {
  const { t, i18n } = useTranslation();
  const series = useAnswer(SeriesDto, `/api/v1/series?channel=live&locality=${localityCode}&indicator=${indicator.id}&points=${POINTS}`, { everyMs: EVERY_MS });
  const shape = useMemo(() => (series.data === undefined ? null : trendShape(series.data.points, {
    fromMs: series.data.fromMs, toMs: series.data.toMs, width: WIDTH, height: HEIGHT, target: indicator.target,
  })), [series.data, indicator.target]);
  const language = currentLanguage(i18n);
  const unit = indicator.unit[language];
  const say = (value: number) => `${formatNumber(value, indicator.decimals)}${unit === '%' ? '%' : ''}`;
  const name = cardName(indicator, language, t);
  return (
    <section className="province-panel province-trend" aria-label={t('province.trendOf', { name })}>
      <header className="province-panelHead"><h2>{t('province.trendOf', { name })}</h2>{shape !== null && <span className="num">{`${say(shape.min)} – ${say(shape.max)}`}</span>}</header>
      {shape === null ? <p className="province-trendNone">{series.isError ? t('province.trendFailed') : series.isPending ? t('province.asking') : t('province.trendNone')}</p> : (
        <>
          <svg className="province-trendLine" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('province.trendRange', { min: say(shape.min), max: say(shape.max) })}>
            <path d={shape.band} fill="var(--accent)" opacity="0.16" />
            {shape.targetY !== null && <path d={`M0 ${shape.targetY}H${WIDTH}`} stroke="var(--ink3)" strokeDasharray="4 4" vectorEffect="non-scaling-stroke" />}
            <path d={shape.line} fill="none" stroke="var(--accent)" strokeWidth="2" vectorEffect="non-scaling-stroke" />
            {shape.lone.map(({ x, y }) => <path key={x} d={`M${x} ${y}h0.01`} stroke="var(--accent)" strokeWidth="5" strokeLinecap="round" vectorEffect="non-scaling-stroke" />)}
          </svg>
          {series.data !== undefined && <p className="province-trendTimes num"><span>{dayAndTime(series.data.fromMs)}</span><span>{dayAndTime(series.data.toMs)}</span></p>}
        </>
      )}
    </section>
  );
}
