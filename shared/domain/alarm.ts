import { z } from 'zod';
import { IndicatorId, LocalityCode, SourceId } from './ids.ts';
import { Severity } from './severity.ts';

/** Names a condition: kind, place, and indicator, source or digest of the sender's own identity. Stable over occurrences. */
export const AlarmId = z.string().min(1).max(200).regex(/^[\w.:/-]+$/, 'must be letters, digits and . : / _ -');
/** Names one occurrence of it: what an acknowledgement is of, as OPC UA's names an EventId. */
export const OccurrenceId = z.string().min(1).max(240);

/** ISA-18.2 / IEC 62682. UNACK and ACKED: the condition stands. RTN_UNACK: it is over, and nobody has said that they saw it. */
export const ALARM_STATES = ['NORMAL', 'UNACK', 'ACKED', 'RTN_UNACK'] as const;
export const AlarmState = z.enum(ALARM_STATES);
export type AlarmState = z.infer<typeof AlarmState>;

/**
 * `state`: a reading in an alarm state. `band`: a reading beyond a rule's limit. `security`: open critical alerts of a province that are only counted.
 * `cause`: many units of a province at once, which are its members. `alert`: one alert of a monitoring or security system, by the sender's identity. `overdue`: too many dossiers late. `source-silent`: a feed without a word.
 * `system`: something of ours is wrong (a silent wall, a full disk, a feed's clock).
 */
export const AlarmKind = z.enum(['state', 'band', 'security', 'alert', 'overdue', 'cause', 'source-silent', 'system']);
export type AlarmKind = z.infer<typeof AlarmKind>;

/** Traffic Light Protocol 2.0 (FIRST): who may be told. RED is for those in the room, and never for a wall. */
export const TLP_LABELS = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const;
export const Tlp = z.enum(TLP_LABELS);
export type Tlp = z.infer<typeof Tlp>;

/** MITRE ATT&CK: techniques by id ("T1486", "T1059.001"), tactics by id ("TA0040"). */
export const Attack = z.strictObject({
  tactics: z.array(z.string().regex(/^TA\d{4}$/)).max(8),
  techniques: z.array(z.string().regex(/^T\d{4}(\.\d{3})?$/)).max(16),
});
export type Attack = z.infer<typeof Attack>;

/** What it was recognised by, then what it was for. */
export const attackIds = (attack: Attack | null): readonly string[] => (attack === null ? [] : [...attack.techniques, ...attack.tactics]);

/** What is wrong, where and how bad; an alarm is this and its life. */
export const AlarmCondition = z.strictObject({
  id: AlarmId,
  kind: AlarmKind,
  /** Rule of the catalogue that raised it; `null`: none is behind it (an alert, a silence, a problem of ours). */
  ruleId: z.string().max(64).nullable(),
  severity: Severity,
  domain: z.enum(['connectivity', 'security', 'dossiers', 'nation']),
  localityCode: LocalityCode,
  /** `false`: its place is not known, and it is listed under "unplaced"; `localityCode` is then the nation's. */
  isPlaced: z.boolean(),
  /** `null`: about a source or an alert, not an indicator. */
  indicatorId: IndicatorId.nullable(),
  sourceId: SourceId.nullable(),
  /** The reading that raised it; `null`: none did. */
  value: z.number().nullable(),
  /** In the sender's words; `null`: said by the indicator's, the rule's or the source's name. */
  title: z.string().max(300).nullable(),
  /** Alarms that, while they stand, explain this one: it is then a member of the first of them that does ([CG1]). */
  dependsOn: z.array(AlarmId).max(8),
  tlp: Tlp.nullable(),
  attack: Attack.nullable(),
});
export type AlarmCondition = z.infer<typeof AlarmCondition>;

export const DISPOSITIONS = ['true', 'false', 'benign', 'exercise'] as const;
/** What it turned out to be: a true alarm, a false one, true but harmless, or an exercise. */
export const Disposition = z.enum(DISPOSITIONS);
export type Disposition = z.infer<typeof Disposition>;

/** A named person and when, by the server's clock. */
const By = z.strictObject({ by: z.string(), atMs: z.number() });

export const Alarm = z.strictObject({
  ...AlarmCondition.shape,
  occurrenceId: OccurrenceId,
  state: AlarmState,
  /** Data time the condition became true. Epoch ms. */
  sinceMs: z.number(),
  /** When this server took it on, by its clock. */
  raisedAtMs: z.number(),
  /** When the condition was over; `null`: it stands. */
  returnedAtMs: z.number().nullable(),
  /** The reading behind it has gone stale: the condition is kept, not cleared. */
  dataLost: z.boolean(),
  /** How often its sender has said it: 1 and more. */
  count: z.number().int().positive(),
  /** Who acknowledged this occurrence; `null`: nobody, or it has been escalated since. */
  acked: By.nullable(),
  /** Who works on it; `null`: nobody was named. */
  assignee: z.string().nullable(),
  disposition: Disposition.nullable(),
  /** Out of sight until then, for a reason; the machine goes on underneath. */
  shelved: z.strictObject({
    ...By.shape, untilMs: z.number(), why: z.string(),
    /** Who signed beside them; `null` or absent: nobody. */
    second: z.string().nullable().optional(),
  }).nullable(),
  outOfService: z.strictObject({ ...By.shape, why: z.string() }).nullable(),
  /** The standing alarm that explains this one; `null`: none does. */
  suppressedBy: AlarmId.nullable(),
  /** How often it was escalated because nobody ended it after acknowledging. */
  escalations: z.number().int().nonnegative(),
  /** It came and went three times within a minute: shelving is suggested, never done. */
  isChattering: z.boolean(),
  /** Over, and waits for a person's reset: its rule latches. */
  isLatched: z.boolean(),
});
export type Alarm = z.infer<typeof Alarm>;

/** Whether people are told of it now: it stands, and nothing hides it. What walls show and count. */
export function isAnnunciated({ state, shelved, outOfService, suppressedBy }: Pick<Alarm, 'state' | 'shelved' | 'outOfService' | 'suppressedBy'>): boolean {
  return (state === 'UNACK' || state === 'ACKED') && shelved === null && outOfService === null && suppressedBy === null;
}

/** Names what people were told: an occurrence, and again each time it was escalated ([LC8]). */
export function announcementOf({ occurrenceId, escalations }: Pick<Alarm, 'occurrenceId' | 'escalations'>): string {
  return escalations === 0 ? occurrenceId : `${occurrenceId}#${escalations}`;
}
