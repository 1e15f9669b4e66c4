import { z } from 'zod';
import { ChannelId, EditionId, LocalityCode, SourceId } from '../domain/ids.ts';
import { Severity } from '../domain/severity.ts';

/** `nation` carries every series of the edition; `province:<code>` the nation's own, that province's and its children's. */
export const Topic = z.string().regex(/^(nation|province:\d{2})$/, 'must be "nation" or "province:<two digits>"').brand<'Topic'>();
export type Topic = z.infer<typeof Topic>;

/** 16 hex digits; names one unbroken log ([P1]). */
export const Epoch = z.string().regex(/^[0-9a-f]{16}$/);

const Seq = z.number().int().nonnegative();

// ---- client → server

export const Subscribe = z.strictObject({
  channel: ChannelId,
  topics: z.array(Topic).min(1).max(8),
  /** What the client already holds. The answer is the contiguous rest or a snapshot, never a part ([P3]). */
  resume: z.strictObject({ epoch: Epoch, seqByTopic: z.record(Topic, Seq) }).optional(),
});
export type Subscribe = z.infer<typeof Subscribe>;

export const Unsubscribe = z.strictObject({ channel: ChannelId, topics: z.array(Topic).min(1).max(8) });
export type Unsubscribe = z.infer<typeof Unsubscribe>;

export const Resync = z.strictObject({ channel: ChannelId, topic: Topic });
export type Resync = z.infer<typeof Resync>;

export const Playback = z.discriminatedUnion('action', [
  z.strictObject({ channel: ChannelId, action: z.literal('play') }),
  z.strictObject({ channel: ChannelId, action: z.literal('pause') }),
  /** Epoch ms on the data's axis. */
  z.strictObject({ channel: ChannelId, action: z.literal('seek'), toMs: z.number().int() }),
  /** Data ms per real ms; 1 is real time. */
  z.strictObject({ channel: ChannelId, action: z.literal('rate'), rate: z.number().positive().max(100_000_000) }),
]);
export type Playback = z.infer<typeof Playback>;

// ---- server → client

export const CapabilityName = z.enum(['pause', 'seek', 'rate']);
export type CapabilityName = z.infer<typeof CapabilityName>;

export const PlaybackState = z.strictObject({
  /** Where "now" is on the data's axis. Epoch ms. */
  nowMs: z.number(),
  rate: z.number().nonnegative(),
  isPlaying: z.boolean(),
  /** `null`: open end (live). */
  startMs: z.number().nullable(),
  endMs: z.number().nullable(),
  capabilities: z.array(CapabilityName),
});
export type PlaybackState = z.infer<typeof PlaybackState>;

export const SourceHealth = z.strictObject({
  fresh: z.number().int(), late: z.number().int(), stale: z.number().int(), dead: z.number().int(), never: z.number().int(),
});
export type SourceHealth = z.infer<typeof SourceHealth>;

/** Sent once per connection, before anything else. */
export const Hello = z.strictObject({
  protocolVersion: z.number().int(),
  buildId: z.string(),
  serverTimeMs: z.number(),
  heartbeatEveryMs: z.number().int(),
  channels: z.array(z.strictObject({ channel: ChannelId, edition: EditionId, epoch: Epoch, seriesCount: z.number().int(), playback: PlaybackState })),
});
export type Hello = z.infer<typeof Hello>;

/** Every 2 s to each subscribed topic. None for 6 s: the whole screen takes the dead look ([H1]). */
export const Heartbeat = z.strictObject({
  channel: ChannelId,
  topic: Topic,
  epoch: Epoch,
  /** Newest published sequence number of the topic. */
  head: Seq,
  serverTimeMs: z.number(),
  playback: PlaybackState,
  sources: SourceHealth,
});
export type Heartbeat = z.infer<typeof Heartbeat>;

export const Alarm = z.strictObject({
  /** Names the condition: locality, indicator or source, and kind. Stable over occurrences. */
  id: z.string(),
  /** Names this occurrence of it. */
  occurrenceId: z.string(),
  severity: Severity,
  domain: z.enum(['connectivity', 'security', 'dossiers', 'nation']),
  localityCode: LocalityCode,
  /** `null`: about a source, not an indicator. */
  indicatorId: z.string().nullable(),
  sourceId: SourceId.nullable(),
  kind: z.enum(['state', 'security', 'source-silent', 'overdue']),
  /** The reading that raised it; `null` for silence. */
  value: z.number().nullable(),
  state: z.enum(['UNACK', 'ACKED', 'RTN_UNACK', 'NORMAL']),
  /** Data time the condition became true. Epoch ms. */
  sinceMs: z.number(),
  /** The reading behind it has gone stale: the condition is kept, not cleared. */
  dataLost: z.boolean(),
});
export type Alarm = z.infer<typeof Alarm>;

/** `snapshot`: all open alarms. `changes`: transitions since the message before, never conflated ([A2]). */
export const AlarmsMessage = z.strictObject({
  channel: ChannelId,
  epoch: Epoch,
  kind: z.enum(['snapshot', 'changes']),
  alarms: z.array(Alarm),
});
export type AlarmsMessage = z.infer<typeof AlarmsMessage>;

/** Something a person must know. `tip` says what to do. */
export const Problem = z.strictObject({
  severity: z.enum(['info', 'warning', 'error']),
  code: z.string(),
  message: z.string(),
  tip: z.string(),
});
export type Problem = z.infer<typeof Problem>;

export interface ServerToClientEvents {
  hello: (hello: Hello) => void;
  /** One frame as `shared/frame/README.md` describes it. */
  frame: (frame: ArrayBuffer) => void;
  alarms: (message: AlarmsMessage) => void;
  heartbeat: (heartbeat: Heartbeat) => void;
  problem: (problem: Problem) => void;
}

export interface ClientToServerEvents {
  subscribe: (request: Subscribe) => void;
  unsubscribe: (request: Unsubscribe) => void;
  resync: (request: Resync) => void;
  playback: (request: Playback) => void;
}
