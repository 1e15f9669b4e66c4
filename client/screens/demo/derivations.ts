import counters from '../../../seeds/facts/derived/counters.json' with { type: 'json' };
import figures from '../../../seeds/facts/derived/figures.json' with { type: 'json' };
import type { Fact } from '../../../shared/domain/fact.ts';
import type { LocalizedText } from '../../../shared/domain/ids.ts';

/** The fact whose total a counter spreads over that series; `undefined`: none does. */
export function countedTowards(facts: readonly Fact[], localityCode: string, indicatorId: string): Fact | undefined {
  return facts.find((fact) => fact.localityCode === localityCode && fact.indicatorId === indicatorId && counters.some(({ of }) => of === fact.id));
}

/** How that counter counts, in words. */
export function counterRule(fact: Pick<Fact, 'id'>): LocalizedText | undefined {
  return counters.find(({ of }) => of === fact.id)?.rule;
}

/** The facts that the derived figure of that series follows from. */
export function derivedFrom(facts: readonly Fact[], localityCode: string, indicatorId: string): Fact[] {
  const figure = figures.find((candidate) => candidate.localityCode === localityCode && candidate.indicatorId === indicatorId);
  return facts.filter(({ id }) => figure?.from.includes(id) === true);
}

/** How the derived figure of that series follows, in words; `undefined`: it is not derived. */
export function figureRule(localityCode: string, indicatorId: string): LocalizedText | undefined {
  return figures.find((candidate) => candidate.localityCode === localityCode && candidate.indicatorId === indicatorId)?.rule;
}
