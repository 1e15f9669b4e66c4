import { z } from 'zod';
import { Alarm, AlarmId, OccurrenceId } from '../../shared/domain/alarm.ts';
import { AlarmEvent } from '../../shared/domain/alarmEvent.ts';
import { Severity } from '../../shared/domain/severity.ts';

const Life = z.strictObject({ isLatching: z.boolean(), needsAckOnReturn: z.boolean(), reAlarmAfterMs: z.number().positive().nullable() });

/**
 * What the events that have left the log came to: with those after it, the same book as with all of them. `open`, `overlays` and `past` are in the
 * book's order.
 */
export const AlarmCheckpoint = z.strictObject({
  /** Time of the last event in it, by the log's clock. Epoch ms. */
  atMs: z.number(),
  open: z.array(z.strictObject({ alarm: Alarm, life: Life, overAtMs: z.number().nullable(), severityBefore: Severity.nullable().default(null), /** How many events of it have left the log. */ eventsCut: z.number().int().nonnegative() })),
  overlays: z.array(z.strictObject({ alarmId: AlarmId, shelved: Alarm.shape.shelved, outOfService: Alarm.shape.outOfService })),
  /** Every change of a rule: what is in force today may be years old. Oldest first. */
  ruleChanges: z.array(AlarmEvent),
  /** The last occurrence of each condition, and when it lately began. */
  past: z.array(z.strictObject({ alarmId: AlarmId, occurrenceId: OccurrenceId, raisesMs: z.array(z.number()) })),
});
export type AlarmCheckpoint = z.infer<typeof AlarmCheckpoint>;
