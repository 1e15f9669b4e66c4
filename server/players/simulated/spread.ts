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
export function countPerClass(classes: readonly SpreadClass[], count: number): number[] {
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

/**
 * A value per member, spread over the classes so that the weighted mean is `target`: each member's class is drawn, and its
 * place within the class is moved until the mean fits. `weights` and the result are indexed like `names`, which tell members apart.
 * @throws Error when no draw reaches the target: the classes and the target contradict each other.
 */
export function spreadOverClasses(key: number, names: readonly number[], weights: readonly number[], classes: readonly SpreadClass[], target: number): Float64Array {
  const counts = countPerClass(classes, names.length);
  const members = names.map((_, index) => index);
  for (let attempt = 0; attempt < DRAWS; attempt += 1) {
    const order = shuffled(key + attempt, members, (index) => names[index] ?? 0);
    const classOf = new Array<SpreadClass | undefined>(names.length);
    let next = 0;
    for (const [index, count] of counts.entries()) {
      for (const member of order.slice(next, next + count)) classOf[member] = classes[index];
      next += count;
    }
    const valuesAt = (exponent: number) => Float64Array.from(members, (member) => {
      const { from, to } = classOf[member] ?? { from: target, to: target };
      return from + (to - from) * draw(key + 1, names[member] ?? 0) ** exponent;
    });
    const fitted = fitExponent(valuesAt, weights, target);
    if (fitted !== null) return fitted;
  }
  throw new Error(`Invariant: ${names.length} members cannot be spread so that their weighted mean is ${target}; widen the classes.`);
}

/** A larger exponent moves every member down within its class, so the mean falls steadily with it. */
function fitExponent(valuesAt: (exponent: number) => Float64Array, weights: readonly number[], target: number): Float64Array | null {
  let low = 0.1;
  let high = 10;
  if (weightedMean(valuesAt(low), weights) < target || weightedMean(valuesAt(high), weights) > target) return null;
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
