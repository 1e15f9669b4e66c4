import './load.css';
import { useTranslation } from 'react-i18next';
import { formatClockShort, formatNumber } from '../../../i18n/format.ts';
import { ALARM_LOAD } from '../../../theme/tokens.ts';
import { floodSpans, type LoadBucket, loadLevel, totalOf } from './loadFacts.ts';

interface HistogramProps {
  readonly buckets: readonly LoadBucket[];
  readonly bucketMs: number;
}

/** As many times as the axis of a watch has room for, beside its end. */
const TIMES = 7;

/** Each where it is on the axis; the end has its own. */
function Times({ buckets, bucketMs }: HistogramProps) {
  const every = Math.ceil(buckets.length / TIMES);
  const shown = buckets.flatMap(({ fromMs }, position) => (position % every === 0 && position <= buckets.length - every / 2 ? [{ atMs: fromMs, ratio: position / buckets.length }] : []));
  const end = (buckets.at(-1)?.fromMs ?? 0) + bucketMs;
  return <div className="load-times num">{[...shown, { atMs: end, ratio: 1 }].map(({ atMs, ratio }) => <span key={atMs} style={{ left: `${100 * ratio}%` }}>{formatClockShort(atMs)}</span>)}</div>;
}

function FloodLabels({ buckets, bucketMs }: HistogramProps) {
  const { t } = useTranslation();
  const [from, spanMs] = [buckets[0]?.fromMs ?? 0, buckets.length * bucketMs];
  return floodSpans(buckets, bucketMs).map(({ fromMs, toMs, count }) => {
    const middle = ((fromMs + toMs) / 2 - from) / spanMs;
    return <span key={fromMs} className="load-flood" style={{ left: `${100 * Math.min(0.85, Math.max(0.15, middle))}%` }}>{t('alarms.load.floodSpan', { from: formatClockShort(fromMs), to: formatClockShort(toMs), count: formatNumber(count) })}</span>;
  });
}

/** Above this a bar is cut, and says its number: one great flood would press the marks, and every other bar, flat. */
const MOST_DRAWN = 3 * ALARM_LOAD.flood;

/** [DK20] Alarms in ten minutes over time. The marks at 1 and 10 always stand, so that it has a scale. */
export function Histogram({ buckets, bucketMs }: HistogramProps) {
  const { t } = useTranslation();
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return null;
  const most = Math.max(...buckets.map(({ count }) => count));
  const top = Math.max(ALARM_LOAD.axisMax, Math.min(most, MOST_DRAWN) * 1.05);
  const high = (count: number) => `${(100 * count) / top}%`;
  const summary = t('alarms.load.summary', { count: formatNumber(totalOf(buckets)), from: formatClockShort(first.fromMs), to: formatClockShort(last.fromMs + bucketMs), most: formatNumber(most) });
  return (
    <div className="load-chart" role="img" aria-label={summary}>
      <div className="load-plot">
        {[{ n: ALARM_LOAD.flood, label: t('alarms.load.floodMark', { n: ALARM_LOAD.flood }) }, { n: ALARM_LOAD.normal, label: t('alarms.load.normalMark', { n: ALARM_LOAD.normal }) }].map(({ n, label }) => (
          <div key={n} className="load-mark" data-mark={n} style={{ bottom: high(n) }}><span>{label}</span></div>
        ))}
        <div className="load-bars">{buckets.map(({ fromMs, count }) => <div key={fromMs} data-level={loadLevel(count)} data-cut={count > MOST_DRAWN} style={{ height: high(Math.min(count, MOST_DRAWN)) }}>{count > MOST_DRAWN && <span className="num">{formatNumber(count)}</span>}</div>)}</div>
        <FloodLabels buckets={buckets} bucketMs={bucketMs} />
      </div>
      <Times buckets={buckets} bucketMs={bucketMs} />
    </div>
  );
}
