import { z } from 'zod';
import { Alarm, AlarmId, Disposition, OccurrenceId } from '../domain/alarm.ts';
import { ALARM_LIMITS, AlarmEvent, Comment as LoggedComment, PersonName, Why as LoggedWhy } from '../domain/alarmEvent.ts';
import { ChannelId } from '../domain/ids.ts';
import { Severity } from '../domain/severity.ts';
import { isVisible, typedText } from '../domain/typedText.ts';

// Stricter than what is read of the log, which must stay readable whatever it took before.
const Comment = LoggedComment.refine(isVisible, 'must say something that can be seen');
const Why = LoggedWhy.refine(isVisible, 'must say something that can be seen');
/** Of whoever takes something over: as typed, it need not be an account's. */
const TypedName = typedText(60).refine((name) => isVisible(name) && !name.includes('\n'), 'must be a name, in one line');

/** An alarm as somebody saw it: what they act on. */
const SeenAlarm = z.strictObject({
  occurrenceId: OccurrenceId,
  /** The severity that was on the screen: if it has grown since, they must look again ([LC4]). */
  severity: Severity,
});

export const AcknowledgeDto = z.strictObject({ ...SeenAlarm.shape, comment: Comment.nullable() });
export type AcknowledgeDto = z.infer<typeof AcknowledgeDto>;
/** Several at once, each as it was listed; never a critical one. */
export const AcknowledgeManyDto = z.strictObject({
  alarms: z.array(z.strictObject({ id: AlarmId, ...SeenAlarm.shape })).min(1).max(ALARM_LIMITS.bulk)
    .refine((alarms) => new Set(alarms.map(({ id }) => id)).size === alarms.length, 'must name each alarm once'),
  comment: Comment.nullable(),
});
export const ShelveDto = z.strictObject({
  forMs: z.number().int().min(60_000).max(ALARM_LIMITS.shelveMs), why: Why,
  /** Of a critical alarm: account and password of a second operator. `null`: of any other. */
  second: z.strictObject({ account: z.string().min(1).max(60), password: z.string().min(1).max(200) }).nullable(),
});
export const CommentDto = z.strictObject({ text: Comment });
export const AssignDto = z.strictObject({ to: TypedName.nullable() });
export const JudgeDto = z.strictObject({ occurrenceId: OccurrenceId, disposition: Disposition, comment: Comment.nullable() });
export const WhyDto = z.strictObject({ why: Why });
export const HandOverShiftDto = z.strictObject({ to: TypedName, note: Comment.nullable() });

/** `null`: it is not open any more. */
export const AlarmDto = z.strictObject({ alarm: Alarm.nullable() });
export type AlarmDto = z.infer<typeof AlarmDto>;

export const AlarmListDto = z.strictObject({ alarms: z.array(Alarm) });
export type AlarmListDto = z.infer<typeof AlarmListDto>;

/** Of several acknowledged at once, what became of each. */
export const AcknowledgedDto = z.strictObject({
  results: z.array(z.strictObject({
    id: AlarmId,
    /** `again`: it was acknowledged before, and stays so. `changed`: worse than what was seen, look again. `unknown`: that occurrence is not open. */
    outcome: z.enum(['done', 'again', 'changed', 'unknown', 'critical']),
    alarm: Alarm.nullable(),
  })),
});
export type AcknowledgedDto = z.infer<typeof AcknowledgedDto>;

/** Alarms that are not open any more, newest end first. */
export const ClosedAlarmsDto = z.strictObject({ channel: ChannelId, alarms: z.array(Alarm), leftOff: z.number().int() });
export type ClosedAlarmsDto = z.infer<typeof ClosedAlarmsDto>;

/** An alarm and everything that happened to it, oldest first; of other occurrences too. Without a signed-in person, nothing that people wrote. */
export const AlarmHistoryDto = z.strictObject({ channel: ChannelId, alarm: Alarm.nullable(), events: z.array(AlarmEvent), leftOff: z.number().int() });
export type AlarmHistoryDto = z.infer<typeof AlarmHistoryDto>;

/** EEMUA 191 / ISA-18.2: how much one desk was asked to take in. */
export const AlarmLoadDto = z.strictObject({
  channel: ChannelId,
  bucketMs: z.literal(600_000),
  /** Oldest first, without gaps; the last one is not over yet. `count`: alarms annunciated. */
  buckets: z.array(z.strictObject({ fromMs: z.number(), count: z.number().int(), bySeverity: z.record(Severity, z.number().int()) })),
  /** New in the last ten minutes. */
  lastTenMin: z.number().int(),
  isFlood: z.boolean(),
  /** 0-1, of the time the buckets cover. */
  floodRatio: z.number(),
  /** Standing for more than a day. */
  standing: z.number().int(),
  chattering: z.number().int(),
  /** Most often raised in that time. */
  worst: z.array(z.strictObject({ alarmId: AlarmId, count: z.number().int(), alarm: Alarm.nullable() })).max(10),
});
export type AlarmLoadDto = z.infer<typeof AlarmLoadDto>;

export const ShiftsDto = z.strictObject({
  channel: ChannelId,
  /** Newest first. */
  shifts: z.array(z.strictObject({ atMs: z.number(), from: PersonName, to: PersonName, note: LoggedComment.nullable(), open: z.number().int(), unacknowledged: z.number().int() })),
});
export type ShiftsDto = z.infer<typeof ShiftsDto>;
