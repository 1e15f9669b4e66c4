import { z } from 'zod';
import { IndicatorId, LocalityCode, LocalizedText } from './ids.ts';
import { Comparator } from './provenance.ts';

const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** One figure that a seed document states. Facts carry over, sentences do not: `statement` is in our own words. */
export const Fact = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  indicatorId: IndicatorId,
  localityCode: LocalityCode,
  /** In the indicator's unit. `null`: the document gives only numerator and denominator, or a planned date and no figure. */
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  comparator: Comparator,
  /** ISO dates. Either an instant (`asOf`) or a period (`from`..`to`, inclusive). */
  asOf: IsoDate,
  period: z.strictObject({ from: IsoDate, to: IsoDate }).nullable(),
  /** Whether the document itself prints the date, or we inferred it; `dateNote` says how. */
  dateBasis: z.enum(['stated', 'inferred']),
  dateNote: LocalizedText,
  /** The day the figure was said in public: when the replay shows it. No document prints its year, so it is always inferred. */
  reportedOn: IsoDate,
  /** The first and last day that `reportedOn` can be; the same day when the document prints day and month. */
  reportedBetween: z.strictObject({ from: IsoDate, to: IsoDate }),
  document: z.string().min(1),
  publisher: z.string().min(1),
  statement: LocalizedText,
  /**
   * The figure exactly as the document's text writes it ("khoảng 4,4 triệu"), so that a test can find it. A few words at most.
   * The first is the figure itself and stands in the text once; any others are figures it is stated with ("trên 30%").
   */
  evidence: z.array(z.string().min(1).max(40)).min(1),
  /** Ids of facts about the same thing that disagree; each names the other. All stay. */
  contradicts: z.array(z.string()),
  /** Ids of older facts that this one replaces as the latest word. All stay. */
  supersedes: z.array(z.string()),
});
export type Fact = z.infer<typeof Fact>;

/** A figure that no document states but that follows from facts that do. Shown as `derived`, with the rule in words. */
export const DerivedFigure = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  indicatorId: IndicatorId,
  localityCode: LocalityCode,
  /** In the indicator's unit. `null`: numerator and denominator give it. */
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  comparator: Comparator,
  asOf: IsoDate,
  /** Ids of the facts it follows from; it is shown once the last of them has been reported. */
  from: z.array(z.string()).min(1),
  rule: LocalizedText,
});
export type DerivedFigure = z.infer<typeof DerivedFigure>;

/** A count of which a document states only the total of a period, spread over its days. Shown as `derived`, with the rule in words. */
export const DerivedCounter = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** Id of the fact that states the total and its period. */
  of: z.string(),
  rule: LocalizedText,
});
export type DerivedCounter = z.infer<typeof DerivedCounter>;
