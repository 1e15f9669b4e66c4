import type { Request } from 'express';
import { z } from 'zod';
import type { Alarm } from '../../../shared/domain/alarm.ts';
import { AcknowledgeDto, AcknowledgedDto, AcknowledgeManyDto, AlarmDto, AssignDto, CommentDto, HandOverShiftDto, JudgeDto, ShelveDto, ShiftsDto, WhyDto } from '../../../shared/protocol/alarms.ts';
import { describeIssues } from '../../../shared/protocol/fieldProblem.ts';
import type { ActAnswer, ActRefusal, Actor, AlarmAct, Alarms } from '../../ports/alarms.ts';
import type { Action, Person } from '../../ports/people.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { ALARM_EXAMPLE } from '../examples.ts';
import { personOf, refuseInsecure, requirePerson, stationOf, withoutWhatWasTyped } from '../persons.ts';
import { ProblemError } from '../problem.ts';
import { findChannel } from '../query.ts';
import { readJson } from '../requestBody.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';
import { unlessStored } from '../unlessStored.ts';

export const refuseUnlessStored = unlessStored({
  full: 'There is no space to write it down, so it was not done. Free space on the server.',
  lost: 'It could not be written down. Look at the alarm: if it was not done, do it again.',
});

type Needed = Pick<HttpDependencies, 'channels' | 'people' | 'isPlainSignInTaken'>;

const LIMIT_BYTES = 8_192;
/** People act on what happens now; what is replayed has happened. */
const CHANNEL = 'live';
const PROBLEMS = ['not-signed-in', 'forbidden', 'not-found', 'alarm-changed', 'act-refused', 'second-person-needed', 'insecure-connection', 'too-large', 'unsupported-media-type', 'too-many-requests', 'busy', 'not-stored', 'store-full'] as const;

const toActor = ({ account, name }: Person, request: Request): Actor => ({ account, name, station: stationOf(request) });

/** Who asks, if they may; that somebody tried who may not is written down before they are told. */
export async function admit({ people }: Pick<Needed, 'people'>, alarms: Alarms, request: Request, action: Action, alarm: Pick<Alarm, 'id' | 'tlp'> | undefined): Promise<Actor> {
  try {
    return toActor(requirePerson({ people }, request, action, alarm === undefined ? null : { tlp: alarm.tlp }), request);
  } catch (error) {
    if (error instanceof ProblemError && error.kind === 'forbidden') {
      const person = personOf({ people }, request);
      await alarms.noteRefused(person === null ? null : toActor(person, request), stationOf(request), action, alarm?.id ?? null).catch(refuseUnlessStored);
    }
    throw error;
  }
}

export function readAs<Schema extends z.ZodObject>(schema: Schema, request: Request): z.output<Schema> {
  const body = readJson(request);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ProblemError('malformed-request', 'This does not say what is to be done.', { errors: describeIssues(parsed.error, body, Object.keys(schema.shape)) });
}

/** @throws ProblemError of what was not done */
function refuse(why: ActRefusal, alarm: Alarm | null, alarmId: string): never {
  switch (why) {
    case 'unknown': throw new ProblemError('not-found', `That occurrence of "${alarmId.slice(0, 80)}" is not open${alarm === null ? '' : `; open is ${alarm.occurrenceId}`}. GET /api/v1/alarms lists what is.`);
    case 'changed': throw new ProblemError('alarm-changed', `The alarm is ${alarm?.severity ?? 'worse'} by now, worse than what you saw. Look at it again, and acknowledge what it is.`);
    case 'critical': throw new ProblemError('act-refused', 'A critical alarm is not taken out of service: shelve it, for 8 hours at most, which two people sign.');
    case 'needs-comment': throw new ProblemError('malformed-request', 'A critical alarm is acknowledged with a note.', { errors: [{ where: '/comment', got: 'null', expected: 'what you saw, or what you do' }] });
    case 'needs-second': throw new ProblemError('second-person-needed', 'A critical alarm is shelved by two people: give account and password of a second operator.');
    case 'no-effect': throw new ProblemError('act-refused', 'There is nothing to undo.');
  }
}

function alarmOf(answer: ActAnswer | undefined, alarmId: string): Alarm | null {
  if (answer === undefined) throw new Error('Invariant: the alarms answered fewer acts than they were given.');
  return answer.outcome === 'refused' ? refuse(answer.why, answer.alarm, alarmId) : answer.alarm;
}

interface ActRouteOptions<Schema extends z.ZodObject> {
  /** Last part of the path. */
  readonly name: string;
  readonly action: Action;
  readonly summary: { readonly vi: string; readonly en: string };
  readonly body: Schema;
  readonly example: z.output<Schema>;
  readonly hasPassword?: boolean;
  readonly toAct: (alarmId: string, body: z.output<Schema>, request: Request) => AlarmAct | Promise<AlarmAct>;
}

