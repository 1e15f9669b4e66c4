import { useRef } from 'react';
import type { Freshness } from '../../../shared/domain/freshness.ts';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Locality } from '../../../shared/domain/locality.ts';
import { useMirrorStore, useNow, useLink, useVersion } from '../../store/mirrorHooks.tsx';
import { type Reading, selectReading, shownFreshness } from '../../store/selectReading.ts';

/** One district or commune under the indicator that colours the map. */
export interface LocalRow {
  readonly locality: Locality;
  readonly reading: Reading;
  readonly freshness: Freshness;
}

/** A reading that may be compared: one that is neither missing nor silent. */
export function comparableValue({ reading, freshness }: LocalRow): number | null {
  return freshness === 'dead' || freshness === 'never' ? null : reading.value;
}

/** Keeps the list before while no row differs from it, so that a map with nothing new is left alone. */
function isSameList(a: readonly LocalRow[], b: readonly LocalRow[]): boolean {
  return a.length === b.length && a.every((row, i) => row.reading === b[i]?.reading && row.freshness === b[i]?.freshness);
}

/** The units below a province in the order of the edition. Empty without an indicator. The same array while nothing changed. */
export function useLocalRows(provinceCode: string, indicator: Indicator | undefined): readonly LocalRow[] {
  const store = useMirrorStore();
  const { dataNowMs } = useNow();
  const link = useLink();
  useVersion();
  const held = useRef<readonly LocalRow[]>([]);
  const rows = indicator === undefined ? [] : store.table.childrenOf(provinceCode).flatMap((locality) => {
    const index = store.table.indexOf(locality.code, indicator.id);
    if (index === undefined) return [];
    const reading = selectReading(store, index);
    return [{ locality, reading, freshness: shownFreshness(reading, indicator, dataNowMs, link.state) }];
  });
  if (!isSameList(held.current, rows)) held.current = rows;
  return held.current;
}
