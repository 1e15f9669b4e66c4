import type { LocalityCode, SourceId } from '../../shared/domain/ids.ts';
import { type Locality, toLevel } from '../../shared/domain/locality.ts';
import type { CaseFigure } from '../ports/cases.ts';
import { addBits, type CountBits, COUNTS, createPlaceCounts, type PlaceCounts } from './dossierCounts.ts';

const WAITING = COUNTS.findIndex(({ indicatorId }) => indicatorId === 'dossiers-waiting');

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
  const countsIn = <Key>(map: Map<Key, PlaceCounts>, key: Key): PlaceCounts => {
    const known = map.get(key) ?? createPlaceCounts();
    map.set(key, known);
    return known;
  };
  /** Every dossier says what the first count needs. */
  const dossiersOf = ({ saying }: PlaceCounts): number => saying[0] ?? 0;
  const waitingOf = (map: ReadonlyMap<unknown, PlaceCounts>): number => [...map.values()].reduce((sum, { included }) => sum + (included[WAITING] ?? 0), 0);

  return {
    add(feedId: SourceId, place: LocalityCode | null, bits: CountBits, by: 1 | -1): void {
      const province = place === null ? undefined : provinceOf.get(place);
      const counts = place === null || province === undefined ? [countsIn(unplaced, feedId)] : [countsIn(placed, place), countsIn(provinces, province)];
      for (const each of counts) addBits(each, bits, by);
    },
    figures(): CaseFigure[] {
      const told: CaseFigure[] = [];
      const tell = (localityCode: LocalityCode, { included, saying }: PlaceCounts, isLocal: boolean, provenance: CaseFigure['provenance']) => {
        for (const [index, counted] of COUNTS.entries()) {
          if (counted.isLocal === isLocal && (saying[index] ?? 0) > 0) told.push({ localityCode, indicatorId: counted.indicatorId, value: included[index] ?? 0, provenance });
        }
      };
      for (const [code, counts] of placed) if (provinceOf.get(code) !== code) tell(code, counts, true, 'measured');
      for (const [code, counts] of provinces) {
        tell(code, counts, false, 'measured');
        const own = placed.get(code);
        // The roll-up of its districts would leave out what is known to the province only.
        if (own !== undefined && dossiersOf(own) > 0) tell(code, counts, true, 'derived');
      }
      return told;
    },
    waiting: () => waitingOf(provinces) + waitingOf(unplaced),
    unplacedByFeed: () => new Map([...unplaced].map(([feedId, counts]) => [feedId, dossiersOf(counts)] as const).filter(([, count]) => count > 0)),
  };
}
