import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SeriesDto } from '../../shared/protocol/http.ts';
import { fetchJson } from '../catalogue/loadCatalogue.ts';
import { useCatalogue } from '../catalogue/ChannelProvider.tsx';
import { formatClockShort, formatNumber } from '../i18n/format.ts';
import { useMirrorStore } from '../store/mirrorHooks.tsx';

const WINDOW_MS = 24 * 3_600_000;
const POINTS = 96;
const REFRESH_MS = 5 * 60_000;

export interface TrendPoint { readonly atMs: number; readonly value: number }

/** The last day of a series, asked again every five minutes. `null` until the first answer; a failed question keeps the answer before. */
function useTrend(localityCode: string, indicatorId: string): readonly TrendPoint[] | null {
  const store = useMirrorStore();
  const [points, setPoints] = useState<readonly TrendPoint[] | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const ask = () => {
      const toMs = Math.round(store.getState().dataNowMs);
      const query = new URLSearchParams({ channel: store.channel, locality: localityCode, indicator: indicatorId, from: String(toMs - WINDOW_MS), to: String(toMs), points: String(POINTS) });
      fetchJson(`/api/v1/series?${query}`, abort.signal).then(
        (answer) => setPoints(SeriesDto.parse(answer).points.flatMap(({ atMs, last }) => (last === null ? [] : [{ atMs, value: last }]))),
        () => { /* The link banner says when the server is gone; a chart has nothing to add. */ },
      );
    };
    ask();
    const timer = setInterval(ask, REFRESH_MS);
    return () => { abort.abort(); clearInterval(timer); };
  }, [store, localityCode, indicatorId]);
  return points;
}

const VIEW = { width: 1_000, height: 150 };

/** The scale holds every value and the target, with a little air; it never starts at zero, because a line is not a bar. */
export function trendScale(points: readonly TrendPoint[], target: number | null): readonly [number, number] {
  const values = [...points.map(({ value }) => value), ...(target === null ? [] : [target])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = Math.max(0.5, (high - low) * 0.15);
  return [low - air, high + air];
}

/** A line over the last day against the target. With fewer than two points it says nothing. */
export function TrendLine({ localityCode, indicatorId, title }: { readonly localityCode: string; readonly indicatorId: string; readonly title: string }) {
  const { t } = useTranslation();
  const target = useCatalogue().indicator(indicatorId)?.target ?? null;
  const points = useTrend(localityCode, indicatorId);
  const [first, last] = [points?.[0], points?.at(-1)];
  if (points === null || points.length < 2 || first === undefined || last === undefined) return null;
  const x = scaleLinear([first.atMs, last.atMs], [10, VIEW.width - 10]);
  const y = scaleLinear([...trendScale(points, target)], [VIEW.height, 0]);
  const path = line<TrendPoint>().x(({ atMs }) => x(atMs)).y(({ value }) => y(value))([...points]);
  return (
    <section className="trend">
      <header className="trend-head"><span>{title}</span>{target !== null && <span className="trend-target">{t('dossiers.target', { value: formatNumber(target) })}</span>}</header>
      <svg viewBox={`0 0 ${VIEW.width} ${VIEW.height}`} preserveAspectRatio="none" role="img" aria-label={title}>
        {target !== null && <line className="trend-goal" x1="0" x2={VIEW.width} y1={y(target)} y2={y(target)} vectorEffect="non-scaling-stroke" />}
        <path className="trend-line" d={path ?? ''} vectorEffect="non-scaling-stroke" />
      </svg>
      <div className="trend-axis num"><span>{formatClockShort(first.atMs)}</span><span>{formatClockShort(last.atMs)}</span></div>
    </section>
  );
}
