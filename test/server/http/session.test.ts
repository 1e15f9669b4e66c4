import { describe, expect, test } from 'vitest';
import { DEFAULT_HTTP_LIMITS } from '../../../server/http/createHttpApp.ts';
import type { AuditRow } from '../../../server/ports/alarmLog.ts';
import { StoreError } from '../../../server/ports/store.ts';
import { nobodyAtAll, PASSWORD, somebody, somePeople } from '../../support/somePeople.ts';
import { get, listen, type Listening, readProblem, talk } from './listen.ts';

const right = { account: 'ha.lt', password: PASSWORD, code: null };

const post = ({ url }: Listening, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });
const signIn = (listening: Listening, body: unknown = right, headers: Record<string, string> = {}) => post(listening, '/api/v1/session', body, headers);
const cookieOf = (response: Response) => response.headers.get('Set-Cookie') ?? '';
const sentBack = (response: Response) => ({ Cookie: cookieOf(response).split(';')[0] ?? '' });

describe('[SG11] a session over HTTP', () => {
  test('is a cookie that no script reads and no other site sends; it says who is there, and ends', async () => {
    const { people } = await somePeople([{}]);
    const listening = await listen({ people });
    expect(await (await get(listening, '/api/v1/session')).json()).toEqual({ person: null, idleEndsAtMs: null });
    const response = await signIn(listening);
    expect(cookieOf(response)).toMatch(/^ioc_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const session = await response.json();
    expect(session).toEqual({ person: { account: 'ha.lt', name: 'Lê Thị Hà', role: 'operator' }, idleEndsAtMs: expect.any(Number) });
    expect(await (await get(listening, '/api/v1/session', sentBack(response))).json()).toEqual(session);
    const ended = await post(listening, '/api/v1/session/end', undefined, sentBack(response));
    expect([ended.status, cookieOf(ended)]).toEqual([200, 'ioc_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0']);
    expect(await (await get(listening, '/api/v1/session', sentBack(response))).json()).toEqual({ person: null, idleEndsAtMs: null });
  });

  test('of the one who sat here before ends when somebody else signs in', async () => {
    const { people } = await somePeople([{}, { account: 'cu.nv' }]);
    const listening = await listen({ people });
    const first = await signIn(listening);
    const second = await signIn(listening, { ...right, account: 'cu.nv' }, sentBack(first));
    expect((await (await get(listening, '/api/v1/session', sentBack(first))).json()).person).toBeNull();
    expect((await (await get(listening, '/api/v1/session', sentBack(second))).json()).person.account).toBe('cu.nv');
  });

  test('an unknown account and a wrong password have one answer, word for word', async () => {
    const { people } = await somePeople([{}]);
    const listening = await listen({ people });
    const answers = await Promise.all([signIn(listening, { ...right, account: 'ai.do' }), signIn(listening, { ...right, password: 'x' })]);
    const [unknown, wrong] = await Promise.all(answers.map((response) => response.json()));
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(unknown).toEqual(wrong);
    expect(answers[0]?.headers.get('WWW-Authenticate')).toBe('Session realm="ioc"');
  });

  test('[SG6] a password that is no text, however long a number, is in no answer', async () => {
    const listening = await listen({ people: nobodyAtAll });
    for (const password of ['24681357', '24681357246813572468', '24681357e999', '{"24681357": 1}']) {
      const response = await fetch(`${listening.url}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: `{"account":"ha.lt","password":${password},"code":null}` });
      expect([response.status, (await response.text()).includes('24681357')]).toEqual([400, false]);
    }
  });

  test.each([
    { answer: { kind: 'code-needed' }, status: 401, kind: 'code-needed', retry: null },
    { answer: { kind: 'must-change' }, status: 403, kind: 'must-change-password', retry: null },
    { answer: { kind: 'busy' }, status: 503, kind: 'busy', retry: '2' },
    { answer: { kind: 'locked', retryAfterMs: 61_500 }, status: 429, kind: 'too-many-requests', retry: '62' },
  ] as const)('$answer.kind is a $status, and says when to come again', async ({ answer, status, kind, retry }) => {
    const listening = await listen({ people: { ...nobodyAtAll, signIn: async () => answer } });
    const response = await signIn(listening);
    expect(response.headers.get('Retry-After')).toBe(retry);
    expect(await readProblem(response)).toMatchObject({ status, kind });
  });

  test('what was typed is not said again, also where the body is wrong', async () => {
    const listening = await listen();
    const response = await signIn(listening, { account: 'ha.lt', password: 12_345_678, code: '12a' });
    const text = await response.clone().text();
    expect(await readProblem(response)).toMatchObject({ status: 400, kind: 'malformed-request' });
    for (const typed of ['12345678', '12a']) expect(text).not.toContain(typed);
  });

  test('a page of a stranger may not sign in, nor out', async () => {
    const { people } = await somePeople([{}]);
    const listening = await listen({ people });
    const origin = { Origin: 'https://evil.example' };
    expect(await readProblem(await signIn(listening, right, origin))).toMatchObject({ status: 403, kind: 'foreign-origin' });
    const response = await signIn(listening);
    expect((await post(listening, '/api/v1/session/end', undefined, { ...sentBack(response), ...origin })).status).toBe(403);
    expect((await (await get(listening, '/api/v1/session', sentBack(response))).json()).person.account).toBe('ha.lt');
  });

  test('a password that was given is changed for one\'s own, of twelve characters or more', async () => {
    const { people } = await somePeople([{ mustChange: true }]);
    const listening = await listen({ people });
    expect((await readProblem(await signIn(listening))).kind).toBe('must-change-password');
    const change = (newPassword: string) => post(listening, '/api/v1/session/password', { ...right, newPassword });
    expect(await readProblem(await change('ngắn quá'))).toMatchObject({ status: 400, errors: [{ where: '/newPassword' }] });
    expect((await change('sông Hồng chảy')).status).toBe(200);
    expect((await signIn(listening, { ...right, password: 'sông Hồng chảy' })).status).toBe(200);
  });

  test('when the trail cannot be written nobody is let in, and that is said', async () => {
    const { people, trail } = await somePeople([{}]);
    const listening = await listen({ people });
    trail.failWith = new StoreError('full', 'no room');
    const response = await signIn(listening);
    expect([cookieOf(response), await readProblem(response)]).toMatchObject(['', { status: 507, kind: 'store-full' }]);
  });
});

describe('[SG12] a password is not taken where others can read it', () => {
  const ask = (port: number, headers: string) => {
    const body = JSON.stringify(right);
    return talk(port, `POST /api/v1/session HTTP/1.1\r\n${headers}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
  };
  const OVER_TLS = 'X-Forwarded-For: 10.0.0.9\r\nX-Forwarded-Proto: https\r\n';
  const trusting = { limits: { ...DEFAULT_HTTP_LIMITS, trustedProxies: ['127.0.0.1'] } };

  test.each([
    { from: 'this machine', headers: 'Host: 127.0.0.1:4000\r\n' }, { from: 'this machine by name', headers: 'Host: localhost\r\n' }, { from: 'this machine over IPv6', headers: 'Host: [::1]:4000\r\n' },
  ])('$from it is', async ({ headers }) => {
    const { port } = await listen({ people: somebody('operator') });
    expect(await ask(port, headers)).toMatch(/^HTTP\/1\.1 200 [\s\S]*Set-Cookie: ioc_session=[\s\S]*SameSite=Strict\r\n/);
  });

  test.each([
    { from: 'a proxy that is not trusted, whatever it says', headers: `Host: 127.0.0.1\r\n${OVER_TLS}`, over: {} },
    { from: 'a proxy that is not trusted and says only where it passed', headers: 'Host: 127.0.0.1\r\nVia: 1.1 proxy\r\n', over: {} },
    { from: 'a page opened by another name than this machine\'s', headers: 'Host: 10.1.2.3\r\n', over: {} },
    { from: 'a trusted proxy that was spoken to in the clear', headers: 'Host: ioc.example\r\nX-Forwarded-For: 10.0.0.9\r\nX-Forwarded-Proto: http\r\n', over: trusting },
  ])('$from it is not, and nothing is looked at', async ({ headers, over }) => {
    const { people, trail } = await somePeople([{}]);
    const { port } = await listen({ people, ...over });
    expect(await ask(port, headers)).toMatch(/^HTTP\/1\.1 403 [\s\S]*"urn:ioc:problem:insecure-connection"[\s\S]*IOC_TRUSTED_PROXIES/);
    expect(trail.rows).toEqual([]);
  });

  test('by a trusted proxy that speaks TLS it is; the cookie is then one that only TLS carries, and the trail has the address behind it', async () => {
    const { people, trail } = await somePeople([{}]);
    const { port } = await listen({ people, ...trusting });
    const answer = await ask(port, `Host: ioc.example\r\n${OVER_TLS}`);
    const cookie = /Set-Cookie: (__Host-ioc_session=[\w-]{43}); Path=\/; HttpOnly; SameSite=Strict; Secure\r\n/.exec(answer)?.[1];
    expect(cookie).toBeDefined();
    expect(trail.rows[0]?.station).toBe('10.0.0.9');
    const look = (headers: string) => talk(port, `GET /api/v1/session HTTP/1.1\r\nHost: ioc.example\r\nConnection: close\r\n${headers}\r\n`);
    expect(await look(`${OVER_TLS}Cookie: ${cookie}\r\n`)).toContain('"account":"ha.lt"');
    // One that plain HTTP could have planted does not count over TLS, and the other way about.
    expect(await look(`${OVER_TLS}Cookie: ${cookie?.replace('__Host-', '')}\r\n`)).toContain('"person":null');
    expect(await look(`Cookie: ${cookie}\r\n`)).toContain('"person":null');
  });

  test('where the operator said so it is taken in the clear', async () => {
    const { port } = await listen({ people: somebody('operator'), isPlainSignInTaken: true });
    expect(await ask(port, 'Host: 10.1.2.3\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('[AU6] the audit trail over HTTP', () => {
  const rows = Array.from({ length: 3 }, (_, index): AuditRow => ({
    seq: 3 - index, atMs: 1, actor: 'ha.lt', station: null, action: 'session.begin', target: null, outcome: 'done', detail: {}, hash: 'f'.repeat(64),
  }));

  test('is for auditors: nobody is a 401, everybody else a 403 that says who may', async () => {
    expect(await readProblem(await get(await listen(), '/api/v1/audit'))).toMatchObject({ status: 401, kind: 'not-signed-in' });
    for (const role of ['viewer', 'operator', 'admin'] as const) {
      expect(await readProblem(await get(await listen({ people: somebody(role) }), '/api/v1/audit'))).toMatchObject({ status: 403, kind: 'forbidden', detail: expect.stringContaining(role) });
    }
  });

  test('is answered newest first, as many as asked, before a row', async () => {
    const asks: unknown[] = [];
    const listening = await listen({ people: somebody('auditor'), trail: { append: async () => {}, readAudit: async (ask) => { asks.push(ask); return rows; } } });
    expect(await (await get(listening, '/api/v1/audit?limit=3&before=4')).json()).toEqual({ rows });
    await get(listening, '/api/v1/audit');
    expect(asks).toEqual([{ limit: 3, beforeSeq: 4 }, { limit: 100, beforeSeq: null }]);
    for (const wrong of ['limit=0', 'limit=501', 'before=0', 'before=x', 'after=1']) expect((await get(listening, `/api/v1/audit?${wrong}`)).status).toBe(400);
  });
});
