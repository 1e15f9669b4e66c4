import { z } from 'zod';
import { LocalityCode } from '../../shared/domain/ids.ts';
import { Provenance } from '../../shared/domain/provenance.ts';
import type { ToldAlarm } from '../ports/outbound.ts';
import { Alarm, isAnnunciated } from '../../shared/domain/alarm.ts';

/** `changed`: its severity did. */
export const AlarmTransition = z.enum(['raised', 'changed', 'cleared']);
export type AlarmTransition = z.infer<typeof AlarmTransition>;

/** What a receiver is told (docs/webhooks.md). Places, indicators and times; nothing about a person exists in an alarm. */
const AlarmEventData = z.strictObject({
  alarmId: z.string(),
  /** Of one alarm the same from `raised` to `cleared`, over restarts of ours too. */
  occurrenceId: z.string(),
  transition: AlarmTransition,
  /** Counts what was told of this occurrence, from 1. */
  step: z.number().int().positive(),
  severity: Alarm.shape.severity,
  domain: Alarm.shape.domain,
  kind: Alarm.shape.kind,
  localityCode: LocalityCode,
  indicatorId: Alarm.shape.indicatorId,
  sourceId: Alarm.shape.sourceId,
  value: Alarm.shape.value,
  /** One line in the words of the system that raised the alert; `null`: none is behind it, or it was told before there was this field. */
  title: Alarm.shape.title.default(null),
  /** Who may be told (TLP 2.0); `null`: nobody has said. */
  tlp: Alarm.shape.tlp.default(null),
  /** RFC 3339, UTC. */
  since: z.string(),
  /** Of the reading behind it; `simulated`: nothing happened. `null`: not known. */
  provenance: Provenance.nullable(),
});
export type AlarmEventData = z.infer<typeof AlarmEventData>;

/** CloudEvents 1.0, structured. */
export const AlarmEvent = z.strictObject({
  specversion: z.literal('1.0'),
  /** Occurrence and step: the same at every try, so that a receiver can tell a repetition. */
  id: z.string(),
  source: z.string(),
  type: z.literal('vn.ioc.alarm.v1'),
  subject: LocalityCode,
  /** When we took it on. */
  time: z.string(),
  datacontenttype: z.literal('application/json'),
  data: AlarmEventData,
});
export type AlarmEvent = z.infer<typeof AlarmEvent>;


/**
 * [WH1] What an alarm's state is news of to a receiver that was told `told`; `null`: nothing. One that was told of an alarm is told of its end, whatever it
 * has become since; `isWanted` decides on telling at all.
 */
export function stepOf(told: AlarmEventData | undefined, alarm: ToldAlarm, isWanted: boolean): AlarmTransition | null {
  if (alarm.state !== 'UNACK' && alarm.state !== 'ACKED') return told === undefined ? null : 'cleared';
  if (told === undefined) return isWanted && isAnnunciated(alarm) ? 'raised' : null;
  return told.severity === alarm.severity ? null : 'changed';
}

export function toEvent(transition: AlarmTransition, alarm: ToldAlarm, told: AlarmEventData | undefined, { provenance, nowMs, source }: { provenance: Provenance | null; nowMs: number; source: string }): AlarmEvent {
  const { severity, domain, kind, localityCode, indicatorId, sourceId, value, title, tlp } = alarm;
  const occurrenceId = told?.occurrenceId ?? alarm.occurrenceId;
  const step = (told?.step ?? 0) + 1;
  return {
    specversion: '1.0', id: `${occurrenceId}/${step}-${transition}`, source, type: 'vn.ioc.alarm.v1', subject: localityCode, time: new Date(nowMs).toISOString(),
    datacontenttype: 'application/json',
    data: {
      alarmId: alarm.id, occurrenceId, transition, step, severity, domain, kind, localityCode, indicatorId, sourceId, value, title, tlp,
      since: told?.since ?? new Date(alarm.sinceMs).toISOString(), provenance,
    },
  };
}

/** The alarm as it was last told, gone: for one that ended while nobody of ours was looking. */
export function toEnded({ alarmId, occurrenceId, severity, domain, kind, localityCode, indicatorId, sourceId, value, title, tlp, since }: AlarmEventData): ToldAlarm {
  return { id: alarmId, occurrenceId, severity, domain, kind, localityCode, indicatorId, sourceId, value, title, tlp, state: 'NORMAL', sinceMs: Date.parse(since), suppressedBy: null, shelved: null, outOfService: null };
}

/** [WH10] Of an alarm that has become for fewer eyes than the receiver's: it hears of its end, in the words it was told before. */
export function asTold(alarm: ToldAlarm, { severity, value, title, tlp }: AlarmEventData): ToldAlarm {
  return { ...alarm, severity, value, title, tlp };
}

/** What the receiver takes to be open once it has this event. */
export function afterTelling(told: Map<string, AlarmEventData>, { data }: AlarmEvent): void {
  if (data.transition === 'cleared') told.delete(data.alarmId);
  else told.set(data.alarmId, data);
}
