import { z } from 'zod';
import { ChannelId } from '../domain/ids.ts';
import { Alarm } from '../domain/alarm.ts';
import { Epoch } from './socket.ts';

/** What is known of a channel at a past moment, beside its readings. */
export const PastDto = z.strictObject({
  channel: ChannelId,
  epoch: Epoch,
  atMs: z.number(),
  /** From when readings are kept; `null`: none are. */
  beginsAtMs: z.number().nullable(),
  /** How far the channel has come: what is later has not happened. */
  nowMs: z.number(),
  /** How finely that time is kept; `null`: it lies outside `beginsAtMs`..`nowMs`. */
  resolution: z.enum(['raw', 'minute', 'hour']).nullable(),
  /**
   * Alarm conditions that the readings of then fulfil, from what is known today. Their `sinceMs` is the time of the reading that shows
   * it, and `state` says nothing: when a condition began and who had taken it is not kept. `null`: outside what is kept.
   */
  alarms: z.array(Alarm).nullable(),
});
export type PastDto = z.infer<typeof PastDto>;
