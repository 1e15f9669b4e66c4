import { z } from 'zod';
import { Fact } from '../domain/fact.ts';
import { ChannelId, EditionId, LocalityCode, LocalizedText, RecordingName, SourceId } from '../domain/ids.ts';
import { FRESHNESS_STATES } from '../domain/freshness.ts';
import { FeedStatus, WebhookStatus } from './feeds.ts';
import { Epoch, Exercise, Handover, HandoverOwner, SceneName, SourceHealth, WallCommand, WallId, WallReport } from './socket.ts';
import { ReadingDto } from './http.ts';

/** Which province of 2021 became part of which province of 2025. */
export const Crosswalk = z.strictObject({
  provinces: z.array(z.strictObject({ from: LocalityCode, to: LocalityCode })),
  composition: z.array(z.strictObject({ code: LocalityCode, name: z.string(), from: z.array(LocalityCode) })),
});
export type Crosswalk = z.infer<typeof Crosswalk>;

export const EditionsDto = z.strictObject({
  editions: z.array(z.strictObject({
    edition: EditionId,
    /** ISO date from which the set of units is valid. */
    asOf: z.string(),
    provinces: z.number().int(),
    /** Districts in 2021, communes in 2025. */
    locals: z.number().int(),
  })),
  crosswalk: Crosswalk,
});
export type EditionsDto = z.infer<typeof EditionsDto>;

/** `ExplainNode` of http.ts as a schema. */
export const ExplainNodeDto = z.strictObject({
  reading: ReadingDto,
  name: LocalizedText,
  unit: z.strictObject({ vi: z.string(), en: z.string() }),
  rule: z.enum(['observed', 'sum', 'worst', 'ratio', 'share']),
  formula: z.string(),
  recomputed: z.number().nullable(),
  source: z.strictObject({
    sourceId: SourceId, receivedAtMs: z.number(), offset: z.number().int().nullable(), ref: z.string().nullable(),
  }).nullable(),
  get members() { return z.array(ExplainNodeDto); },
});

/** The node asked for, and the facts that `source.ref` in the tree names. */
export const ExplainDto = z.strictObject({
  ...ExplainNodeDto.shape,
  channel: ChannelId,
  epoch: Epoch,
  atMs: z.number(),
  facts: z.array(Fact),
});
export type ExplainDto = z.infer<typeof ExplainDto>;

const Refusal = z.strictObject({
  reason: z.string(), count: z.number().int(), lastAtMs: z.number(), lastSourceId: z.string().nullable(),
  lastDetail: z.string(), lastExample: z.string(),
});

/** How the sources of a channel are doing, and what was refused and why. */
export const FeedsDto = z.strictObject({
  channel: ChannelId,
  epoch: Epoch,
  acceptedCount: z.number().int(),
  health: SourceHealth,
  sources: z.array(z.strictObject({ sourceId: z.string(), lastReceivedAtMs: z.number().nullable(), freshness: z.enum(FRESHNESS_STATES) })),
  /** Refused by the gate. */
  refusals: z.array(Refusal),
  /** Those that are configured, on the channel they speak to. */
  feeds: z.array(FeedStatus),
  /** Refused before the gate, by reason: unreadable, too large, too many, no space, or under no feed's name. Of all posts since the server started. */
  turnedAway: z.array(z.strictObject({ reason: z.string(), count: z.number().int(), lastAtMs: z.number(), lastDetail: z.string() })),
  /** Receivers of this channel's alarms. */
  webhooks: z.array(WebhookStatus),
});
export type FeedsDto = z.infer<typeof FeedsDto>;

export const QuarantineDto = z.strictObject({
  channel: ChannelId,
  epoch: Epoch,
  /** Newest first. */
  items: z.array(z.strictObject({
    id: z.number().int(), receivedAtMs: z.number(), reason: z.string(), detail: z.string(), candidate: z.unknown(),
    /** `null`: it is still held. */
    released: z.strictObject({ by: z.string(), why: z.string(), atMs: z.number(), outcome: z.string().nullable() }).nullable(),
  })),
});
export type QuarantineDto = z.infer<typeof QuarantineDto>;

