import { workedIn } from './calendar.ts';
import type { Model, World } from './model.ts';
import { bridge, draw, mix, saltOf } from './noise.ts';

/** How far a counter may stray from its month's even course, in working days, and the steps in which it does. */
const WOBBLE_DAYS = 0.05;
const WOBBLE_NODES = 20;

/**
 * A count that grows with the working time of the month: a part of the unit's dossiers that is the unit's own, between the two
 * ratios, and stays.
 *
 * @param daily dossiers of an ordinary working day, by unit
 * @param fixedRatioOf the ratio of a unit where it is reported; `undefined`: drawn
 */
export function monthlyCounter({ seed, units, calendar }: World, daily: Float64Array, what: string, fromRatio: number, toRatio: number, fixedRatioOf: (unit: number) => number | undefined = () => undefined): Model {
  const salt = mix(seed, saltOf(what));
  return (unit, atMs) => {
    const ratio = fixedRatioOf(unit) ?? fromRatio + (toRatio - fromRatio) * draw(salt, units.name[unit] ?? 0);
    const month = calendar.monthAt(atMs);
    const worked = workedIn(month, atMs);
    const key = mix(mix(salt, units.name[unit] ?? 0), month.index);
    return Math.floor((daily[unit] ?? 0) * ratio * (worked + WOBBLE_DAYS * bridge(key, worked / month.workingDays, WOBBLE_NODES)));
  };
}
