import type { Locality } from '../../shared/domain/locality.ts';

/** The units with the most, largest first; units without a value, and those with none, are left out. */
export function leagueOf(units: readonly Locality[], measureOf: (code: string) => number | null, rows: number): Locality[] {
  return units.map((unit) => ({ unit, value: measureOf(unit.code) ?? 0 })).filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || (a.unit.code < b.unit.code ? -1 : 1)).slice(0, rows).map(({ unit }) => unit);
}
