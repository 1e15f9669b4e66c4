import type { Locality } from '../../../shared/domain/locality.ts';
import type { ReceivedCandidate } from '../../ports/player.ts';
import { draw, mix, saltOf } from '../simulated/noise.ts';
import { DAYS, illustrate } from './illustration.ts';

const SALT = saltOf('illustrative-dossiers');
/** 68,265 results by post are 44.83 % of what Cà Mau, of nine districts, returned in 2019. */
export const CA_MAU = { resolvedYear: 152_275, districts: 9 };
const HALVES_A_YEAR = 2;
const HALF_DAYS = 365.25 / HALVES_A_YEAR;
/** Above the reported 95 %. */
const ON_TIME = { leastRatio: 0.952, mostRatio: 0.992 };
/** Of those that were late, what is still open. */
const OVERDUE_PART = 0.3;

/** What a district resolves in half a year, by Cà Mau's. */
export const RESOLVED_HALF = CA_MAU.resolvedYear / HALVES_A_YEAR / CA_MAU.districts;

/** [IL3] The rule "illustrative-dossiers". Pure. */
export function illustrateDossiers(districts: readonly Locality[]): ReceivedCandidate[] {
  const halves = Array.from({ length: Math.floor(DAYS / HALF_DAYS) + 1 }, (_, half) => Math.ceil(half * HALF_DAYS));
  return halves.flatMap((day) => districts.map(({ code }) => {
    const onTimeRatio = ON_TIME.leastRatio + (ON_TIME.mostRatio - ON_TIME.leastRatio) * draw(mix(SALT, saltOf(code)), day);
    return illustrate('illustrative-dossiers', code, 'dossiers-overdue', day, Math.round(RESOLVED_HALF * (1 - onTimeRatio) * OVERDUE_PART));
  }));
}
