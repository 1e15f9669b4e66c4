import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { LeagueDto, LeagueRow } from '../../../shared/protocol/league.ts';
import { type DotScale, dotScaleOf } from '../province/districtScale.ts';

export const LEAGUE_SORTS = ['rank', 'change', 'place'] as const;
export type LeagueSort = (typeof LEAGUE_SORTS)[number];

/** What is shown as a number: a value that is withheld or silent is not. */
export function shownValue({ value, unranked }: LeagueRow): number | null {
  return unranked === 'dead' || unranked === 'never' ? null : value;
}

/** By rank as answered; by places gained, the most first, unknown ones last; or by name as a Vietnamese reader looks names up. Pure. */
export function sortLeague(rows: readonly LeagueRow[], sort: LeagueSort, nameOf: (code: string) => string): LeagueRow[] {
  if (sort === 'rank') return [...rows];
  const byName = (a: LeagueRow, b: LeagueRow) => nameOf(a.localityCode).localeCompare(nameOf(b.localityCode), 'vi');
  if (sort === 'place') return rows.toSorted(byName);
  const gained = ({ rankChange }: LeagueRow) => rankChange ?? Number.NEGATIVE_INFINITY;
  return rows.toSorted((a, b) => (gained(a) === gained(b) ? 0 : gained(b) - gained(a)) || byName(a, b));
}

export function leagueScale(indicator: Indicator, { rows }: Pick<LeagueDto, 'rows'>): DotScale | null {
  return dotScaleOf(indicator, rows.flatMap((row) => shownValue(row) ?? []));
}
