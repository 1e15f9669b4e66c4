import { line } from 'd3-shape';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SeriesDto, type SeriesPoint } from '../../shared/protocol/http.ts';
import { useCatalogue } from '../catalogue/ChannelProvider.tsx';
import { fetchJson } from '../catalogue/origin.ts';
import { formatClockShort, formatNumber } from '../i18n/format.ts';
import { useMirrorStore } from '../store/mirrorHooks.tsx';

const WINDOW_MS = 24 * 3_600_000;
const POINTS = 96;
const REFRESH_MS = 5 * 60_000;
const VIEW = { width: 1_000, height: 150 };

/** The last day of a series, asked again every five minutes. `null` until the first answer; a failed question keeps the answer before. */
function useLastDay(localityCode: string, indicatorId: string): SeriesDto | null {
  const store = useMirrorStore();
  const [answer, setAnswer] = useState<SeriesDto | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const ask = () => {
      const toMs = Math.round(store.getState().dataNowMs);
      const query = new URLSearchParams({ channel: store.channel, locality: localityCode, indicator: indicatorId, from: String(toMs - WINDOW_MS), to: String(toMs), points: String(POINTS) });
      fetchJson(`/api/v1/series?${query}`, abort.signal).then(
        (received) => setAnswer(SeriesDto.parse(received)),
        () => { /* The link banner says when the server is gone; a chart has nothing to add. */ },
      );
    };
    ask();
    const timer = setInterval(ask, REFRESH_MS);
    return () => { abort.abort(); clearInterval(timer); };
  }, [store, localityCode, indicatorId]);
  return answer;
}

/** [TR1] Lowest and highest of the values and the target, with air on both sides; it need not hold zero, because a line is not a bar. */
export function trendRange(values: readonly number[], target: number | null): readonly [number, number] {
  const all = target === null ? values : [...values, target];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const air = Math.max(0.5, (high - low) * 0.15);
  return [low - air, high + air];
}

/** A line over the last day against the target; a bucket without readings breaks it. With fewer than two readings it says nothing. */
export function TrendLine({ localityCode, indicatorId, title }: { readonly localityCode: string; readonly indicatorId: string; readonly title: string }) {
  const { t } = useTranslation();
  const target = useCatalogue().indicator(indicatorId)?.target ?? null;
  const day = useLastDay(localityCode, indicatorId);
  const values = day?.points.flatMap(({ last }) => last ?? []) ?? [];
  if (day === null || values.length < 2) return null;
  const [low, high] = trendRange(values, target);
  const x = (atMs: number) => ((atMs - day.fromMs) / (day.toMs - day.fromMs)) * VIEW.width;
  const y = (value: number) => VIEW.height - ((value - low) / (high - low)) * VIEW.height;
  const path = line<SeriesPoint>().defined(({ last }) => last !== null).x(({ atMs }) => x(atMs)).y(({ last }) => y(last ?? 0))([...day.points]);
  return (
    <section className="trend">
      <header className="trend-head"><span>{title}</span>{target !== null && <span className="trend-quiet">{t('dossiers.target', { value: formatNumber(target) })}</span>}</header>
      <svg viewBox={`0 0 ${VIEW.width} ${VIEW.height}`} preserveAspectRatio="none" role="img" aria-label={title}>
        {target !== null && <line className="trend-goal" x1="0" x2={VIEW.width} y1={y(target)} y2={y(target)} vectorEffect="non-scaling-stroke" />}
        <path className="trend-line" d={path ?? ''} vectorEffect="non-scaling-stroke" />
      </svg>
      <p className="trend-head trend-quiet num"><span>{formatClockShort(day.fromMs)}</span><span>{formatClockShort(day.toMs)}</span></p>
    </section>
  );
}