function actRoute<Schema extends z.ZodObject>(needed: Needed, { name, action, summary, body, example, hasPassword = false, toAct }: ActRouteOptions<Schema>): Route {
  return defineRoute({
    method: 'post', path: `/api/v1/alarms/{id}/${name}`, query: z.strictObject({}), summary,
    pathParameters: { id: { description: 'Id of the alarm, as in /api/v1/alarms; escaped.', example: ALARM_EXAMPLE.id } },
    body: { limitBytes: LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: summary.en, schema: body, example }] },
    answer: answers('AlarmActed', AlarmDto, { alarm: ALARM_EXAMPLE }), problems: PROBLEMS,
    async handle(_query, request) {
      const { alarms } = findChannel(needed.channels, CHANNEL);
      const alarmId = String(request.params.id);
      const actor = await admit(needed, alarms, request, action, alarms.held(alarmId));
      const read = () => readAs(body, request);
      const act = await toAct(alarmId, hasPassword ? withoutWhatWasTyped(read) : read(), request);
      const [answer] = await alarms.act([act], actor).catch(refuseUnlessStored);
      return json({ alarm: alarmOf(answer, alarmId) } satisfies AlarmDto);
    },
  });
}

const Nothing = z.strictObject({});

async function confirmSecond({ people, channels, isPlainSignInTaken }: Needed, second: z.output<typeof ShelveDto>['second'], alarmId: string, request: Request): Promise<Actor | null> {
  if (second === null) return null;
  refuseInsecure(request, isPlainSignInTaken);
  const answer = await people.confirm({ ...second, for: alarmId }, stationOf(request)).catch(refuseUnlessStored);
  if (answer.kind === 'locked') throw new ProblemError('too-many-requests', 'Too many wrong passwords. Wait, and try again.', { headers: { 'Retry-After': String(Math.ceil(answer.retryAfterMs / 1_000)) } });
  if (answer.kind === 'busy') throw new ProblemError('busy', 'Many people sign in just now. Try again.', { headers: { 'Retry-After': '2' } });
  const mayNot = () => new ProblemError('second-person-needed', 'Account and password of the second operator are wrong, or they may not shelve.');
  if (answer.kind !== 'confirmed') throw mayNot();
  const actor = toActor(answer.person, request);
  if (people.can({ kind: 'person', ...answer.person }, 'alarm.shelve', null)) return actor;
  const { alarms } = findChannel(channels, CHANNEL);
  await alarms.noteRefused(actor, actor.station, 'alarm.shelve', alarms.held(alarmId)?.id ?? null).catch(refuseUnlessStored);
  throw mayNot();
}

/** [X1] What named people do to alarms. */
export function alarmActRoutes(needed: Needed): readonly Route[] {
  return [
    actRoute(needed, {
      name: 'ack', action: 'alarm.acknowledge', summary: { vi: 'Xác nhận một cảnh báo', en: 'Acknowledge the occurrence that was seen' }, body: AcknowledgeDto,
      example: { occurrenceId: ALARM_EXAMPLE.occurrenceId, severity: 'high', comment: 'Đã gọi trực mạng huyện.' },
      toAct: (alarmId, seen) => ({ kind: 'acknowledge', alarmId, ...seen, isBulk: false }),
    }),
    actRoute(needed, {
      name: 'shelve', action: 'alarm.shelve', summary: { vi: 'Tạm ẩn một cảnh báo', en: 'Shelve an alarm, for a reason and at most eight hours' }, body: ShelveDto, hasPassword: true,
      example: { forMs: 3_600_000, why: 'Đường truyền chập chờn, nhà mạng đang xử lý.', second: null },
      toAct: async (alarmId, { forMs, why, second }, request) => ({ kind: 'shelve', alarmId, forMs, why, second: await confirmSecond(needed, second, alarmId, request) }),
    }),
    actRoute(needed, { name: 'unshelve', action: 'alarm.unshelve', summary: { vi: 'Bỏ tạm ẩn', en: 'Take an alarm off the shelf' }, body: Nothing, example: {}, toAct: (alarmId) => ({ kind: 'unshelve', alarmId }) }),
    actRoute(needed, {
      name: 'comment', action: 'alarm.comment', summary: { vi: 'Ghi vào diễn biến của cảnh báo', en: 'Write into the history of an alarm' }, body: CommentDto, example: { text: 'Nhà mạng hẹn 16 giờ.' },
      toAct: (alarmId, { text }) => ({ kind: 'comment', alarmId, text }),
    }),
    actRoute(needed, {
      name: 'assign', action: 'alarm.assign', summary: { vi: 'Giao cảnh báo cho một người', en: 'Say who works on an alarm' }, body: AssignDto, example: { to: 'Trần Văn Nam' },
      toAct: (alarmId, { to }) => ({ kind: 'assign', alarmId, to }),
    }),
    actRoute(needed, {
      name: 'judge', action: 'alarm.judge', summary: { vi: 'Kết luận về một cảnh báo', en: 'Say what an occurrence turned out to be, open or closed' }, body: JudgeDto,
      example: { occurrenceId: ALARM_EXAMPLE.occurrenceId, disposition: 'true', comment: null }, toAct: (alarmId, judgement) => ({ kind: 'judge', alarmId, ...judgement }),
    }),
    actRoute(needed, {
      name: 'remove-from-service', action: 'alarm.service', summary: { vi: 'Loại khỏi giám sát', en: 'Take a condition out of service, until it is put back' }, body: WhyDto, example: { why: 'Thay thiết bị.' },
      toAct: (alarmId, { why }) => ({ kind: 'remove-from-service', alarmId, why }),
    }),
    actRoute(needed, { name: 'return-to-service', action: 'alarm.service', summary: { vi: 'Đưa vào giám sát lại', en: 'Put a condition back into service' }, body: Nothing, example: {}, toAct: (alarmId) => ({ kind: 'return-to-service', alarmId }) }),
    actRoute(needed, { name: 'reset', action: 'alarm.reset', summary: { vi: 'Đặt lại cảnh báo có chốt', en: 'Reset a latched alarm' }, body: Nothing, example: {}, toAct: (alarmId) => ({ kind: 'reset', alarmId }) }),
    acknowledgeManyRoute(needed), handOverShiftRoute(needed), shiftsRoute(needed),
  ];
}

