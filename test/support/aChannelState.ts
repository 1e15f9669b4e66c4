import type { Alarm } from '../../shared/domain/alarm.ts';
import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { Indicator } from '../../shared/domain/indicator.ts';
import { unpackStatus } from '../../shared/domain/readingColumns.ts';
import { buildSeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Source } from '../../shared/domain/source.ts';
import { createAlarmBook } from '../../server/alarms/alarmBook.ts';
import { createChangeJudge } from '../../server/alarms/judgeChange.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { aLand } from './aCatalogue.ts';
import { anObservation } from './anObservation.ts';
import { rulesOf } from './someRules.ts';

type Told = Omit<NonNullable<Parameters<typeof anObservation>[0]>, 'seriesIndex'>;

/** A state to talk to by names instead of series numbers. */
export function aChannelState({ indicators, sources = [], land = aLand(), rules = rulesOf(indicators), open = [], listeningFromMs }: {
  indicators: readonly Indicator[]; sources?: readonly Source[]; land?: ReturnType<typeof aLand>; rules?: readonly AlarmRule[]; open?: readonly Alarm[]; listeningFromMs?: number;
}) {
  const table = buildSeriesTable(land, indicators);
  const state = createChannelState({ table, sources, rules, open, ...(listeningFromMs !== undefined && { listeningFromMs }) });
  const book = createAlarmBook();
  const indexOf = (place: string, indicatorId: string): number => {
    const index = table.indexOf(place, indicatorId);
    if (index === undefined) throw new Error(`No series ${indicatorId} at ${place}.`);
    return index;
  };
  return {
    ...state, table, indexOf,
    /** What the log of alarms would make of it. */
    takeAlarmTransitions() {
      const judge = createChangeJudge(book);
      return state.takeConditionChanges().flatMap((change) => judge(change, 0) ?? []).flatMap(book.apply);
    },
    openAlarms: () => Array.from(book.open(), ({ alarm }) => alarm),
    tell: (place: string, indicatorId: string, told: Told = {}) => state.project([anObservation({ ...told, seriesIndex: indexOf(place, indicatorId) })], 0),
    /** As a start reads it back. */
    restore: (place: string, indicatorId: string, told: Told = {}) => state.project([anObservation({ ...told, seriesIndex: indexOf(place, indicatorId) })], -1),
    shown(place: string, indicatorId: string) {
      const index = indexOf(place, indicatorId);
      const { value, numerator, denominator, observedAtMs, status, membersFresh, membersExpected } = state.readings.columns;
      return {
        value: value[index]!, numerator: numerator[index]!, denominator: denominator[index]!, observedAtMs: observedAtMs[index]!,
        membersFresh: membersFresh[index]!, membersExpected: membersExpected[index]!, ...unpackStatus(status[index]!),
      };
    },
  };
}
