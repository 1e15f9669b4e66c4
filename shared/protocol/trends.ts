import { z } from 'zod';
import { ChannelId, IndicatorId, LocalityCode } from '../domain/ids.ts';
import { ReadingDto } from './http.ts';
import { Epoch } from './socket.ts';

/** Of one figure: how it ran, and what it was at the start of that time. */
export const Trend = z.strictObject({
  indicatorId: IndicatorId,
  /** The last reading of each bucket. `null`: none was taken in it (a gap, never a zero). */
  points: z.array(z.number().nullable()),
  /** The reading as it stood at `fromMs`; of freshness `never` where nothing was known then. */
  before: ReadingDto,
});
export type Trend = z.infer<typeof Trend>;

/** Several figures of one place over one time, for the cards of a page. */
export const TrendsDto = z.strictObject({
  channel: ChannelId,
  epoch: Epoch,
  localityCode: LocalityCode,
  fromMs: z.number(),
  toMs: z.number(),
  bucketMs: z.number(),
  /** In the order asked for. */
  trends: z.array(Trend),
});
export type TrendsDto = z.infer<typeof TrendsDto>;
