import { z } from 'zod';
import { FRESHNESS_STATES } from '../domain/freshness.ts';
import { LocalityCode, LocalizedText, SourceId } from '../domain/ids.ts';

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

const Count = z.number().int().nonnegative();

/** How the connection that we keep open for a feed is doing. */
export const FeedLinkStatus = z.strictObject({
  carrier: z.literal('mqtt'),
  /** Without name or password. */
  url: z.string(),
  isConnected: z.boolean(),
  /** Since when it is (or is not) connected. Epoch ms. */
  sinceMs: z.number(),
  /** Messages since our start: taken means that the broker may forget them. */
  taken: Count,
  /** Messages nobody could read; they are counted as turned away too. */
  unreadable: Count,
  lastMessageAtMs: z.number().nullable(),
  /** Topics that the broker does not let us subscribe to. */
  refusedTopics: z.array(z.string()),
  /** The newest trouble, also when it is over. */
  lastError: z.strictObject({ atMs: z.number(), text: z.string() }).nullable(),
});
export type FeedLinkStatus = z.infer<typeof FeedLinkStatus>;

/** How one configured feed does, since the server started. */
export const FeedStatus = z.strictObject({
  id: SourceId,
  name: LocalizedText,
  format: z.string(),
  localities: z.array(LocalityCode),
  /** `null`: it promises none, so that its silence says nothing. */
  expectEveryMs: z.number().int().positive().nullable(),
  /** When it last sent something that could be read. Epoch ms; `null`: not yet. */
  lastSeenAtMs: z.number().nullable(),
  freshness: z.enum(FRESHNESS_STATES),
  /** Items by what became of them. */
  items: z.strictObject({ stored: Count, duplicate: Count, quarantined: Count, rejected: Count, ignored: Count }),
  /** From the newest moment a delivery speaks of to its receipt, over the deliveries of the last minute with something new. `null`: there were none. */
  lagMs: z.strictObject({ median: z.number(), max: z.number() }).nullable(),
  /** The smallest such lag of the last hour: below zero, the sender's clock is ahead by at least as much. `null`: none. */
  skewMs: z.number().nullable(),
  /** Open or recent cases that belong to no locality. */
  unplaced: Count,
  /** The last items refused, newest first: why, and never what was in them. */
  refused: z.array(z.strictObject({ atMs: z.number(), reason: z.string(), detail: z.string() })),
  /** What came under its name and was not read, by reason. */
  turnedAway: z.array(z.strictObject({ reason: z.string(), count: Count, lastAtMs: z.number(), lastDetail: z.string() })),
  /** `null`: it sends to us, we keep nothing open for it. */
  link: FeedLinkStatus.nullable(),
});
export type FeedStatus = z.infer<typeof FeedStatus>;

/** How the deliveries to one receiver of alarms do. Counts since the server started; times are epoch ms. */
export const WebhookStatus = z.strictObject({
  id: z.string(),
  /** Without path and query, which may hold a secret. */
  origin: z.string(),
  /** `failing`: the last try failed, and there will be another. `gone`: the receiver answered 410, and nothing more is sent until its settings change. */
  state: z.enum(['well', 'failing', 'gone']),
  pending: Count,
  delivered: Count,
  /** Tried for 24 h, or dropped by a 410. */
  givenUp: Count,
  /** Not taken on when too many began to wait or the disk to refuse; made good by comparing with the open alarms as soon as there is room. */
  notTaken: Count,
  oldestPendingAtMs: z.number().nullable(),
  lastDeliveredAtMs: z.number().nullable(),
  nextTryAtMs: z.number().nullable(),
  /** The newest trouble, also when it is over. */
  lastError: z.strictObject({ atMs: z.number(), text: z.string() }).nullable(),
});
export type WebhookStatus = z.infer<typeof WebhookStatus>;
