import { useMemo } from 'react';
import type { Indicator } from '../../../../shared/domain/indicator.ts';
import type { Locality } from '../../../../shared/domain/locality.ts';
import { LeagueDto } from '../../../../shared/protocol/league.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { useAnswer } from '../../answers.tsx';
import { type Neighbours, neighboursOf } from '../neighbours.ts';
import { askedAt, useAsOf } from '../past/asOf.tsx';

const EVERY_MS = 60_000;

/** [SW3] The provinces before and after this one in rank of an indicator; by code while ranks are not known, or where it has none. */
export function useNeighbours(provinceCode: string, indicator: Indicator | undefined): Neighbours<Locality> {
  const { provinces, locality } = useCatalogue();
  const asOfMs = useAsOf();
  const path = indicator?.levels.includes('province') === true ? askedAt(`/api/v1/league?indicator=${indicator.id}&hours=1`, asOfMs) : null;
  const { data } = useAnswer(LeagueDto, path, { everyMs: EVERY_MS });
  return useMemo(() => {
    const { previous, next } = neighboursOf({ rows: data?.rows ?? provinces.map(({ code }) => ({ localityCode: code })) }, provinceCode);
    const placeOf = (row: { readonly localityCode: string } | null) => (row === null ? null : locality(row.localityCode) ?? null);
    return { previous: placeOf(previous), next: placeOf(next) };
  }, [data, provinces, locality, provinceCode]);
}
