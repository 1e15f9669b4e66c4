import type { Freshness } from './freshness.ts';
import type { IndicatorId } from './ids.ts';
import type { Indicator } from './indicator.ts';

/**
 * Why a place has no rank. `never`: nothing was ever said. `no-value`: it was said that there is none, or there is nothing to
 * divide by. `under-quorum`: too few of its members are fresh. `stale`, `dead`: what was said is too old to stand beside today's.
 */
export const UNRANKED_REASONS = ['never', 'no-value', 'under-quorum', 'stale', 'dead'] as const;
export type UnrankedReason = (typeof UNRANKED_REASONS)[number];

interface Rankable {
  readonly value: number | null;
  readonly freshness: Freshness;
  /** 0 and 0 for an observed reading. */
  readonly membersFresh: number;
  readonly membersExpected: number;
}

/** [LG11] `null`: the reading may be compared with others. Only what is fresh or late may, and only with its quorum. */
export function whyUnranked({ value, freshness, membersFresh, membersExpected }: Rankable, quorumRatio: number): UnrankedReason | null {
  if (freshness === 'never') return 'never';
  if (value === null) return 'no-value';
  if (freshness === 'dead') return 'dead';
  if (membersFresh < quorumRatio * membersExpected) return 'under-quorum';
  return freshness === 'stale' ? 'stale' : null;
}

/** Negative when `a` stands before `b`. Of what is neither good nor bad the larger stands first. */
export function compareValues(direction: Indicator['direction'], a: number, b: number): number {
  return direction === 'lower-is-better' ? a - b : b - a;
}

/**
 * [LG10] Standard competition ranking, 1-2-2-4: equal values share the best of their ranks and the next rank is left out, so that a
 * rank says how many are better. `null` has no rank. Answers in the order of `values`; who stands where in it changes nothing.
 */
export function ranksOf(values: readonly (number | null)[], direction: Indicator['direction']): (number | null)[] {
  const ordered = values.filter((value) => value !== null).sort((a, b) => compareValues(direction, a, b));
  const rankByValue = new Map<number, number>();
  // -0 and 0 are one value: a Map takes them for one key.
  for (const [place, value] of ordered.entries()) if (!rankByValue.has(value)) rankByValue.set(value, place + 1);
  return values.map((value) => (value === null ? null : (rankByValue.get(value) ?? null)));
}

/** Ids of the indicators that one is computed from, itself included: all that has to be known to know it. */
export function inputsOf(indicators: readonly Indicator[], id: IndicatorId): ReadonlySet<IndicatorId> {
  const found = new Set<IndicatorId>();
  const add = (wanted: IndicatorId): void => {
    const indicator = indicators.find((candidate) => candidate.id === wanted);
    if (indicator === undefined || found.has(wanted)) return;
    found.add(wanted);
    const { rollUp } = indicator;
    if (rollUp.rule === 'ratio') for (const part of [rollUp.numerator, rollUp.denominator]) add(part);
    if (rollUp.rule === 'share') add(rollUp.of);
  };
  add(id);
  return found;
}