function acknowledgeManyRoute(needed: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/alarms/ack', query: z.strictObject({}),
    summary: { vi: 'Xác nhận nhiều cảnh báo', en: 'Acknowledge several alarms, at most 20 and none of them critical' },
    body: { limitBytes: 2 * LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'Each as it was listed.', schema: AcknowledgeManyDto, example: { alarms: [{ id: ALARM_EXAMPLE.id, occurrenceId: ALARM_EXAMPLE.occurrenceId, severity: 'high' }], comment: null } }] },
    answer: answers('Acknowledged', AcknowledgedDto, { results: [{ id: ALARM_EXAMPLE.id, outcome: 'done', alarm: ALARM_EXAMPLE }] }), problems: PROBLEMS,
    async handle(_query, request) {
      const { alarms } = findChannel(needed.channels, CHANNEL);
      const { alarms: seen, comment } = readAs(AcknowledgeManyDto, request);
      const restricted = seen.map(({ id }) => alarms.held(id)).find((alarm) => alarm?.tlp === 'RED');
      const actor = await admit(needed, alarms, request, 'alarm.acknowledge', restricted);
      const given = await alarms.act(seen.map(({ id, ...each }) => ({ kind: 'acknowledge', alarmId: id, ...each, comment, isBulk: true })), actor).catch(refuseUnlessStored);
      return json({
        results: seen.map(({ id }, at) => {
          const answer = given[at];
          if (answer === undefined) throw new Error('Invariant: the alarms answered fewer acts than they were given.');
          const outcome = answer.outcome !== 'refused' ? answer.outcome : answer.why === 'changed' || answer.why === 'critical' ? answer.why : 'unknown';
          return { id, outcome, alarm: answer.alarm };
        }),
      } satisfies AcknowledgedDto);
    },
  });
}

function handOverShiftRoute(needed: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/shifts', query: z.strictObject({}), summary: { vi: 'Bàn giao ca trực', en: 'Hand a watch over to the next one' },
    body: { limitBytes: LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'Who takes over, and what they should know.', schema: HandOverShiftDto, example: { to: 'Trần Văn Nam', note: 'Theo dõi tuyến Lào Cai.' } }] },
    answer: { status: 204, mediaType: null, schema: null, name: 'HandedOver', example: null }, problems: PROBLEMS,
    async handle(_query, request) {
      const { alarms } = findChannel(needed.channels, CHANNEL);
      const actor = await admit(needed, alarms, request, 'shift.hand-over', undefined);
      await alarms.act([{ kind: 'hand-over', ...readAs(HandOverShiftDto, request) }], actor).catch(refuseUnlessStored);
      return { kind: 'empty' };
    },
  });
}

function shiftsRoute(needed: Needed): Route {
  return defineRoute({
    path: '/api/v1/shifts', query: z.strictObject({}), summary: { vi: 'Các lần bàn giao ca', en: 'Watches handed over, the latest first' },
    answer: answers('Shifts', ShiftsDto, { channel: CHANNEL, shifts: [{ atMs: ALARM_EXAMPLE.sinceMs, from: 'Lê Thị Hà', to: 'Trần Văn Nam', note: null, open: 12, unacknowledged: 2 }] }),
    problems: ['not-signed-in', 'forbidden', 'not-found'],
    handle(_query, request) {
      requirePerson(needed, request, 'alarm.read-notes');
      const { id, alarms } = findChannel(needed.channels, CHANNEL);
      return json({ channel: id, shifts: alarms.shifts().map(({ atMs, by, to, note, open, unacknowledged }) => ({ atMs, from: by, to, note, open, unacknowledged })) } satisfies ShiftsDto);
    },
  });
}
