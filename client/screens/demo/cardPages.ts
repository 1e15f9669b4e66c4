import type { Fact } from '../../../shared/domain/fact.ts';
import type { ReportedDocument } from '../../../shared/domain/milestones.ts';
import { tellingRank } from './factText.ts';

/** Statements there is room for at once. Nothing scrolls on a wall; the rest is on further pages. */
const PER_PAGE = 4;

/** One page of a milestone's card. */
export interface CardPage {
  readonly document: ReportedDocument;
  readonly facts: readonly Fact[];
}

/** Pages of one document each, most telling facts first, so that the citation below is always that of everything above it. Pure. */
export function toPages(documents: readonly ReportedDocument[]): CardPage[] {
  return documents.flatMap((document) => {
    const facts = [...document.facts].sort((a, b) => tellingRank(a.indicatorId) - tellingRank(b.indicatorId) || (a.asOf < b.asOf ? 1 : a.asOf > b.asOf ? -1 : 0));
    return Array.from({ length: Math.ceil(facts.length / PER_PAGE) }, (_, i) => ({ document, facts: facts.slice(i * PER_PAGE, (i + 1) * PER_PAGE) }));
  });
}
