import { z } from 'zod';

/**
 * Where a number comes from. Position is the number on the wire; do not reorder.
 * `measured` a real feed · `declared` typed in by a unit · `reported` a seed fact with its citation ·
 * `derived` computed from reported facts · `simulated` the simulator · `illustrative` filled in so that totals agree.
 */
export const PROVENANCES = ['measured', 'declared', 'reported', 'derived', 'simulated', 'illustrative'] as const;
export const Provenance = z.enum(PROVENANCES);
export type Provenance = z.infer<typeof Provenance>;

/** How exactly a source states its number. Position is the number on the wire; do not reorder. */
export const COMPARATORS = ['exactly', 'about', 'more-than', 'less-than'] as const;
export const Comparator = z.enum(COMPARATORS);
export type Comparator = z.infer<typeof Comparator>;

/** A document states it, or it follows from what documents state. */
export function isReported(provenance: Provenance): boolean {
  return provenance === 'reported' || provenance === 'derived';
}

/** [F2] Reported figures hold until a newer report, and what is filled in between them likewise (docs/adr/0009); only feeds that promise a cadence can fall silent. */
export function ages(provenance: Provenance): boolean {
  return !isReported(provenance) && provenance !== 'illustrative';
}
