import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IndicatorId } from '../../shared/domain/ids.ts';
import { inputsOf } from '../../shared/domain/ranking.ts';
import type { ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { buildSeriesTable, type SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ChannelView } from '../ports/channel.ts';
import type { AsOfAnswer, Resolution } from '../ports/store.ts';
import type { HttpDependencies } from './dependencies.ts';
import { createKeptAnswers } from './keptAnswers.ts';

/** Some indicators of every place at one moment. */
export interface PartialPicture {
  readonly atMs: number;
  readonly resolution: Resolution;
  /** Of `columns`; not the channel's own where only a part was projected. */
  readonly table: SeriesTable;
  readonly columns: ReadingColumns;
}

export type ReadColumns = (channel: ChannelView, indicatorIds: readonly IndicatorId[], atMs: number | undefined) => Promise<PartialPicture>;

/** Late readings may still change a past moment; a minute later they are seen. */
const KEPT_FOR_MS = 60_000;
const MOST_KEPT = 16;

/**
 * Reads some indicators as of a time: the present from the channel's columns; the past by the fold that makes the present ([X13]), over
 * those series alone that the indicators are computed from. Every tablet that shows the same ranks asks the same question, so an
 * answer about the past is kept for a minute.
 */
export function createColumnReader({ projectAsOf, nowMs }: Pick<HttpDependencies, 'projectAsOf' | 'nowMs'>): ReadColumns {
  const kept = createKeptAnswers<PartialPicture>({ keptForMs: KEPT_FOR_MS, most: MOST_KEPT });
  const project = async (channel: ChannelView, indicatorIds: readonly IndicatorId[], atMs: number): Promise<PartialPicture> => {
    const answer = await channel.history.asOf(atMs);
    // Reading the answer has taken a turn of the event loop; narrowing it and folding it take one each.
    await nextTurn();
    const table = narrowTable(channel.table, indicatorIds);
    const narrow = narrowAnswer(answer, channel.table, table);
    await nextTurn();
    return { atMs, resolution: answer.resolution, table, columns: projectAsOf(channel, narrow, atMs, table) };
  };
  return async (channel, indicatorIds, atMs) => {
    if (atMs === undefined) return { atMs: channel.playback().nowMs, resolution: 'raw', table: channel.table, columns: channel.readings.columns };
    return kept.get(JSON.stringify([channel.id, channel.epoch, atMs, indicatorIds]), nowMs(), () => project(channel, indicatorIds, atMs));
  };
}

function narrowTable({ localities, indicators }: SeriesTable, indicatorIds: readonly IndicatorId[]): SeriesTable {
  const wanted = new Set(indicatorIds.flatMap((id) => [...inputsOf(indicators, id)]));
  return buildSeriesTable(localities, indicators.filter(({ id }) => wanted.has(id)));
}

function narrowAnswer(answer: AsOfAnswer, from: SeriesTable, to: SeriesTable): AsOfAnswer {
  const wanted = new Set(to.indicators.map(({ id }) => id));
  const observations = answer.observations.flatMap((observation) => {
    const series = from.series[observation.seriesIndex];
    const seriesIndex = series === undefined || !wanted.has(series.indicator.id) ? undefined : to.indexOf(series.locality.code, series.indicator.id);
    return seriesIndex === undefined ? [] : [{ ...observation, seriesIndex }];
  });
  return { resolution: answer.resolution, observations };
}
