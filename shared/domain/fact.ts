import { z } from 'zod';
import { IndicatorId, LocalityCode, LocalizedText } from './ids.ts';
import { Comparator } from './provenance.ts';

const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** One figure that a seed document states. Facts carry over, sentences do not: `statement` is in our own words. */
export const Fact = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  indicatorId: IndicatorId,
  localityCode: LocalityCode,
  /** In the indicator's unit. `null`: the document gives only numerator and denominator, or only words. */
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  comparator: Comparator,
  /** ISO dates. Either an instant (`asOf`) or a period (`from`..`to`, inclusive). */
  asOf: IsoDate,
  period: z.strictObject({ from: IsoDate, to: IsoDate }).nullable(),
  /** Whether the document itself prints the date, or we inferred it; `dateNote` says how. */
  dateBasis: z.enum(['stated', 'inferred']),
  dateNote: z.string(),
  /** The day the figure was said in public: when the replay shows it. */
  reportedOn: IsoDate,
  document: z.string().min(1),
  publisher: z.string().min(1),
  statement: LocalizedText,
  /** The figure exactly as the document's text writes it ("4,4 triệu"), so that a test can find it. A few words at most. */
  evidence: z.array(z.string().min(1).max(40)).min(1),
  /** Ids of facts about the same thing that disagree or that this one replaces. Both stay. */
  contradicts: z.array(z.string()),
  supersedes: z.array(z.string()),
});
export type Fact = z.infer<typeof Fact>;
