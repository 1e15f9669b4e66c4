import { draw } from './noise.ts';

/** `items` in an order drawn from the key; the same key and items always give the same order. */
export function shuffled(key: number, items: readonly number[], nameOf: (item: number) => number): number[] {
  return items
    .map((item) => ({ item, rank: draw(key, nameOf(item)) }))
    .sort((a, b) => a.rank - b.rank || a.item - b.item)
    .map(({ item }) => item);
}

/** One class of a choropleth: what part of the members fall in it, and between which values. */
export interface SpreadClass {
  readonly shareRatio: number;
  readonly from: number;
  readonly to: number;
}

/** Whole members per class, as near as can be to the shares and adding up to `count`. */
function countPerClass(classes: readonly SpreadClass[], count: number): number[] {
  const exact = classes.map(({ shareRatio }) => shareRatio * count);
  const counts = exact.map(Math.floor);
  const byRest = exact.map((value, index) => ({ index, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest || a.index - b.index);
  let missing = count - counts.reduce((sum, each) => sum + each, 0);
  for (const { index } of byRest) {
    if (missing <= 0) break;
    counts[index] = (counts[index] ?? 0) + 1;
    missing -= 1;
  }
  return counts;
}

const DRAWS = 200;
const BISECTIONS = 40;
/** In the values' own unit: nobody can see less. */
const CLOSE_ENOUGH = 0.001;

/**
 * A value per member, spread over the classes so that the weighted mean is `target`: each member's class is drawn, and its
 * place within the class is moved until the mean fits. Where so few members cannot reach the target in their classes, as near
 * as they can. `weights` and the result are indexed like `names`, which tell members apart.
 */
export function spreadOverClasses(key: number, names: readonly number[], weights: readonly number[], classes: readonly SpreadClass[], target: number): Float64Array {
  const counts = countPerClass(classes, names.length);
  const members = names.map((_, index) => index);
  let best = new Float64Array(names.length);
  let bestGap = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < DRAWS && bestGap > CLOSE_ENOUGH; attempt += 1) {
    const classOf = counts.flatMap((count, index) => new Array<SpreadClass | undefined>(count).fill(classes[index]));
    const order = shuffled(key + attempt, members, (index) => names[index] ?? 0);
    const classByMember = new Map(order.map((member, rank) => [member, classOf[rank]]));
    const values = fitExponent((exponent) => Float64Array.from(members, (member) => {
      const { from, to } = classByMember.get(member) ?? { from: target, to: target };
      return from + (to - from) * draw(key + 1, names[member] ?? 0) ** exponent;
    }), weights, target);
    const gap = Math.abs(weightedMean(values, weights) - target);
    if (gap < bestGap) [best, bestGap] = [values, gap];
  }
  return best;
}

/** A larger exponent moves every member down within its class, so the mean falls steadily with it. */
function fitExponent(valuesAt: (exponent: number) => Float64Array<ArrayBuffer>, weights: readonly number[], target: number): Float64Array<ArrayBuffer> {
  let low = 0.1;
  let high = 10;
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = Math.sqrt(low * high);
    if (weightedMean(valuesAt(middle), weights) > target) low = middle;
    else high = middle;
  }
  return valuesAt(high);
}

function weightedMean(values: Float64Array, weights: readonly number[]): number {
  let sum = 0;
  let total = 0;
  for (const [index, weight] of weights.entries()) {
    sum += (values[index] ?? 0) * weight;
    total += weight;
  }
  return sum / total;
}
