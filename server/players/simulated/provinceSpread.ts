import type { World } from './model.ts';
import { mix, saltOf } from './noise.ts';
import { shuffled, type SpreadClass, spreadOverClasses } from './spread.ts';

/** The provinces that have something, as many as the ratio says; which ones is drawn, and stays. */
export function chooseProvinces({ seed, units }: Pick<World, 'seed' | 'units'>, what: string, ratio: number): ReadonlySet<number> {
  const order = shuffled(mix(seed, saltOf(what)), units.provinces, (province) => units.name[province] ?? 0);
  return new Set(order.slice(0, Math.round(order.length * ratio)));
}

/** A percentage per province, indexed by unit, so that the mean weighted by `weightOf` is `targetPct`. */
export function spreadOverProvinces({ seed, units }: Pick<World, 'seed' | 'units'>, what: string, weightOf: (province: number) => number, classes: readonly SpreadClass[], targetPct: number): Float64Array {
  const names = units.provinces.map((province) => units.name[province] ?? 0);
  const values = spreadOverClasses(mix(seed, saltOf(what)), names, units.provinces.map(weightOf), classes, targetPct);
  const pct = new Float64Array(units.count);
  for (const [index, province] of units.provinces.entries()) pct[province] = values[index] ?? 0;
  return pct;
}
