import type { LocalityCode, SourceId } from '../../shared/domain/ids.ts';
import type { DossierRecord } from './dossierRecord.ts';
import type { MonthNumber } from './month.ts';

export interface HeldDossier {
  readonly feedId: SourceId;
  /** When it was first heard of. Epoch ms. */
  firstReceivedAtMs: number;
  record: DossierRecord;
  /** As the record says. */
  place: LocalityCode | null;
  /** No figure of a later month can need it. `Infinity`: it waits. */
  neededUntilMonth: MonthNumber;
}

/** By feed and by its number there. */
export type HeldByFeed = Map<SourceId, Map<string, HeldDossier>>;

/**
 * What no figure of this month or a later one can need. The newest of each place of a feed stays: it keeps the place among those spoken of.
 * One step for each dossier, `null` where none can go. Between two steps what it found may go, and reports may come.
 */
export function* superfluous(heldByFeed: HeldByFeed, month: MonthNumber): Generator<HeldDossier | null, void> {
  for (const byId of heldByFeed.values()) {
    const newestByPlace = new Map<LocalityCode | null, HeldDossier>();
    for (const held of byId.values()) {
      const { place } = held;
      const newest = newestByPlace.get(place);
      // A report may have moved it elsewhere since it was looked at.
      const other = newest !== undefined && newest.place === place ? newest : undefined;
      const older = other === undefined ? null : isNewer(held.record, other.record) ? other : held;
      if (older !== held) newestByPlace.set(place, held);
      yield older !== null && older.neededUntilMonth < month ? older : null;
    }
  }
}

function isNewer([a]: DossierRecord, [b]: DossierRecord): boolean {
  if (a === undefined || b === undefined) return b === undefined;
  return a.atMs === b.atMs ? a.dossierId > b.dossierId : a.atMs > b.atMs;
}
