import { z } from 'zod';

/** What became of one item that a feed sent. */
export const FeedItemOutcome = z.strictObject({
  /** The sender's own id of it; `null` if none could be read. */
  id: z.string().nullable(),
  /** `stored` and `duplicate` only after commit. `ignored`: rightly made, and not about anything shown here. */
  outcome: z.enum(['stored', 'duplicate', 'quarantined', 'rejected', 'ignored']),
  /** `null` for `stored` and `duplicate`. */
  reason: z.string().nullable(),
  detail: z.string().nullable(),
  /** `false`: stored, and counted as belonging to no locality because nothing in it says where. */
  isPlaced: z.boolean(),
});
export type FeedItemOutcome = z.infer<typeof FeedItemOutcome>;

/** One outcome per item, in the order sent. */
export const FeedAnswer = z.strictObject({
  stored: z.number().int(), duplicate: z.number().int(), quarantined: z.number().int(), rejected: z.number().int(), ignored: z.number().int(),
  items: z.array(FeedItemOutcome),
});
export type FeedAnswer = z.infer<typeof FeedAnswer>;
