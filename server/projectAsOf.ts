import type { ReadingColumns } from '../shared/domain/readingColumns.ts';
import type { SeriesTable } from '../shared/domain/seriesTable.ts';
import type { Alarm } from '../shared/domain/alarm.ts';
import { createAlarmBook } from './alarms/alarmBook.ts';
import type { StandingCondition } from './ports/conditions.ts';
import type { AsOfAnswer } from './ports/store.ts';
import type { ChannelState } from './ports/state.ts';

type CreateState = (table: SeriesTable) => ChannelState;

function foldAsOf(createState: CreateState, table: SeriesTable, answer: AsOfAnswer, atMs: number): ChannelState {
  const state = createState(table);
  state.project(answer.observations, -1);
  state.settle(atMs);
  return state;
}

/**
 * The whole picture at a past time: what history kept of the observed series, folded and rolled up by the same state as live,
 * so that an aggregate of last week means what today's means ([U1]).
 */
export function projectAsOf(createState: CreateState, table: SeriesTable, answer: AsOfAnswer, atMs: number): ReadingColumns {
  return foldAsOf(createState, table, answer, atMs).readings.columns;
}

/**
 * Alarm conditions that those readings fulfil. The readings do not say what people did: `sinceMs` is when the reading that shows the
 * condition was observed, not when it began; whether somebody had taken it is not known and said as UNACK; a share of overdue dossiers between
 * its two limits counts as no alarm ([TV4]).
 */
export function alarmsAsOf(createState: CreateState, table: SeriesTable, answer: AsOfAnswer, atMs: number): readonly Alarm[] {
  const book = createAlarmBook();
  for (const { condition, sinceMs, life } of foldAsOf(createState, table, answer, atMs).standingConditions().toSorted(causesFirst)) {
    book.apply({ kind: 'raised', atMs: sinceMs, alarmId: condition.id, occurrenceId: `${condition.id}@${sinceMs}`, sinceMs, condition, ...life });
  }
  return Array.from(book.open(), ({ alarm }) => alarm);
}

const causesFirst = (a: StandingCondition, b: StandingCondition) => Number(b.condition.kind === 'cause') - Number(a.condition.kind === 'cause');
