import { quantise } from '../../shared/domain/indicator.ts';
import { toLevel } from '../../shared/domain/locality.ts';
import type { Series, SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { SeriesPoint } from '../../shared/protocol/http.ts';
import type { History, SeriesAnswer, SeriesQuery } from '../ports/store.ts';

/** Members are asked so many at a time, so that an append waits behind a few questions and never behind a nation's. */
const AT_ONCE = 32;

/** One value per bucket: the last known at its end. NaN: none, or none that is not stale. */
interface Line {
  readonly last: Float64Array;
  /** Readings that fell into the bucket, of all members. */
  readonly count: Int32Array;
}

/**
 * Charts of computed series. The file keeps what sources said; an aggregate of the past is rolled up when asked, at the end of
 * each bucket, from its members' last readings that were not stale then. So its `min`, `max` and `last` are one number ([HI9]). Below
 * the indicator's quorum of members there is a gap. A stated figure stands in place of the computed one, as in the state ([U8]).
 */
export function withComputedSeries(history: History, table: SeriesTable): History {
  return {
    asOf: (atMs) => history.asOf(atMs),
    beginsAtMs: () => history.beginsAtMs(),
    retain: (nowMs) => history.retain(nowMs),
    async series(query) {
      const own = await history.series(query);
      const series = table.series[query.seriesIndex];
      if (series === undefined || isObserved(series) || own.points.some(({ count }) => count > 0)) return own;
      return { ...own, points: toPoints(await computeLine(history, table, series, query, own), own, series.indicator.decimals) };
    },
  };
}

function isObserved({ locality, indicator }: Series): boolean {
  return indicator.observedAt === toLevel(locality) || indicator.rollUp.rule === 'none';
}

async function computeLine(history: History, table: SeriesTable, series: Series, query: SeriesQuery, shape: SeriesAnswer): Promise<Line> {
  const { rollUp, quorumRatio } = series.indicator;
  const { code } = series.locality;
  if (rollUp.rule === 'ratio') {
    const part = async (indicatorId: string) => {
      const index = table.indexOf(code, indicatorId);
      const found = index === undefined ? undefined : table.series[index];
      return found === undefined ? emptyLine(shape) : lineOf(history, table, found, query, shape);
    };
    const numerator = await part(rollUp.numerator);
    const denominator = await part(rollUp.denominator);
    // A zero denominator has no share: NaN, never 0 or 100.
    return { last: numerator.last.map((value, bucket) => (denominator.last[bucket] === 0 ? Number.NaN : (100 * value) / (denominator.last[bucket] ?? Number.NaN))), count: numerator.count };
  }
  const members = observedBelow(table, code, rollUp.rule === 'share' ? rollUp.of : series.indicator.id);
  const lines: Line[] = [];
  for (let start = 0; start < members.length; start += AT_ONCE) {
    lines.push(...await Promise.all(members.slice(start, start + AT_ONCE).map((member) => lineOf(history, table, member, query, shape))));
  }
  const combine = (values: readonly number[]): number => {
    if (rollUp.rule === 'share') return (100 * values.filter((value) => value >= rollUp.atLeast).length) / members.length;
    if (rollUp.rule === 'worst') return rollUp.pick === 'max' ? Math.max(...values) : Math.min(...values);
    return values.reduce((sum, value) => sum + value, 0);
  };
  const result = emptyLine(shape);
  for (let bucket = 0; bucket < result.last.length; bucket++) {
    const values = lines.map(({ last }) => last[bucket] ?? Number.NaN).filter((value) => !Number.isNaN(value));
    if (values.length > 0 && values.length >= quorumRatio * members.length) result.last[bucket] = combine(values);
    result.count[bucket] = lines.reduce((sum, { count }) => sum + (count[bucket] ?? 0), 0);
  }
  return result;
}

/** Of a series observed or computed. An observed one is carried forward until it would be stale. */
async function lineOf(history: History, table: SeriesTable, series: Series, query: SeriesQuery, shape: SeriesAnswer): Promise<Line> {
  if (!isObserved(series)) return computeLine(history, table, series, query, shape);
  const { points } = await history.series({ ...query, seriesIndex: series.index });
  const line = emptyLine(shape);
  let held = Number.NaN;
  let heldAtMs = Number.NEGATIVE_INFINITY;
  for (const [bucket, point] of points.entries()) {
    if (point.last !== null) {
      held = point.last;
      heldAtMs = point.atMs;
    }
    line.last[bucket] = point.atMs - heldAtMs <= series.indicator.staleAfterMs ? held : Number.NaN;
    line.count[bucket] = point.count;
  }
  return line;
}

function observedBelow(table: SeriesTable, code: string, indicatorId: string): Series[] {
  const [start, end] = table.familyRange(code) ?? [0, 0];
  return table.series.slice(start, end).filter((series) => series.indicator.id === indicatorId && isObserved(series));
}

const emptyLine = ({ points }: SeriesAnswer): Line => ({ last: new Float64Array(points.length).fill(Number.NaN), count: new Int32Array(points.length) });

function toPoints({ last, count }: Line, { points }: SeriesAnswer, decimals: number): SeriesPoint[] {
  return points.map(({ atMs }, bucket) => {
    const value = last[bucket] ?? Number.NaN;
    const shown = Number.isNaN(value) ? null : quantise(value, decimals);
    return { atMs, min: shown, max: shown, last: shown, count: count[bucket] ?? 0 };
  });
}
