import type { Indicator } from '../../shared/domain/indicator.ts';
import { unpackStatus } from '../../shared/domain/readingColumns.ts';
import { buildSeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Source } from '../../shared/domain/source.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { aLand } from './aCatalogue.ts';
import { anObservation } from './anObservation.ts';

type Told = Omit<NonNullable<Parameters<typeof anObservation>[0]>, 'seriesIndex'>;

/** A state to talk to by names instead of series numbers. */
export function aChannelState({ indicators, sources = [], land = aLand() }: { indicators: readonly Indicator[]; sources?: readonly Source[]; land?: ReturnType<typeof aLand> }) {
  const table = buildSeriesTable(land, indicators);
  const state = createChannelState({ table, sources });
  const indexOf = (place: string, indicatorId: string): number => {
    const index = table.indexOf(place, indicatorId);
    if (index === undefined) throw new Error(`No series ${indicatorId} at ${place}.`);
    return index;
  };
  return {
    ...state, table, indexOf,
    tell: (place: string, indicatorId: string, told: Told = {}) => state.project([anObservation({ ...told, seriesIndex: indexOf(place, indicatorId) })], 0),
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
