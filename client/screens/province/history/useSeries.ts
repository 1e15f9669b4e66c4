import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Indicator } from '../../../../shared/domain/indicator.ts';
import { toLevel } from '../../../../shared/domain/locality.ts';
import { SeriesDto } from '../../../../shared/protocol/http.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { useMirrorStore } from '../../../store/mirrorHooks.tsx';
import { ask } from '../../answers.tsx';
import { type ChartModel, chartModel } from './chartModel.ts';
import { pointsOf, type TimeSpan } from './timeSpan.ts';

export interface AskedSeries {
  readonly state: 'asking' | 'failed' | 'answered';
  readonly answer: SeriesDto | null;
  /** Why it failed; `null`: it did not. */
  readonly error: Error | null;
  /** `null`: not answered yet, or nothing was read in that time. */
  readonly model: ChartModel | null;
}

/** One series over one span. While a newer end of the same span is asked for, the older one stays. */
export function useSeries(localityCode: string, indicator: Indicator, span: TimeSpan): AskedSeries {
  const { locality } = useCatalogue();
  const { channel } = useMirrorStore();
  const sort = `${localityCode}/${indicator.id}/${span.name}`;
  const path = `/api/v1/series?channel=${channel}&locality=${localityCode}&indicator=${indicator.id}&from=${span.fromMs}&to=${span.toMs}&points=${pointsOf(span, indicator.expectEveryMs)}`;
  const { data, isError, error } = useQuery({
    queryKey: ['series', sort, path],
    queryFn: ({ signal }) => ask(SeriesDto, path, signal),
    placeholderData: (before, query) => (query?.queryKey[1] === sort ? before : undefined),
  });
  const place = locality(localityCode);
  const isObserved = place !== undefined && (toLevel(place) === indicator.observedAt || indicator.rollUp.rule === 'none');
  const model = useMemo(() => (data === undefined ? null : chartModel(data, isObserved ? indicator.staleAfterMs : 0)), [data, isObserved, indicator.staleAfterMs]);
  return { state: data !== undefined ? 'answered' : isError ? 'failed' : 'asking', answer: data ?? null, error, model };
}
