import type { Fact } from './fact.ts';
import { startOfDayMs } from './instant.ts';

/** One press report of a conference and what it says, in the order of the facts. */
export interface ReportedDocument {
  readonly document: string;
  readonly publisher: string;
  readonly reportedOnMs: number;
  /** First and last day it can have been; the same when the document prints day and month. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly facts: readonly Fact[];
}

/** One conference: the reports whose possible days overlap. */
export interface Milestone {
  readonly id: string;
  /** By the day they were published. */
  readonly documents: readonly ReportedDocument[];
  /** The first day any of it was said: from here on it is the milestone of the day. */
  readonly atMs: number;
  /** The day all of it had been said: where "go to this milestone" goes. */
  readonly completeMs: number;
  /** Set when no document prints the day: all that is known is that it was in this span. */
  readonly span: { readonly fromMs: number; readonly toMs: number } | null;
}

function toDocuments(facts: readonly Fact[]): ReportedDocument[] {
  const byDocument = new Map<string, Fact[]>();
  for (const fact of facts) byDocument.set(fact.document, [...(byDocument.get(fact.document) ?? []), fact]);
  return [...byDocument.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { document, publisher, reportedOn, reportedBetween } = first;
    return [{
      document, publisher, facts: own, reportedOnMs: startOfDayMs(reportedOn),
      fromMs: startOfDayMs(reportedBetween.from), toMs: startOfDayMs(reportedBetween.to),
    }];
  }).sort((a, b) => a.fromMs - b.fromMs || a.reportedOnMs - b.reportedOnMs || (a.document < b.document ? -1 : 1));
}

function toMilestone(documents: readonly ReportedDocument[]): Milestone {
  const isDated = documents.some(({ fromMs, toMs }) => fromMs === toMs);
  const fromMs = Math.min(...documents.map((document) => document.fromMs));
  const toMs = Math.max(...documents.map((document) => document.toMs));
  return {
    id: documents[0]?.document ?? '', documents,
    atMs: Math.min(...documents.map(({ reportedOnMs }) => reportedOnMs)),
    completeMs: Math.max(...documents.map(({ reportedOnMs }) => reportedOnMs)),
    span: isDated ? null : { fromMs, toMs },
  };
}

/** The conferences the facts were reported from, oldest first. Reports that can be of the same days are of one conference. Pure. */
export function groupMilestones(facts: readonly Fact[]): Milestone[] {
  const groups: ReportedDocument[][] = [];
  let endMs = Number.NEGATIVE_INFINITY;
  for (const document of toDocuments(facts)) {
    if (document.fromMs > endMs) groups.push([]);
    groups.at(-1)?.push(document);
    endMs = Math.max(endMs, document.toMs);
  }
  return groups.map(toMilestone);
}
