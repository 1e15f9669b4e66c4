import type { Request } from 'express';
import { z } from 'zod';
import type { Alarm } from '../../../shared/domain/alarm.ts';
import type { AlarmEvent } from '../../../shared/domain/alarmEvent.ts';
import { AlarmHistoryDto, AlarmListDto, AlarmLoadDto, ClosedAlarmsDto } from '../../../shared/protocol/alarms.ts';
import { AlarmsMessage } from '../../../shared/protocol/socket.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { ALARM_EXAMPLE, AT_EXAMPLE_MS, EPOCH_EXAMPLE } from '../examples.ts';
import { personOf, requirePerson } from '../persons.ts';
import { channelField, countField, findChannel, momentField } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

type Needed = Pick<HttpDependencies, 'channels' | 'people'>;

const MOST_CLOSED = 1_000;

/** [LC15] TLP:RED is among them only for who may see it. */
function seenBy({ people }: Needed, request: Request): (alarm: Alarm) => boolean {
  const person = personOf({ people }, request);
  const principal = person === null ? { kind: 'nobody' as const } : { kind: 'person' as const, ...person };
  return ({ tlp }) => tlp !== 'RED' || people.can(principal, 'alarm.read-restricted', { tlp });
}

export function alarmRoutes(needed: Needed): readonly Route[] {
  return [openRoute(needed), restrictedRoute(needed), closedRoute(needed), historyRoute(needed), loadRoute(needed)];
}

function openRoute(needed: Needed): Route {
  return defineRoute({
    path: '/api/v1/alarms', query: z.strictObject({ channel: channelField }),
    summary: { vi: 'Các cảnh báo chưa về bình thường', en: 'Alarms that are not back to normal, shelved and explained ones too' },
    answer: answers('Alarms', AlarmsMessage, { channel: 'live', epoch: EPOCH_EXAMPLE, kind: 'snapshot', alarms: [ALARM_EXAMPLE] }),
    problems: ['not-found'],
    handle({ channel: channelId }, request) {
      const channel = findChannel(needed.channels, channelId);
      return json({ channel: channel.id, epoch: channel.epoch, kind: 'snapshot', alarms: channel.openAlarms().filter(seenBy(needed, request)) } satisfies AlarmsMessage);
    },
  });
}

function restrictedRoute(needed: Needed): Route {
  return defineRoute({
    path: '/api/v1/alarms/restricted', query: z.strictObject({ channel: channelField }),
    summary: { vi: 'Cảnh báo TLP:RED', en: 'Open alarms marked TLP:RED, which no screen is sent' },
    answer: answers('RestrictedAlarms', AlarmListDto, { alarms: [{ ...ALARM_EXAMPLE, tlp: 'RED' }] }),
    problems: ['not-found', 'not-signed-in', 'forbidden'],
    handle({ channel: channelId }, request) {
      requirePerson(needed, request, 'alarm.read-restricted');
      return json({ alarms: findChannel(needed.channels, channelId).openAlarms().filter(({ tlp }) => tlp === 'RED') } satisfies AlarmListDto);
    },
  });
}

function closedRoute(needed: Needed): Route {
  return defineRoute({
    path: '/api/v1/alarms/closed', query: z.strictObject({ channel: channelField, from: momentField('Closed since.') }),
    summary: { vi: 'Các cảnh báo đã đóng', en: 'Alarms closed since then, at most of the last day, the latest first' },
    answer: answers('ClosedAlarms', ClosedAlarmsDto, { channel: 'live', alarms: [{ ...ALARM_EXAMPLE, state: 'NORMAL', returnedAtMs: AT_EXAMPLE_MS + 60_000 }], leftOff: 0 }),
    problems: ['not-found'],
    handle({ channel: channelId, from }, request) {
      const channel = findChannel(needed.channels, channelId);
      const closed = channel.alarms.closedSince(from).filter(seenBy(needed, request));
      return json({ channel: channel.id, alarms: closed.slice(0, MOST_CLOSED), leftOff: Math.max(0, closed.length - MOST_CLOSED) } satisfies ClosedAlarmsDto);
    },
  });
}

/** Who did what is seen by everybody; what they wrote, by those who may read notes. */
function withoutNotes(event: AlarmEvent): AlarmEvent | null {
  if (event.kind === 'commented') return null;
  return 'comment' in event ? { ...event, comment: null } : event;
}

function historyRoute(needed: Needed): Route {
  return defineRoute({
    path: '/api/v1/alarms/{id}/history', query: z.strictObject({ channel: channelField }),
    pathParameters: { id: { description: 'Id of the alarm, as in /api/v1/alarms; escaped.', example: ALARM_EXAMPLE.id } },
    summary: { vi: 'Diễn biến của một cảnh báo', en: 'What happened to an alarm; notes only for people who may read them' },
    answer: answers('AlarmHistory', AlarmHistoryDto, { channel: 'live', alarm: ALARM_EXAMPLE, events: [], leftOff: 0 }),
    problems: ['not-found'],
    handle({ channel: channelId }, request) {
      const channel = findChannel(needed.channels, channelId);
      const alarmId = String(request.params.id);
      const alarm = channel.alarms.held(alarmId) ?? null;
      const { events, leftOff } = channel.alarms.historyOf(alarmId);
      const isSeen = seenBy(needed, request);
      const isHidden = (alarm !== null && !isSeen(alarm)) || events.some((event) => 'condition' in event && event.condition.tlp === 'RED' && !isSeen({ ...ALARM_EXAMPLE, tlp: 'RED' }));
      if (isHidden) return json({ channel: channel.id, alarm: null, events: [], leftOff: 0 } satisfies AlarmHistoryDto);
      const person = personOf(needed, request);
      const mayReadNotes = person !== null && needed.people.can({ kind: 'person', ...person }, 'alarm.read-notes', null);
      const shown = mayReadNotes ? events : events.flatMap((event) => withoutNotes(event) ?? []);
      return json({ channel: channel.id, alarm, events: [...shown], leftOff } satisfies AlarmHistoryDto);
    },
  });
}

function loadRoute(needed: Needed): Route {
  return defineRoute({
    path: '/api/v1/alarm-load', query: z.strictObject({ channel: channelField, hours: countField(1, 24, 8, 'Hours to look back on.') }),
    summary: { vi: 'Tải cảnh báo', en: 'How many alarms people were told of, in buckets of ten minutes' },
    answer: answers('AlarmLoad', AlarmLoadDto, {
      channel: 'live', bucketMs: 600_000, buckets: [{ fromMs: AT_EXAMPLE_MS, count: 1, bySeverity: { critical: 0, high: 1, medium: 0, low: 0, unknown: 0 } }],
      lastTenMin: 1, isFlood: false, floodRatio: 0, standing: 0, chattering: 0, worst: [],
    }),
    problems: ['not-found'],
    handle({ channel: channelId, hours }, request) {
      const channel = findChannel(needed.channels, channelId);
      const isSeen = seenBy(needed, request);
      const { buckets, worst, ...load } = channel.alarms.load(hours);
      return json({
        channel: channel.id, bucketMs: 600_000, ...load, buckets: [...buckets], worst: worst.filter(({ alarm }) => alarm === null || isSeen(alarm)),
      } satisfies AlarmLoadDto);
    },
  });
}
