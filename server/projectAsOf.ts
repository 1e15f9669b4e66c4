import type { ReadingColumns } from '../shared/domain/readingColumns.ts';
import type { SeriesTable } from '../shared/domain/seriesTable.ts';
import type { AsOfAnswer } from './ports/store.ts';
import type { ChannelState } from './ports/state.ts';

/**
 * The whole picture at a past time: what history kept of the observed series, folded and rolled up by the same state as live,
 * so that an aggregate of last week means what today's means ([U1]).
 */
export function projectAsOf(createState: (table: SeriesTable) => ChannelState, table: SeriesTable, answer: AsOfAnswer, atMs: number): ReadingColumns {
  const state = createState(table);
  state.project(answer.observations, -1);
  state.settle(atMs);
  return state.readings.columns;
}
