import { z } from 'zod';
import { ChannelId, EditionId, IndicatorId, LocalityCode, LocalizedText } from '../domain/ids.ts';
import { Provenance } from '../domain/provenance.ts';
import { Formula, GroupId, SCORE_STATES, Standing } from '../domain/serviceIndex.ts';
import { ExplainNodeDto } from './answers.ts';
import { ReadingDto } from './http.ts';
import { Epoch } from './socket.ts';

/**
 * Whether a reading counts. `never`: nobody has said anything. `none`: its source says that it has none. `dead`: its source has been
 * silent for long. `withheld`: too few members have spoken. `other-period`: it is of another month.
 */
const COUNT_STATES = ['counted', 'never', 'none', 'dead', 'withheld', 'other-period'] as const;

const Range = z.strictObject({ min: z.number(), max: z.number() });

/** One indicator that a component counts by, with the reading behind it. */
export const IndexCountDto = z.strictObject({
  indicatorId: IndicatorId,
  state: z.enum(COUNT_STATES),
  reading: ReadingDto,
  /** Where an observed reading came from; `null`: it was computed from its members, or there is none. */
  source: ExplainNodeDto.shape.source,
});
export type IndexCountDto = z.infer<typeof IndexCountDto>;

/** `rule` `null`: nobody knows the rule of this component. */
export const IndexComponentDto = z.strictObject({
  number: z.string(),
  name: LocalizedText,
  points: z.number(),
  state: z.enum(SCORE_STATES),
  valuePct: z.number().nullable(),
  score: z.number().nullable(),
  rule: z.strictObject({
    formula: Formula,
    fullAtPct: z.number(),
    words: LocalizedText,
    standing: Standing,
    /** The formula in symbols with the figures filled in: "8.441 / 9.102 × 100" as in JSON. Empty while a count is missing. */
    symbols: z.string(),
  }).nullable(),
  counts: z.array(IndexCountDto),
});
export type IndexComponentDto = z.infer<typeof IndexComponentDto>;

/**
 * What the national portal publishes. `not-published`: nothing, ever. `none`: it says that it has no figure. `other-period`: its figure
 * is of another month, so it is not compared. `published`: compared with ours.
 */
export const PortalDto = z.strictObject({
  state: z.enum(['published', 'not-published', 'none', 'other-period']),
  reading: ReadingDto.nullable(),
  source: ExplainNodeDto.shape.source,
  /** Portal's less ours, with all and with nothing of what we could not judge. `null`: not compared. */
  difference: Range.nullable(),
});
export type PortalDto = z.infer<typeof PortalDto>;

const scored = {
  points: z.number(),
  /** `null`: nothing of it could be judged, which is not 0. */
  score: z.number().nullable(),
  judgedPoints: z.number(),
  /** With nothing, and with all, of the points that were not judged. */
  possible: Range,
  portal: PortalDto,
  /** Of the readings counted: a score out of simulated counts is a simulated score. */
  provenances: z.array(Provenance),
};

export const IndexGroupDto = z.strictObject({
  id: GroupId,
  name: LocalizedText,
  standing: Standing,
  sharing: Standing,
  ...scored,
  components: z.array(IndexComponentDto),
});
export type IndexGroupDto = z.infer<typeof IndexGroupDto>;

export const ServiceIndexDto = z.strictObject({
  channel: ChannelId,
  edition: EditionId,
  epoch: Epoch,
  localityCode: LocalityCode,
  atMs: z.number(),
  name: LocalizedText,
  standing: Standing,
  /** The calendar month that is counted, Vietnamese time. */
  period: z.strictObject({ fromMs: z.number(), toMs: z.number(), standing: Standing }),
  ...scored,
  groups: z.array(IndexGroupDto),
});
export type ServiceIndexDto = z.infer<typeof ServiceIndexDto>;
