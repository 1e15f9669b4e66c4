import type { CaseBook } from '../../server/ports/cases.ts';

/** A book of a kind that no configured format reports: it takes nothing and says nothing. */
export function createEmptyBook<Report>(): CaseBook<Report> {
  return {
    judge: () => 'full',
    take: () => 'full',
    figures: () => [],
    letGo: () => {},
    live: () => [],
    tally: () => ({ held: 0, open: 0, unplacedByFeed: new Map() }),
  };
}
