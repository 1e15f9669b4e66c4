import type { LocalityCode, SourceId } from '../../shared/domain/ids.ts';
import { type Locality, toLevel } from '../../shared/domain/locality.ts';
import type { CaseFigure } from '../ports/cases.ts';
import { COUNTS, type Counted } from './dossierCounts.ts';
import { type MonthNumber, monthNumberOf } from './month.ts';
import { type CountedIn, createOverdueClock } from './overdueClock.ts';
import { addCounted, createPlaceCounts, type PlaceCounts, valueIn } from './placeCounts.ts';

const MINUTE_MS = 60_000;

/** Province of every province and of what lies in it. The nation lies in none. */
function provincesByPlace(localities: readonly Locality[]): ReadonlyMap<LocalityCode, LocalityCode> {
  const byCode = new Map(localities.map((locality) => [locality.code, locality]));
  const provinceOf = (locality: Locality | undefined): LocalityCode | null => {
    if (locality === undefined || toLevel(locality) === 'nation') return null;
    return toLevel(locality) === 'province' ? locality.code : provinceOf(locality.parent === null ? undefined : byCode.get(locality.parent));
  };
  return new Map(localities.flatMap((locality) => {
    const province = provinceOf(locality);
    return province === null ? [] : [[locality.code, province] as const];
  }));
}

/** Counts per place, each dossier where it is placed and in its province. A place of no province of this edition is none. */
export function createDossierTallies(localities: readonly Locality[]) {
  const provinceOf = provincesByPlace(localities);
  const placed = new Map<LocalityCode, PlaceCounts>();
  const provinces = new Map<LocalityCode, PlaceCounts>();
  const unplaced = new Map<SourceId, PlaceCounts>();
  const countedInByPlace = new Map<LocalityCode, CountedIn>();
  const countedInByFeed = new Map<SourceId, CountedIn>();
  const clock = createOverdueClock();
  let month: MonthNumber = Number.NaN;
  /** Stands until something is counted, or time has changed it. */
  let told: readonly CaseFigure[] | null = null;

  function countedIn(feedId: SourceId, place: LocalityCode | null): CountedIn {
    const province = place === null ? undefined : provinceOf.get(place);
    if (place === null || province === undefined) return heldIn(countedInByFeed, feedId, () => [heldIn(unplaced, feedId, createPlaceCounts)]);
    return heldIn(countedInByPlace, place, () => [heldIn(placed, place, createPlaceCounts), heldIn(provinces, province, createPlaceCounts)]);
  }

  function tell(): CaseFigure[] {
    const figures: CaseFigure[] = [];
    const add = (localityCode: LocalityCode, counts: PlaceCounts, isLocal: boolean, provenance: CaseFigure['provenance']) => {
      for (const [index, counted] of COUNTS.entries()) {
        const value = counted.isLocal === isLocal ? valueIn(counts, month, index) : null;
        if (value !== null) figures.push({ localityCode, indicatorId: counted.indicatorId, value, provenance });
      }
    };
    for (const [code, counts] of placed) if (provinceOf.get(code) !== code) add(code, counts, true, 'measured');
    for (const [code, counts] of provinces) {
      add(code, counts, false, 'measured');
      // The roll-up of its districts would leave out what is known to the province only.
      if ((placed.get(code)?.held ?? 0) > 0) add(code, counts, true, 'derived');
    }
    return figures;
  }

  const waitingOf = (map: ReadonlyMap<unknown, PlaceCounts>): number => [...map.values()].reduce((sum, { waiting }) => sum + waiting, 0);

  return {
    /** @param by 1 to add, -1 to take away what was added */
    add(feedId: SourceId, place: LocalityCode | null, counted: Counted, by: 1 | -1): void {
      const all = countedIn(feedId, place);
      for (const counts of all) addCounted(counts, counted, by);
      clock.add(all, counted.overdueFromMinute, by);
      told = null;
    },
    /** Tells the same list until it would be another. */
    figuresAt(nowMs: number): readonly CaseFigure[] {
      const monthNow = monthNumberOf(nowMs);
      if (clock.moveTo(Math.floor(nowMs / MINUTE_MS)) || monthNow !== month) told = null;
      month = monthNow;
      told ??= tell();
      return told;
    },
    waiting: () => waitingOf(provinces) + waitingOf(unplaced),
    unplacedByFeed: () => new Map([...unplaced].map(([feedId, { held }]) => [feedId, held] as const).filter(([, held]) => held > 0)),
  };
}

function heldIn<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key) ?? create();
  map.set(key, known);
  return known;
}
