import { z } from 'zod';
import { Alarm } from '../domain/alarm.ts';
import { ChannelId, EditionId, LocalityCode, LocalizedText } from '../domain/ids.ts';

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
  /** At each stop wait for `play`, instead of resting a while. */
  z.strictObject({ channel: ChannelId, action: z.literal('chapters'), isOn: z.boolean() }),
  /** Begin anew at the end. */
  z.strictObject({ channel: ChannelId, action: z.literal('loop'), isOn: z.boolean() }),
]);
export type Playback = z.infer<typeof Playback>;

/** Names a wall for as long as it hangs: in its address, or made up by its first page and kept in that browser. */
export const WallId = z.string().max(40).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case kebab, e.g. "phong-hop-2"').brand<'WallId'>();
export type WallId = z.infer<typeof WallId>;

export const SceneName = z.enum(['connectivity', 'security', 'dossiers']);
export type SceneName = z.infer<typeof SceneName>;

/** For how long a wall may be handed over; then its scenes turn again. */
export const HANDOVER_MINUTES = [2, 5, 10] as const;

/** On whose word a wall shows what it shows: an office, because a wall never shows a person's name. */
export const HandoverOwner = z.enum(['chairman', 'vice-chairman', 'office', 'duty']);
export type HandoverOwner = z.infer<typeof HandoverOwner>;

/** [TW1] A wall that somebody shows a province on. Times are the server's. */
export const Handover = z.strictObject({
  /** 16 hex digits. */
  handoverId: z.string().regex(/^[0-9a-f]{16}$/),
  localityCode: LocalityCode,
  scene: SceneName,
  owner: HandoverOwner,
  sinceMs: z.number().int(),
  /** Epoch ms: it ends by itself, with or without a link. */
  endsAtMs: z.number().int(),
});
export type Handover = z.infer<typeof Handover>;

const Count = z.number().int().nonnegative();
const Duration = z.number().nonnegative();

/** How the map of a page does. Counted since the page was opened. */
const MapReport = z.strictObject({ isDrawing: z.boolean(), isSoftware: z.boolean(), framesDrawn: Count, contextLosses: Count, rebuilds: Count });

export const WALL_REPORT_EVERY_MS = 5_000;

/** [WR1] What a wall says of itself every `WALL_REPORT_EVERY_MS`. */
export const WallReport = z.strictObject({
  wallId: WallId,
  /** For people. As long as fits the header of a wall. */
  name: z.string().trim().min(1).max(24),
  buildId: z.string().max(40),
  /** Since the page was opened. */
  uptimeMs: Duration,
  viewport: z.strictObject({ widthPx: Count, heightPx: Count, sizeClass: z.string().max(20) }),
  scene: SceneName,
  isHeld: z.boolean(),
  /** An alarm stands before the scenes. */
  isPreempted: z.boolean(),
  /** Province the map is at; `null`: the whole country. */
  focusCode: LocalityCode.nullable(),
  /** What it is handed over to, an alarm before it or not; `null`: its own scenes. */
  handover: Handover.nullable(),
  /** The position held of each topic; none: no picture yet. */
  applied: z.array(z.strictObject({ channel: ChannelId, topic: Topic, epoch: Epoch, seq: Seq })).max(8),
  /** How long ago the server last confirmed what is painted; `null`: nothing is. */
  paintedAgeMs: Duration.nullable(),
  /** Animation frames of the page since the report before, and the time from one to the next; `null`: fewer than two. */
  frames: z.strictObject({ drawn: Count, overMs: Duration, medianMs: Duration.nullable(), maxMs: Duration.nullable() }),
  /** `null`: the page has no map, or none yet. */
  map: MapReport.nullable(),
  /** JavaScript heap in use; `null`: this browser does not tell. */
  heapMb: z.number().nonnegative().nullable(),
});
export type WallReport = z.infer<typeof WallReport>;

// ---- server → client

/** What the desk may have a wall do; the same as its keys. */
export const WallCommand = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('next') }),
  z.strictObject({ action: z.literal('previous') }),
  z.strictObject({ action: z.literal('hold') }),
  z.strictObject({ action: z.literal('release') }),
  z.strictObject({ action: z.literal('scene'), scene: SceneName }),
  /** `null`: back to the whole country. */
  z.strictObject({ action: z.literal('focus'), localityCode: LocalityCode.nullable() }),
  z.strictObject({ action: z.literal('hand-over'), handover: Handover }),
  /** End that hand-over, if it is still the one that is on. */
  z.strictObject({ action: z.literal('take-back'), handoverId: Handover.shape.handoverId }),
]);
export type WallCommand = z.infer<typeof WallCommand>;

/**
 * [WR3] A wall that needs somebody to go and look. `silent`: no report came. `frozen`: reports come, but its page draws nothing.
 * `behind`: what it holds stands still while the server goes on.
 */
export const WallTrouble = z.strictObject({ wallId: WallId, name: z.string(), kind: z.enum(['silent', 'frozen', 'behind']), sinceMs: z.number() });
export type WallTrouble = z.infer<typeof WallTrouble>;

export const CapabilityName = z.enum(['pause', 'seek', 'rate', 'loop', 'chapters']);
export type CapabilityName = z.infer<typeof CapabilityName>;

/** [EX1] A scenario that the simulator of a channel is made to play, and every screen of it says so. */
export const Exercise = z.strictObject({
  /** Name of its file in seeds/scenarios, without ".json". */
  scenario: z.string(),
  name: LocalizedText,
  /** Epoch ms, as `endsAtMs`: when it ends by itself. */
  sinceMs: z.number(),
  endsAtMs: z.number(),
});
export type Exercise = z.infer<typeof Exercise>;

export const PlaybackState = z.strictObject({
  /** Where "now" is on the data's axis. Epoch ms. */
  nowMs: z.number(),
  rate: z.number().nonnegative(),
  isPlaying: z.boolean(),
  /** `null`: open end (live). */
  startMs: z.number().nullable(),
  endMs: z.number().nullable(),
  /** The next place at which it stops by itself. Epoch ms on the data's axis; `null`: none before its end. */
  stopMs: z.number().nullable(),
  /** Real ms it still rests at the stop it has come to, then it goes on; 0: it does not rest. */
  restLeftMs: z.number().nonnegative(),
  /** It waits for `play` at each stop. */
  isChaptered: z.boolean(),
  /** It begins anew at its end. */
  isLooping: z.boolean(),
  /** `null`: none is on. */
  exercise: Exercise.nullable(),
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
  /** Oldest first. */
  wallTroubles: z.array(WallTrouble),
  /** [LD1] Alarms announced in the last ten minutes. `null`: this channel has no desk that counts them. */
  alarmLoad: z.number().int().nullable(),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

/** `snapshot`: all that are not NORMAL. `changes`: transitions since the message before, never conflated ([A2]). */
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
  /** To a wall, from the desk. */
  command: (command: WallCommand) => void;
}

export interface ClientToServerEvents {
  subscribe: (request: Subscribe) => void;
  unsubscribe: (request: Unsubscribe) => void;
  resync: (request: Resync) => void;
  playback: (request: Playback) => void;
  report: (report: WallReport) => void;
  /** The page that reports is being closed on purpose. */
  goodbye: () => void;
}
