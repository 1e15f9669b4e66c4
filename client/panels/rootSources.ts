import { useMemo } from 'react';
import { useCatalogue } from '../catalogue/ChannelProvider.tsx';
import { useRoot } from '../catalogue/RootLocality.tsx';
import type { SourceHealth } from '../../shared/protocol/socket.ts';
import { useLink, useNow, useReading, useSources } from '../store/mirrorHooks.tsx';
import { shownFreshness } from '../store/selectReading.ts';

const FEEDS = 'ioc-feeds-share';

export function sourceTotal({ fresh, late, stale, dead, never }: SourceHealth): number {
  return fresh + late + stale + dead + never;
}

/**
 * [RT3] How many sources of the root speak. The server counts those of the country; a province's centre reports its own, and while
 * that report is missing or old they are `unknown`. `null`: nothing was heard from the server yet.
 */
export function useRootSources(): SourceHealth | 'unknown' | null {
  const ofCountry = useSources();
  const { code, isNation } = useRoot();
  const indicator = useCatalogue().indicator(FEEDS);
  const reading = useReading(code, FEEDS);
  const { dataNowMs } = useNow();
  const link = useLink().state;
  const freshness = reading === undefined || indicator === undefined ? 'never' : shownFreshness(reading, indicator, dataNowMs, link);
  const isKnown = freshness === 'fresh' || freshness === 'late';
  const fresh = isKnown ? (reading?.numerator ?? null) : null;
  const expected = reading?.denominator ?? null;
  const ofProvince = useMemo(() => (fresh === null || expected === null ? 'unknown' as const : { fresh, late: 0, stale: 0, dead: Math.max(0, expected - fresh), never: 0 }), [fresh, expected]);
  if (isNation || ofCountry === null) return ofCountry;
  return ofProvince;
}
