import { type Indicator, quantise } from './indicator.ts';
import type { Freshness } from './freshness.ts';

/** A reading as a part of another: what the arithmetic of a roll-up needs of it. */
export interface PartReading {
  readonly indicatorId: string;
  /** `null`: no reading. A dead part keeps its last value. */
  readonly value: number | null;
  /** `null`: neither a ratio nor a share, or its parts are not stated. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly freshness: Freshness;
  readonly membersExpected: number;
}

/** What parts come to. `null` where they come to nothing: no part has a value, or there is nothing to divide by. */
export interface Recomputed {
  /** Rounded to the indicator's decimals. */
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** A number with what it was made of, as far down as it was asked for. */
interface ExplainedPart {
  readonly reading: PartReading;
  readonly rule: 'observed' | 'sum' | 'worst' | 'ratio' | 'share';
  /** Empty: observed, or the tree was cut here. */
  readonly members: readonly ExplainedPart[];
}

const NOTHING: Recomputed = { value: null, numerator: null, denominator: null };

/**
 * [U1]-[U4] again, from readings in place of columns: the sum, the worst, the ratio or the share of the parts shown. A ratio's parts
 * are its numerator and its denominator, in this order.
 */
export function recompute(indicator: Pick<Indicator, 'id' | 'decimals' | 'rollUp'>, parts: readonly PartReading[]): Recomputed {
  const { rollUp, decimals } = indicator;
  const round = (value: number) => quantise(value, decimals) + 0;
  if (rollUp.rule === 'none') return NOTHING;
  if (rollUp.rule === 'ratio') return divide(parts[0]?.value ?? null, parts[1]?.value ?? null, round);
  if (rollUp.rule === 'share') return divide(...sumOfShares(indicator.id, rollUp, parts), round);
  const values = parts.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return NOTHING;
  if (rollUp.rule === 'sum') return { ...NOTHING, value: round(values.reduce((sum, value) => sum + value)) };
  return { ...NOTHING, value: round(values.reduce((worst, value) => (rollUp.pick === 'max' ? Math.max(worst, value) : Math.min(worst, value)))) };
}

/** The same all the way up from the deepest parts there are, so that a fault at any level that is shown comes out at the top. */
export function recomputeTree(node: ExplainedPart, indicatorOf: (id: string) => Indicator | undefined): Recomputed {
  const { reading, rule, members } = node;
  const indicator = indicatorOf(reading.indicatorId);
  if (rule === 'observed' || members.length === 0 || indicator === undefined) return reading;
  return recompute(indicator, members.map((member) => ({ ...member.reading, ...partsOf(recomputeTree(member, indicatorOf)) })));
}

/** Whether a number is what its parts come to: value, numerator and denominator. `null`: it is not made of parts, or nothing is known of it. */
export function agreesWithParts(node: ExplainedPart, indicatorOf: (id: string) => Indicator | undefined): boolean | null {
  if (node.rule === 'observed') return null;
  const { reading } = node;
  const again = recomputeTree(node, indicatorOf);
  if (reading.value === null && again.value === null && reading.denominator === null) return null;
  return reading.value === again.value && reading.numerator === again.numerator && reading.denominator === again.denominator;
}

function partsOf({ value, numerator, denominator }: Recomputed): Recomputed {
  return { value, numerator, denominator };
}

function divide(numerator: number | null, denominator: number | null, round: (value: number) => number): Recomputed {
  if (numerator === null || denominator === null) return NOTHING;
  return { value: denominator === 0 ? null : round((100 * numerator) / denominator), numerator, denominator };
}

/**
 * Shares of members are added up by their parts, members that are what is counted count one each. Every unit expected is in the
 * denominator, heard of or not: a silent district is not a connected one. A share stated without its parts cannot be added.
 */
function sumOfShares(shareId: string, { atLeast }: Extract<Indicator['rollUp'], { rule: 'share' }>, parts: readonly PartReading[]): [number | null, number | null] {
  let [numerator, denominator, isAnyKnown] = [0, 0, false];
  for (const part of parts) {
    const isShare = part.indicatorId === shareId;
    isAnyKnown ||= part.value !== null && (!isShare || part.denominator !== null);
    if (!isShare) {
      numerator += Number(part.value !== null && part.value >= atLeast);
      denominator += 1;
    } else if (part.numerator !== null && part.denominator !== null) {
      numerator += part.numerator;
      denominator += part.denominator;
    } else if (part.freshness === 'never') {
      denominator += part.membersExpected;
    }
  }
  return isAnyKnown ? [numerator, denominator] : [null, null];
}
