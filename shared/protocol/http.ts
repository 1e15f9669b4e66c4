import { z } from 'zod';
import { ChannelId, EditionId, IndicatorId, LocalityCode, LocalizedText, SourceId } from '../domain/ids.ts';
import { Comparator, Provenance } from '../domain/provenance.ts';
import { Freshness } from '../domain/freshness.ts';
import { PlaybackState, Epoch } from './socket.ts';

/** One series as people and programs outside read it. Every field is stated; absence is `null`. */
export const ReadingDto = z.strictObject({
  localityCode: LocalityCode,
  indicatorId: IndicatorId,
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  /** `null`: never. */
  observedAtMs: z.number().nullable(),
  freshness: Freshness,
  /** `null` while freshness is `never`. */
  provenance: Provenance.nullable(),
  comparator: Comparator.nullable(),
  membersFresh: z.number().int(),
  membersExpected: z.number().int(),
});
export type ReadingDto = z.infer<typeof ReadingDto>;

export const SnapshotDto = z.strictObject({
  channel: ChannelId,
  edition: EditionId,
  epoch: Epoch,
  /** The time asked for, or now on the channel's axis. */
  atMs: z.number(),
  /** How finely history is kept at that time: exact, to the minute, or to the hour. */
  resolution: z.enum(['raw', 'minute', 'hour']),
  readings: z.array(ReadingDto),
});
export type SnapshotDto = z.infer<typeof SnapshotDto>;

/** `min`, `max` and `last` of the readings in one bucket; `null` values mark a bucket with none (a gap, never a zero). */
export const SeriesPoint = z.strictObject({
  atMs: z.number(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  last: z.number().nullable(),
  count: z.number().int(),
});
export type SeriesPoint = z.infer<typeof SeriesPoint>;

export const SeriesDto = z.strictObject({
  channel: ChannelId,
  localityCode: LocalityCode,
  indicatorId: IndicatorId,
  fromMs: z.number(),
  toMs: z.number(),
  bucketMs: z.number(),
  resolution: z.enum(['raw', 'minute', 'hour']),
  points: z.array(SeriesPoint),
});
export type SeriesDto = z.infer<typeof SeriesDto>;

export const ChannelDto = z.strictObject({
  channel: ChannelId,
  edition: EditionId,
  epoch: Epoch,
  /** For labels and logs only; nobody branches on it. */
  player: z.string(),
  seriesCount: z.number().int(),
  playback: PlaybackState,
});
export type ChannelDto = z.infer<typeof ChannelDto>;

/** Explanation of one number: its formula, its parts, and for observed readings their origin. */
export interface ExplainNode {
  reading: ReadingDto;
  name: LocalizedText;
  unit: LocalizedText;
  rule: 'observed' | 'sum' | 'worst' | 'ratio' | 'share';
  /** The formula in symbols with the figures filled in: "677 / 705 × 100". Empty when observed. */
  formula: string;
  /** What the parts shown add up to; differs from `reading.value` only if something is wrong, and then it must be shown. */
  recomputed: number | null;
  source: { sourceId: SourceId; receivedAtMs: number; offset: number | null; ref: string | null } | null;
  members: ExplainNode[];
}

export const IngestOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ id: z.string().nullable(), outcome: z.literal('stored'), offset: z.number().int() }),
  z.strictObject({ id: z.string().nullable(), outcome: z.literal('duplicate') }),
  z.strictObject({ id: z.string().nullable(), outcome: z.literal('quarantined'), reason: z.string(), detail: z.string() }),
  z.strictObject({ id: z.string().nullable(), outcome: z.literal('rejected'), reason: z.string(), detail: z.string() }),
]);
export type IngestOutcome = z.infer<typeof IngestOutcome>;

export const IngestAnswer = z.strictObject({
  stored: z.number().int(), duplicate: z.number().int(), quarantined: z.number().int(), rejected: z.number().int(),
  items: z.array(IngestOutcome),
});
export type IngestAnswer = z.infer<typeof IngestAnswer>;

/** RFC 9457. */
export const ProblemDetail = z.strictObject({
  type: z.string(), title: z.string(), status: z.number().int(), detail: z.string(), instance: z.string().optional(),
  errors: z.array(z.strictObject({ where: z.string(), got: z.string(), expected: z.string() })).optional(),
});
export type ProblemDetail = z.infer<typeof ProblemDetail>;
