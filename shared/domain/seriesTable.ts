import type { IndicatorId, LocalityCode } from './ids.ts';
import type { Indicator } from './indicator.ts';
import { type Level, type Locality, toLevel } from './locality.ts';

export interface Series {
  readonly index: number;
  readonly locality: Locality;
  readonly indicator: Indicator;
}

/**
 * Every series of an edition, numbered. The number is what frames carry, so its order is a wire contract ([S1]): localities in
 * the order of `/api/v1/localities`, and within each the indicators of `/api/v1/indicators` that exist at its level.
 * A province and its children are therefore one unbroken range.
 */
export interface SeriesTable {
  readonly series: readonly Series[];
  readonly localities: readonly Locality[];
  readonly indicators: readonly Indicator[];
  /** `undefined`: that indicator does not exist at that locality. */
  indexOf(localityCode: LocalityCode | string, indicatorId: IndicatorId | string): number | undefined;
  /** Half-open range of the locality's own series; `undefined` for an unknown code. */
  ownRange(localityCode: LocalityCode | string): readonly [number, number] | undefined;
  /** Half-open range of the locality's series and those of everything below it. */
  familyRange(localityCode: LocalityCode | string): readonly [number, number] | undefined;
  /** Direct members, in order. Empty for a unit without children. */
  childrenOf(localityCode: LocalityCode | string): readonly Locality[];
}

/** A table begins with its nation ([S1]). */
export function nationOf({ localities: [nation] }: SeriesTable): LocalityCode {
  if (nation === undefined) throw new Error('Invariant: a table of series begins with its nation.');
  return nation.code;
}

interface LocalityEntry {
  readonly locality: Locality;
  readonly start: number;
  end: number;
  familyEnd: number;
  readonly children: Locality[];
}

export function buildSeriesTable(localities: readonly Locality[], indicators: readonly Indicator[]): SeriesTable {
  const indicatorsByLevel = new Map<Level, Indicator[]>();
  /** A locality's series follow one another, so a place among its level's indicators is enough: a key per series would cost more than the rest of the table. */
  const placesByLevel = new Map<Level, ReadonlyMap<string, number>>();
  for (const level of ['nation', 'province', 'local'] as const) {
    const ofLevel = indicators.filter((indicator) => indicator.levels.includes(level));
    indicatorsByLevel.set(level, ofLevel);
    placesByLevel.set(level, new Map(ofLevel.map(({ id }, place) => [id, place])));
  }
  const series: Series[] = [];
  const entriesByCode = new Map<string, LocalityEntry>();
  for (const locality of localities) {
    const start = series.length;
    for (const indicator of indicatorsByLevel.get(toLevel(locality)) ?? []) {
      series.push({ index: series.length, locality, indicator });
    }
    entriesByCode.set(locality.code, { locality, start, end: series.length, familyEnd: series.length, children: [] });
    extendAncestors(entriesByCode, locality, series.length);
  }
  const range = (code: string, end: 'end' | 'familyEnd') => {
    const entry = entriesByCode.get(code);
    return entry === undefined ? undefined : ([entry.start, entry[end]] as const);
  };
  return {
    series, localities, indicators,
    indexOf(localityCode, indicatorId) {
      const entry = entriesByCode.get(localityCode);
      const place = entry === undefined ? undefined : placesByLevel.get(toLevel(entry.locality))?.get(indicatorId);
      return entry === undefined || place === undefined ? undefined : entry.start + place;
    },
    ownRange: (code) => range(code, 'end'),
    familyRange: (code) => range(code, 'familyEnd'),
    childrenOf: (code) => entriesByCode.get(code)?.children ?? [],
  };
}

function extendAncestors(entriesByCode: ReadonlyMap<string, LocalityEntry>, locality: Locality, end: number): void {
  let parent = locality.parent;
  let isDirect = true;
  while (parent !== null) {
    const entry = entriesByCode.get(parent);
    if (entry === undefined) {
      throw new Error(`Invariant: locality ${locality.code} comes before its parent ${parent}; order localities parents first.`);
    }
    entry.familyEnd = end;
    if (isDirect) entry.children.push(locality);
    isDirect = false;
    parent = entry.locality.parent;
  }
}
