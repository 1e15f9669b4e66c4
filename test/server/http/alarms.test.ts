import { describe, expect, test } from 'vitest';
import { createAlarms } from '../../../server/alarms/createAlarms.ts';
import type { People } from '../../../server/ports/people.ts';
import type { Alarm, AlarmCondition } from '../../../shared/domain/alarm.ts';
import type { Role } from '../../../shared/protocol/session.ts';
import { aChannelView } from '../../support/aChannelView.ts';
import { aCondition, aMemoryAlarmLog, HA, PLAIN_LIFE, T0 } from '../../support/someAlarms.ts';
import { nobodyAtAll, somebody } from '../../support/somePeople.ts';
import { listen, type Listening, readProblem } from './listen.ts';

const LINK = 'state:085:tslcd-link-state';
const WHY = 'Đường truyền chập chờn';

/** The routes over real alarms whose log is in memory. Open: a link, a critical alarm, one that is latched, one on the shelf, one out of service, and one marked TLP:RED. */
async function aDesk(people: People = somebody('operator')) {
  const log = aMemoryAlarmLog();
  const alarms = createAlarms({ log, events: [], nowMs: () => T0, onTransitions: () => {}, onError: (error) => { throw error; } });
  const holds = (overrides: Partial<Record<keyof AlarmCondition, unknown>>, life = {}) =>
    ({ kind: 'holds' as const, standing: { condition: aCondition(overrides), sinceMs: T0, life: { ...PLAIN_LIFE, ...life } } });
  await alarms.observe([
    holds({}), holds({ id: 'critical', severity: 'critical' }), holds({ id: 'latched' }, { isLatching: true }), holds({ id: 'shelved' }), holds({ id: 'removed' }), holds({ id: 'red', kind: 'alert', tlp: 'RED', title: 'Mã độc' }),
  ], T0);
  await alarms.act([
    { kind: 'shelve', alarmId: 'shelved', forMs: 60_000, why: WHY, second: null }, { kind: 'remove-from-service', alarmId: 'removed', why: WHY },
    { kind: 'acknowledge', alarmId: 'latched', occurrenceId: `latched@${T0}`, severity: 'high', comment: null, isBulk: false }, { kind: 'comment', alarmId: LINK, text: 'Nhà mạng hẹn 16 giờ.' },
  ], HA);
  await alarms.observe([{ kind: 'over', alarmId: 'latched', atMs: T0 }], T0);
  const channel = aChannelView({ alarms, openAlarms: alarms.open });
  const listening = await listen({ people, channels: new Map([[channel.id, channel]]) });
  const post = (path: string, body: unknown) => fetch(`${listening.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const read = async (path: string) => (await fetch(`${(listening as Listening).url}${path}`)).json();
  return { log, alarms, post, read, act: (id: string, name: string, body: unknown) => post(`/api/v1/alarms/${encodeURIComponent(id)}/${name}`, body), holds };
}

const seen = (id = LINK) => ({ occurrenceId: `${id}@${T0}`, severity: 'high' });
const ACTS = [
  { name: 'ack', path: `${LINK}/ack`, body: { ...seen(), comment: null }, action: 'alarm.acknowledge' },
  { name: 'shelve', path: `${LINK}/shelve`, body: { forMs: 3_600_000, why: WHY, second: null }, action: 'alarm.shelve' },
  { name: 'unshelve', path: 'shelved/unshelve', body: {}, action: 'alarm.unshelve' },
  { name: 'comment', path: `${LINK}/comment`, body: { text: 'Đã gọi' }, action: 'alarm.comment' },
  { name: 'assign', path: `${LINK}/assign`, body: { to: 'Trần Văn Nam' }, action: 'alarm.assign' },
  { name: 'judge', path: `${LINK}/judge`, body: { occurrenceId: seen().occurrenceId, disposition: 'benign', comment: null }, action: 'alarm.judge' },
  { name: 'remove-from-service', path: `${LINK}/remove-from-service`, body: { why: WHY }, action: 'alarm.service' },
  { name: 'return-to-service', path: 'removed/return-to-service', body: {}, action: 'alarm.service' },
  { name: 'reset', path: 'latched/reset', body: {}, action: 'alarm.reset' },
] as const;

describe('[X1] [LC14] each act over HTTP', () => {
  test.each(ACTS)('$name is an operator’s, and nobody else’s; a refusal to a person is in the trail', async ({ path, body, action }) => {
    for (const role of ['viewer', 'auditor', 'admin'] satisfies Role[]) {
      const { post, log, alarms } = await aDesk(somebody(role));
      const before = JSON.stringify(alarms.open());
      expect(await readProblem(await post(`/api/v1/alarms/${path}`, body))).toMatchObject({ status: 403, kind: 'forbidden' });
      expect(log.audit.at(-1)).toMatchObject({ actor: 'ha.lt', action, outcome: 'refused' });
      expect(JSON.stringify(alarms.open())).toBe(before);
    }
    const { post: postAsNobody, alarms } = await aDesk(nobodyAtAll);
    const before = JSON.stringify(alarms.open());
    expect(await readProblem(await postAsNobody(`/api/v1/alarms/${path}`, body))).toMatchObject({ status: 401, kind: 'not-signed-in' });
    expect(JSON.stringify(alarms.open())).toBe(before);
    const operator = await aDesk();
    const answered = await operator.post(`/api/v1/alarms/${path}`, body);
    expect([answered.status, operator.log.audit.at(-1)]).toMatchObject([200, { actor: 'ha.lt', outcome: 'done' }]);
  });

  test('a shift is handed over by an operator, and read by who may read notes', async () => {
    const { post, read } = await aDesk();
    expect((await post('/api/v1/shifts', { to: 'Trần Văn Nam', note: 'Theo dõi tuyến Lào Cai' })).status).toBe(204);
    expect((await read('/api/v1/shifts')).shifts).toMatchObject([{ from: 'Lê Thị Hà', to: 'Trần Văn Nam', note: 'Theo dõi tuyến Lào Cai', open: 6 }]);
    expect((await (await aDesk(nobodyAtAll)).read('/api/v1/shifts')).status).toBe(401);
  });
});

describe('[LC3] [LC4] [LC6] acknowledging over HTTP', () => {
  test('another occurrence is a 404, one that has grown worse a 409, sent again a 200 that writes nothing', async () => {
    const { act, alarms, holds, log } = await aDesk();
    expect(await readProblem(await act(LINK, 'ack', { ...seen(), occurrenceId: 'another', comment: null }))).toMatchObject({ status: 404 });
    await alarms.observe([holds({ severity: 'critical' })], T0);
    expect(await readProblem(await act(LINK, 'ack', { ...seen(), comment: null }))).toMatchObject({ status: 409, kind: 'alarm-changed' });
    const worse = { ...seen(), severity: 'critical' };
    expect(await readProblem(await act(LINK, 'ack', { ...worse, comment: null }))).toMatchObject({ status: 400, errors: [{ where: '/comment' }] });
    expect((await act(LINK, 'ack', { ...worse, comment: 'Đã gọi' })).status).toBe(200);
    const written = log.events.length;
    expect((await act(LINK, 'ack', { ...worse, comment: 'Đã gọi' })).status).toBe(200);
    expect(log.events).toHaveLength(written);
  });

  test('an answer that was lost is given again, also when the alarm ended by that very word', async () => {
    const { act, alarms, log } = await aDesk();
    await alarms.observe([{ kind: 'over', alarmId: LINK, atMs: T0 }], T0);
    const first = await act(LINK, 'ack', { ...seen(), comment: null });
    expect([first.status, alarms.held(LINK)]).toEqual([200, undefined]);
    const written = log.events.length;
    const again = await act(LINK, 'ack', { ...seen(), comment: null });
    expect([again.status, (await again.json()).alarm]).toMatchObject([200, { id: LINK, acked: { by: 'Lê Thị Hà' } }]);
    expect(log.events).toHaveLength(written);
  });

  test('several at once: each has its answer, a critical one is left, and more than 20 are too many', async () => {
    const { post } = await aDesk();
    const answer = await post('/api/v1/alarms/ack', { alarms: [LINK, 'critical', 'removed', 'gone'].map((id) => ({ id, ...seen(id), ...(id === 'critical' && { severity: 'critical' }) })), comment: null });
    expect((await answer.json()).results.map(({ id, outcome }: { id: string; outcome: string }) => [id, outcome])).toEqual([[LINK, 'done'], ['critical', 'critical'], ['removed', 'done'], ['gone', 'unknown']]);
    const many = Array.from({ length: 21 }, (_, n) => ({ id: n === 1 ? LINK : `none:${n}`, ...seen() }));
    expect(await readProblem(await post('/api/v1/alarms/ack', { alarms: many, comment: null }))).toMatchObject({ status: 400, kind: 'malformed-request' });
    expect((await post('/api/v1/alarms/ack', { alarms: many.slice(1), comment: null })).status).toBe(200);
    expect(await readProblem(await post('/api/v1/alarms/ack', { alarms: [many[1], many[1]], comment: null }))).toMatchObject({ status: 400, kind: 'malformed-request' });
  });
});

describe('what a person types', () => {
  test.each(['Nam\u202E nâV', 'Nam\u0007', 'Nam\nVăn', '   '])('[LC14] %j is no name of who takes an alarm or a watch over', async (to) => {
    const { act, post, log } = await aDesk();
    const written = log.events.length;
    expect([(await act(LINK, 'assign', { to })).status, (await post('/api/v1/shifts', { to, note: null })).status, log.events.length]).toEqual([400, 400, written]);
  });

  test.each(['\u200B', '\u3164\u2060 \u00AD', '\uFEFF\u200D'])('[LC6] a note in which nothing can be seen is none: %j', async (comment) => {
    const { act, log, alarms, holds } = await aDesk();
    await alarms.observe([holds({ severity: 'critical' })], T0);
    const written = log.events.length;
    const critical = { ...seen(), severity: 'critical' };
    expect((await act(LINK, 'ack', { ...critical, comment })).status).toBe(400);
    expect((await act(LINK, 'shelve', { forMs: 3_600_000, why: comment, second: null })).status).toBe(400);
    expect(log.events).toHaveLength(written);
    expect((await act(LINK, 'ack', { ...critical, comment: 'Đã gọi 👩‍🔧' })).status).toBe(200);
  });
});

describe('[LC6] [SG10] a critical alarm is shelved by two people', () => {
  const shelve = (second: unknown) => ({ forMs: 3_600_000, why: WHY, second });
  const second = { account: 'nam.tv', password: 'một hai ba bốn' };
  const confirmed = (account: string, role: Role) => ({ confirm: async () => ({ kind: 'confirmed' as const, person: { account, name: 'Trần Văn Nam', role } }) });

  test('and the second is in the history', async () => {
    const { act, log } = await aDesk(somebody('operator', confirmed('nam.tv', 'operator')));
    expect(await readProblem(await act('critical', 'shelve', shelve(null)))).toMatchObject({ kind: 'second-person-needed' });
    expect((await act('critical', 'shelve', shelve(second))).status).toBe(200);
    expect(log.events.at(-1)).toMatchObject({ kind: 'shelved', by: 'Lê Thị Hà', second: 'Trần Văn Nam' });
  });

  test.each([
    ['whose password is wrong', { confirm: async () => ({ kind: 'refused' as const }) }, 'second-person-needed'],
    ['who may not shelve', confirmed('nam.tv', 'viewer'), 'second-person-needed'],
    ['who is the first', confirmed('ha.lt', 'operator'), 'second-person-needed'],
    ['whose account is locked', { confirm: async () => ({ kind: 'locked' as const, retryAfterMs: 61_500 }) }, 'too-many-requests'],
  ])('not with one %s', async (_who, over, kind) => {
    const { act, alarms } = await aDesk(somebody('operator', over));
    expect(await readProblem(await act('critical', 'shelve', shelve(second)))).toMatchObject({ kind });
    expect(alarms.held('critical')?.shelved).toBeNull();
  });

  test('[SG6] what was typed as their password is in no answer, however wrong it is', async () => {
    const { act } = await aDesk();
    for (const wrong of [{ account: 'nam.tv', password: 24681357 }, { account: 24681357, password: 'x' }, { account: 'nam.tv', password: 'x', pasword: '24681357' }, { account: 'nam.tv', password: '24681357'.repeat(30) }, '24681357']) {
      const answer = await act('critical', 'shelve', shelve(wrong));
      expect([answer.status, (await answer.text()).includes('24681357')]).toEqual([400, false]);
    }
  });

  test('[LC14] who confirms and may not shelve is refused in the trail too', async () => {
    const { act, log } = await aDesk(somebody('operator', confirmed('nam.tv', 'viewer')));
    expect((await act('critical', 'shelve', shelve(second))).status).toBe(403);
    expect(log.audit.at(-1)).toMatchObject({ actor: 'nam.tv', station: expect.any(String), action: 'alarm.shelve', target: 'critical', outcome: 'refused' });
  });

  test('[SG7] where too many wait, they are told to come again, not that the password is wrong', async () => {
    const { act } = await aDesk(somebody('operator', { confirm: async () => ({ kind: 'busy' as const }) }));
    const answer = await act('critical', 'shelve', shelve(second));
    expect([answer.headers.get('Retry-After'), await readProblem(answer)]).toMatchObject(['2', { status: 503, kind: 'busy' }]);
  });

  test('nor for more than eight hours, or for no reason', async () => {
    const { act } = await aDesk();
    for (const wrong of [{ forMs: 8 * 3_600_000 + 1 }, { why: '' }]) expect((await act(LINK, 'shelve', { ...shelve(null), ...wrong })).status).toBe(400);
  });
});

describe('[LC15] what is only for some', () => {
  const ids = ({ alarms }: { alarms: readonly Alarm[] }) => alarms.map(({ id }) => id);

  test.each([['nobody', nobodyAtAll, false], ['an auditor', somebody('auditor'), false], ['an admin', somebody('admin'), false], ['a viewer', somebody('viewer'), true], ['an operator', somebody('operator'), true]] as const)(
    'TLP:RED for %s: %s', async (_who, people, isSeen) => {
      const { read, alarms } = await aDesk(people);
      expect(ids(await read('/api/v1/alarms')).includes('red' as Alarm['id'])).toBe(isSeen);
      expect((await read('/api/v1/alarms/red/history')).events.length > 0).toBe(isSeen);
      expect((await read('/api/v1/alarm-load')).worst.some(({ alarmId }: { alarmId: string }) => alarmId === 'red')).toBe(isSeen);
      const restricted = await read('/api/v1/alarms/restricted');
      expect(isSeen ? ids(restricted) : restricted.status).toEqual(isSeen ? ['red'] : people === nobodyAtAll ? 401 : 403);
      await alarms.act([{ kind: 'acknowledge', alarmId: 'red', occurrenceId: `red@${T0}`, severity: 'high', comment: null, isBulk: false }], HA);
      await alarms.observe([{ kind: 'over', alarmId: 'red', atMs: T0 }], T0);
      expect(ids(await read('/api/v1/alarms/closed?from=0')).includes('red' as Alarm['id'])).toBe(isSeen);
    });

  test.each([['nobody', nobodyAtAll, false], ['an auditor', somebody('auditor'), false], ['a viewer', somebody('viewer'), true]] as const)(
    'what became TLP:RED later, or was so for a while, is in no history for %s: %s', async (_who, people, isSeen) => {
      const { read, alarms, holds } = await aDesk(people);
      const history = async () => JSON.stringify(await read(`/api/v1/alarms/${encodeURIComponent(LINK)}/history`));
      await alarms.observe([holds({ tlp: 'RED', title: 'Mã độc ở Sở' })], T0);
      await alarms.observe([holds({ tlp: 'AMBER', title: 'Đã xử lý' })], T0);
      expect((await history()).includes('Mã độc ở Sở')).toBe(isSeen);
      await alarms.observe([holds({ tlp: 'RED', title: 'Mã độc ở Sở' })], T0);
      await alarms.act([{ kind: 'acknowledge', alarmId: LINK, ...seen(), severity: 'high', comment: null, isBulk: false }], HA);
      await alarms.observe([{ kind: 'over', alarmId: LINK, atMs: T0 }], T0);
      expect(alarms.held(LINK)).toBeUndefined();
      expect((await history()).includes('Mã độc ở Sở')).toBe(isSeen);
    });

  test('notes for people who may read them; who did what for everybody', async () => {
    const kinds = async (people: People) => (await (await aDesk(people)).read(`/api/v1/alarms/${encodeURIComponent(LINK)}/history`)).events.map(({ kind }: { kind: string }) => kind);
    expect(await kinds(nobodyAtAll)).toEqual(['raised']);
    expect(await kinds(somebody('admin'))).toEqual(['raised']);
    for (const role of ['viewer', 'operator', 'auditor'] satisfies Role[]) expect(await kinds(somebody(role))).toEqual(['raised', 'commented']);
  });
});
