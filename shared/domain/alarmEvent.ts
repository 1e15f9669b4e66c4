import { z } from 'zod';
import { AlarmCondition, AlarmId, Disposition, OccurrenceId } from './alarm.ts';
import { AlarmRule } from './alarmRule.ts';
import { typedText } from './typedText.ts';

export const ALARM_LIMITS = { comment: 500, why: 300, bulk: 20, shelveMs: 8 * 3_600_000 } as const;
export const Comment = typedText(ALARM_LIMITS.comment);
export const Why = typedText(ALARM_LIMITS.why);
/** A person's name as their account says it. */
export const PersonName = z.string().min(1).max(60);

/** `atMs`: the clock of the channel when it was taken on. Times of one log never go back. */
const of = <Kind extends string>(kind: Kind) => ({ kind: z.literal(kind), atMs: z.number(), alarmId: AlarmId });
/** How its rule lets it live; all of it in the log, so that a rule changed later changes no past. */
const life = { isLatching: z.boolean(), needsAckOnReturn: z.boolean(), reAlarmAfterMs: z.number().positive().nullable() };
const person = { by: PersonName, station: z.string().max(100).nullable() };

/**
 * One line of the log of alarms. An alarm is the fold of its lines ([LC1]): what readings, feeds and time did to it, and what people did.
 * Nothing is ever edited.
 */
export const AlarmEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    ...of('raised'), occurrenceId: OccurrenceId, sinceMs: z.number(), condition: AlarmCondition, ...life,
  }),
  /** A standing condition has become something else: worse, milder, another value. The occurrence goes on. */
  z.strictObject({ ...of('changed'), condition: AlarmCondition, /** Absent: it lives as it did. */ life: z.strictObject(life).optional() }),
  z.strictObject({ ...of('repeated'), count: z.number().int().positive() }),
  z.strictObject({ ...of('returned'), returnedAtMs: z.number() }),
  z.strictObject({ ...of('data-lost') }),
  z.strictObject({ ...of('data-back') }),
  z.strictObject({ ...of('re-alarmed') }),
  /** Over for a day and never acknowledged: it is closed, and says so. */
  z.strictObject({ ...of('lapsed') }),
  z.strictObject({ ...of('acknowledged'), ...person, occurrenceId: OccurrenceId, comment: Comment.nullable() }),
  z.strictObject({ ...of('reset'), ...person }),
  z.strictObject({ ...of('shelved'), ...person, untilMs: z.number(), why: Why, /** A second person, whom a critical alarm needs. */ second: PersonName.nullable() }),
  /** `by` `null`: its time was up, or, because it is `critical` by now, one signature is too few. */
  z.strictObject({ ...of('unshelved'), by: PersonName.nullable(), station: person.station, because: z.literal('critical').optional() }),
  z.strictObject({ ...of('removed-from-service'), ...person, why: Why }),
  /** `by` `null`: because it is `critical` by now. */
  z.strictObject({ ...of('returned-to-service'), by: PersonName.nullable(), station: person.station }),
  z.strictObject({ ...of('commented'), ...person, text: Comment }),
  z.strictObject({ ...of('assigned'), ...person, to: PersonName.nullable() }),
  z.strictObject({ ...of('judged'), ...person, occurrenceId: OccurrenceId, disposition: Disposition, comment: Comment.nullable() }),
  /** Of no single alarm: one watch gives over to the next. `alarmId` is "shift:desk". */
  z.strictObject({ ...of('handed-over'), ...person, to: PersonName, note: Comment.nullable(), open: z.number().int(), unacknowledged: z.number().int() }),
  /** Of no single alarm: a rule is another from now on. `alarmId` is "rule:" and the rule's. */
  z.strictObject({
    ...of('rule-changed'), ...person, rule: AlarmRule,
    /** Version of the shipped rule that it was changed from; `null`: none is shipped under this id. */
    basedOn: z.number().int().positive().nullable(), why: Why,
  }),
]);
export type AlarmEvent = z.infer<typeof AlarmEvent>;
export type AlarmEventOf<Kind extends AlarmEvent['kind']> = Extract<AlarmEvent, { kind: Kind }>;

export const SHIFT_ID = 'shift:desk';
export const ruleEventId = (ruleId: string) => `rule:${ruleId}`;