/** Why a quarantined reading is let go; by whom, their session says. */
export const QuarantineRelease = z.strictObject({ why: z.string().trim().min(1).max(300) });
export type QuarantineRelease = z.infer<typeof QuarantineRelease>;

/** What became of it at the gate. */
export const ReleasedDto = z.strictObject({
  id: z.number().int(), outcome: z.enum(['stored', 'duplicate', 'quarantined', 'rejected']), reason: z.string().nullable(), detail: z.string().nullable(),
});
export type ReleasedDto = z.infer<typeof ReleasedDto>;

/** The last that is known of a wall, and how it does. */
export const WallDto = z.strictObject({
  ...WallReport.shape,
  /** What the server has handed it over to; `null`: nothing. */
  handover: Handover.nullable(),
  /** Its last report says that it shows that, or waits behind an alarm to show it. */
  isHandoverShown: z.boolean(),
  /** `closed`: on purpose. Otherwise as `WallTrouble` says. */
  state: z.enum(['well', 'silent', 'frozen', 'behind', 'closed']),
  /** `null`: it is not in trouble. */
  troubleSinceMs: z.number().nullable(),
  firstHeardAtMs: z.number(),
  heardAtMs: z.number(),
  reportCount: z.number().int(),
  /** Connected pages that report under this id: 0 while it is not connected, more than one where two screens share an id. */
  pages: z.number().int(),
});
export type WallDto = z.infer<typeof WallDto>;

export const WallsDto = z.strictObject({
  atMs: z.number(),
  /** Without a sign of life for this long a wall is in trouble. */
  quietAfterMs: z.number(),
  /** Reports of further walls are not kept. */
  mostWalls: z.number().int(),
  refusedCount: z.number().int(),
  /** By name. */
  walls: z.array(WallDto),
});
export type WallsDto = z.infer<typeof WallsDto>;

export const WallCommandAnswer = z.strictObject({ wallId: WallId, sent: WallCommand });
export type WallCommandAnswer = z.infer<typeof WallCommandAnswer>;

/** [TW1] What a wall is to show, for how long, and on whose word. */
export const HandoverOffer = z.strictObject({
  localityCode: LocalityCode,
  scene: SceneName,
  minutes: z.literal([2, 5, 10]),
  owner: HandoverOwner,
  /** The hand-over that this one takes the place of; `null`: only if the wall shows its own scenes. */
  replaces: Handover.shape.handoverId.nullable(),
});
export type HandoverOffer = z.infer<typeof HandoverOffer>;

export const HandoverAnswer = z.strictObject({ wallId: WallId, handover: Handover });
export type HandoverAnswer = z.infer<typeof HandoverAnswer>;

export const HandoverEnd = z.strictObject({ handoverId: Handover.shape.handoverId });
export type HandoverEnd = z.infer<typeof HandoverEnd>;

/** Who leads an exercise, for the desk: a name as people say it, which nothing checks. */
const Leader = z.string().trim().min(1).max(40);

export const ExerciseStart = z.strictObject({ scenario: z.string().max(60), leader: Leader.optional() });
export type ExerciseStart = z.infer<typeof ExerciseStart>;

export const RunningExercise = z.strictObject({ ...Exercise.shape, leader: Leader.nullable() });
export type RunningExercise = z.infer<typeof RunningExercise>;

export const ExercisesDto = z.strictObject({
  atMs: z.number(),
  /** `false`: nothing on the live channel is simulated, so there is nothing to exercise with. */
  isPossible: z.boolean(),
  /** `null`: none is on. */
  running: RunningExercise.nullable(),
  /** Those with something to show in the edition of the live channel. */
  scenarios: z.array(z.strictObject({ scenario: z.string(), name: LocalizedText, description: LocalizedText, lengthMs: z.number().positive() })),
});
export type ExercisesDto = z.infer<typeof ExercisesDto>;

/** A recording of a live run, `/wall?recording=<name>`. `why` one is refused, and the first wrong `line` of its file; `null` with the others, and where no line is to blame. */
export const RecordingDto = z.strictObject({ name: RecordingName, state: z.enum(['opening', 'ready', 'refused']), why: z.string().nullable(), line: z.number().int().positive().nullable() });
export type RecordingDto = z.infer<typeof RecordingDto>;
