import { VIETNAM_OFFSET_MS } from '../../shared/domain/instant.ts';

/** Calendar months in Viet Nam, counted from the year 0. Later months are larger. */
export type MonthNumber = number;

/** The last that a `Date` can be. A sender may name a moment beyond it. */
const LAST_MS = 8_640_000_000_000_000;

export function monthNumberOf(atMs: number): MonthNumber {
  const day = new Date(Math.min(atMs + VIETNAM_OFFSET_MS, LAST_MS));
  return day.getUTCFullYear() * 12 + day.getUTCMonth();
}
