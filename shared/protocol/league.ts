import { z } from 'zod';
import { ChannelId, EditionId, IndicatorId, LocalityCode } from '../domain/ids.ts';
import { Indicator } from '../domain/indicator.ts';
import { UNRANKED_REASONS } from '../domain/ranking.ts';
import { ReadingDto } from './http.ts';
import { Epoch } from './socket.ts';

const Resolution = z.enum(['raw', 'minute', 'hour']);

export const LeagueRow = z.strictObject({
  ...ReadingDto.shape,
  /** Standard competition ranking (1-2-2-4), 1 the best; where the indicator is neutral, the largest. `null`: see `unranked`. */
  rank: z.number().int().nullable(),
  /** `null`: it is ranked. */
  unranked: z.enum(UNRANKED_REASONS).nullable(),
  /** `null`: it had no rank then, or nothing is known of then. */
  previousRank: z.number().int().nullable(),
  previousValue: z.number().nullable(),
  /** Places gained: 2 is two better than before. `null`: one of the two ranks is not known. */
  rankChange: z.number().int().nullable(),
});
export type LeagueRow = z.infer<typeof LeagueRow>;

/** All provinces of an edition under one indicator, in the order of their ranks, those without a rank behind them by code. */
export const LeagueDto = z.strictObject({
  channel: ChannelId,
  edition: EditionId,
  epoch: Epoch,
  indicatorId: IndicatorId,
  atMs: z.number(),
  resolution: Resolution,
  /** What ranks are compared with. */
  previousAtMs: z.number(),
  previousResolution: Resolution,
  rankedCount: z.number().int(),
  previousRankedCount: z.number().int(),
  /** `null`: the indicator does not exist for the country. */
  nation: ReadingDto.nullable(),
  rows: z.array(LeagueRow),
});
export type LeagueDto = z.infer<typeof LeagueDto>;

const Line = z.array(z.number().nullable());

/** One short chart per province: `min`, `max` and `last` of each bucket in turn; `null` is a gap, never a zero. */
export const LeagueSeriesDto = z.strictObject({
  channel: ChannelId,
  edition: EditionId,
  epoch: Epoch,
  indicatorId: IndicatorId,
  fromMs: z.number(),
  toMs: z.number(),
  bucketMs: z.number(),
  resolution: Resolution,
  /** By code. */
  rows: z.array(z.strictObject({ localityCode: LocalityCode, min: Line, max: Line, last: Line })),
});
export type LeagueSeriesDto = z.infer<typeof LeagueSeriesDto>;

export const ComparedDomain = Indicator.shape.domain;

/** The own readings of several places, each with all indicators of a domain that exist at its level. */
export const CompareDto = z.strictObject({
  channel: ChannelId,
  edition: EditionId,
  epoch: Epoch,
  domain: ComparedDomain,
  atMs: z.number(),
  resolution: Resolution,
  /** In the order asked for. */
  places: z.array(z.strictObject({ localityCode: LocalityCode, readings: z.array(ReadingDto) })),
});
export type CompareDto = z.infer<typeof CompareDto>;
export type ComparedDomain = z.infer<typeof ComparedDomain>;
