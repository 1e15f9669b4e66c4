import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_HTTP_LIMITS } from '../../../server/http/createHttpApp.ts';
import { InboxFullError, NotStoredError } from '../../../server/players/livePlayer.ts';
import type { Outcome } from '../../../server/ports/ingest.ts';
import { LocalityCode } from '../../../shared/domain/ids.ts';
import { aChannelView } from '../../support/aChannelView.ts';
import { aFeed, aFeedDoor, someFeedTokens } from '../../support/someFeeds.ts';
import { type Listening, listen, readProblem } from './listen.ts';

const EVENT = {
  specversion: '1.0', id: 'e-1', source: '/laocai/tslcd', type: 'vn.ioc.observation.v1', subject: '085', time: '2026-03-01T08:00:00+07:00',
  data: { indicator: 'tslcd-latency', value: 12.5 },
};
const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

function post({ url }: Listening, body: string | Uint8Array | object, headers: Record<string, string> = { 'Content-Type': STRUCTURED }) {
  const sent = typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body);
  return fetch(`${url}/api/v1/observations`, { method: 'POST', body: sent, headers });
}
const postBatch = (listening: Listening, events: unknown) => post(listening, JSON.stringify(events), { 'Content-Type': BATCH });

describe('POST /api/v1/observations', () => {
  test('[CE1] the answer waits for the commit', async () => {
    let commit: (outcomes: Outcome[]) => void = () => {};
    let isAnswered = false;
    const asked = Promise.withResolvers<void>();
    const listening = await listen({
      ingest: () => {
        asked.resolve();
        return new Promise((done) => { commit = done; });
      },
    });
    const answer = post(listening, EVENT).then((response) => {
      isAnswered = true;
      return response;
    });
    await asked.promise;
    expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);
    expect(isAnswered).toBe(false);
    commit([{ outcome: 'stored', offset: 41 }]);
    const response = await answer;
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ stored: 1, duplicate: 0, quarantined: 0, rejected: 0, items: [{ id: 'e-1', outcome: 'stored', offset: 41 }] });
  });

  test('[CE1] structured, batch and binary mode hand the same candidate on', async () => {
    const listening = await listen();
    const attributes = Object.entries(EVENT).filter(([name]) => name !== 'data').map(([name, value]) => [`ce-${name}`, String(value)]);
    expect((await post(listening, EVENT)).status).toBe(200);
    expect((await postBatch(listening, [EVENT])).status).toBe(200);
    expect((await post(listening, EVENT.data, { 'Content-Type': 'application/json; charset=utf-8', ...Object.fromEntries(attributes) })).status).toBe(200);
    const [first, ...others] = listening.ingested;
    expect(first).toMatchObject({ eventId: 'e-1', sourceId: 'laocai-tslcd' });
    expect(others).toEqual([first, first]);
  });

  test('[CE11] a batch is answered item by item in the order sent, unreadable ones among them', async () => {
    const outcomes: Outcome[] = [
      { outcome: 'duplicate' }, { outcome: 'quarantined', reason: 'future', detail: 'an hour ahead' }, { outcome: 'rejected', reason: 'id-conflict', detail: 'other body' },
    ];
    const listening = await listen({ ingest: async () => outcomes });
    const response = await postBatch(listening, [EVENT, { ...EVENT, id: 'e-2', time: 'now' }, { ...EVENT, id: 'e-3' }, { ...EVENT, id: 'e-4' }]);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      stored: 0, duplicate: 1, quarantined: 1, rejected: 2,
      items: [
        { id: 'e-1', outcome: 'duplicate' },
        { id: 'e-2', outcome: 'rejected', reason: 'malformed', detail: expect.stringMatching(/^\/1\/time: "now"; expected .*offset/) },
        { id: 'e-3', outcome: 'quarantined', reason: 'future', detail: 'an hour ahead' },
        { id: 'e-4', outcome: 'rejected', reason: 'id-conflict', detail: 'other body' },
      ],
    });
  });

  test('[CE11] an empty batch is fine and stores nothing', async () => {
    const listening = await listen({ ingest: () => Promise.reject(new Error('must not be asked')) });
    const response = await postBatch(listening, []);
    expect([response.status, await response.json()]).toEqual([200, { stored: 0, duplicate: 0, quarantined: 0, rejected: 0, items: [] }]);
  });

  test('[CE12] one event whose id was used for another body is a 409', async () => {
    const listening = await listen({ ingest: async () => [{ outcome: 'rejected', reason: 'id-conflict', detail: 'e-1 was 3' }] });
    expect(await readProblem(await post(listening, EVENT))).toMatchObject({ status: 409, kind: 'id-conflict', detail: 'e-1 was 3' });
  });

  test('[CE12] if none could be read it is a 400 that names every place, and nothing is handed on', async () => {
    const listening = await listen();
    const problem = await readProblem(await postBatch(listening, [{ ...EVENT, time: '2026-03-01T08:00:00' }, { ...EVENT, subject: 'Lào Cai' }]));
    expect(problem).toMatchObject({ status: 400, kind: 'malformed-request', detail: 'None of the 2 events can be read. Nothing was stored.' });
    expect(problem.errors).toMatchObject([{ where: '/0/time', got: '"2026-03-01T08:00:00"' }, { where: '/1/subject', got: '"Lào Cai"' }]);
    expect(listening.ingested).toEqual([]);
  });

  test.each([
    ['cut off', '{"id":', 'body'], ['empty', '', 'body'], ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'body'],
    ['a name twice', '{"id":"a","id":"b"}', '/id'], ['beyond a double', '{"data":{"value":1e999}}', '/data/value'],
    ['beyond 2^53', '{"data":{"value":9007199254740993}}', '/data/value'],
  ])('[X4] a body that is %s is a 400 that says where', async (_, body, where) => {
    const listening = await listen();
    const problem = await readProblem(await post(listening, body));
    expect(problem).toMatchObject({ status: 400, mediaType: 'application/problem+json; charset=utf-8', errors: [{ where }] });
    expect(listening.ingested).toEqual([]);
  });

  test('[X4] 50,000 levels are refused, and the server goes on', async () => {
    const listening = await listen();
    expect((await readProblem(await post(listening, '['.repeat(50_000) + ']'.repeat(50_000)))).errors[0]?.got).toBe('more than 32 levels');
    expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);
  });

  test('[X5] 256 KB are read, one byte more is a 413, and so are more events than fit in it', async () => {
    const listening = await listen();
    const limit = 256 * 1024;
    const padded = (bytes: number) => JSON.stringify(EVENT).padEnd(bytes);
    expect((await post(listening, padded(limit))).status).toBe(200);
    expect(await readProblem(await post(listening, padded(limit + 1)))).toMatchObject({
      status: 413, kind: 'too-large', errors: [{ where: 'body', got: 'more than 262144 bytes', expected: 'at most 262144 bytes' }],
    });
    expect((await postBatch(listening, Array(2_001).fill({}))).status).toBe(413);
    expect(listening.ingested).toHaveLength(1);
  });

  test.each([
    [{ 'Content-Type': 'text/plain' }, 'header Content-Type'], [{ 'Content-Type': 'application/x-www-form-urlencoded' }, 'header Content-Type'],
    [{ 'Content-Type': `${STRUCTURED}; charset=utf-16` }, 'header Content-Type'], [{ 'Content-Type': STRUCTURED, 'Content-Encoding': 'gzip' }, 'header Content-Encoding'],
  ])('[X5] content that is not read here is a 415: %j', async (headers, where) => {
    const listening = await listen();
    const response = await post(listening, EVENT, headers as Record<string, string>);
    expect(response.headers.get('Accept-Post')).toContain(BATCH);
    expect(await readProblem(response)).toMatchObject({ status: 415, errors: [{ where }] });
  });

  test('[X6] a full inbox is a 503 with Retry-After, a full store a 507, one that is closed a 503; none is a fault', async () => {
    const inboxFull = Object.assign(new Error('full'), { name: 'InboxFullError', retryAfterMs: 2_500 });
    const storeFull = Object.assign(new Error('database or disk is full'), { code: 'full' });
    for (const [error, status, kind, retryAfter] of [
      [inboxFull, 503, 'inbox-full', '3'], [new InboxFullError(3, 4, 5), 503, 'inbox-full', '1'], [storeFull, 507, 'store-full', '60'],
      [new NotStoredError('not durable', { cause: storeFull }), 507, 'store-full', '60'], [new NotStoredError('closing'), 503, 'not-stored', '5'],
    ] as const) {
      const listening = await listen({ ingest: () => Promise.reject(error) });
      const response = await post(listening, EVENT);
      expect(response.headers.get('Retry-After')).toBe(retryAfter);
      expect(await readProblem(response)).toMatchObject({ status, kind });
      expect(listening.faults).toEqual([]);
    }
  });

  test('[X6] any other failure is a 500 that tells nothing, and is reported', async () => {
    const fault = new Error('secret /path/to/things');
    const listening = await listen({ ingest: () => Promise.reject(fault) });
    const response = await post(listening, EVENT);
    const text = await response.clone().text();
    expect(await readProblem(response)).toMatchObject({ status: 500, kind: 'internal' });
    expect(text).not.toMatch(/secret|\bat .*\.ts/);
    expect(listening.faults).toEqual([fault]);
  });

  test('[X7] too many posts from one address are a 429 with Retry-After', async () => {
    const listening = await listen({ limits: { ...DEFAULT_HTTP_LIMITS, postsPerTenSec: 2 } });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await post(listening, EVENT)).status);
    const refused = await post(listening, EVENT);
    expect(statuses).toEqual([200, 200, 429]);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);
    expect(await readProblem(refused)).toMatchObject({ status: 429, kind: 'too-many-requests' });
    expect(listening.ingested).toHaveLength(2);
  });

  test('[X7] a client cannot choose its address by a header', async () => {
    const listening = await listen({ limits: { ...DEFAULT_HTTP_LIMITS, postsPerTenSec: 1 } });
    const from = (address: string) => post(listening, EVENT, { 'Content-Type': STRUCTURED, 'X-Forwarded-For': address });
    expect([(await from('10.0.0.1')).status, (await from('10.0.0.2')).status]).toEqual([200, 429]);
  });

  test('[X8] a page of a stranger can neither post nor read', async () => {
    const listening = await listen();
    const foreign = await post(listening, EVENT, { 'Content-Type': STRUCTURED, Origin: 'https://evil.example' });
    expect(await readProblem(foreign)).toMatchObject({ status: 403, kind: 'foreign-origin' });
    expect((await fetch(`${listening.url}/api/v1/channels`, { headers: { Origin: 'null' } })).status).toBe(403);
    expect((await post(listening, EVENT, { 'Content-Type': STRUCTURED, Origin: 'https://ioc.example' })).status).toBe(200);
    expect(listening.ingested).toHaveLength(1);
  });

  test('[X11] what was turned away is seen under /feeds with its reason', async () => {
    const channel = aChannelView();
    const listening = await listen({ channels: new Map([['live', channel]]) });
    await post(listening, '{');
    await post(listening, '{');
    await post(listening, EVENT, { 'Content-Type': 'text/plain' });
    await postBatch(listening, [EVENT, { ...EVENT, subject: 'X' }, { ...EVENT, subject: 'Y' }]);
    const { turnedAway } = await (await fetch(`${listening.url}/api/v1/feeds`)).json();
    expect(turnedAway.map(({ reason, count }: { reason: string; count: number }) => [reason, count])).toEqual([['malformed-request', 2], ['unsupported-media-type', 1], ['malformed-item', 2]]);
    expect(turnedAway[2].lastDetail).toContain('/2/subject: "Y"');
  });

  test('[X10] arbitrary bytes, JSON and headers are answered with a 4xx problem, store nothing and do not end the server', async () => {
    const listening = await listen();
    const headerValue = fc.string({ unit: fc.constantFrom(...'abc/+;=, "%é'.split('')), maxLength: 30 });
    const mediaType = fc.oneof(fc.constantFrom(STRUCTURED, BATCH, 'application/json'), headerValue);
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 500 }), fc.string().map((text) => Buffer.from(text)), fc.json().map((text) => Buffer.from(text)),
      fc.dictionary(fc.constantFrom(...Object.keys(EVENT)), fc.jsonValue()).map((event) => Buffer.from(JSON.stringify(event))),
    );
    const headers = fc.dictionary(fc.constantFrom('ce-id', 'ce-source', 'ce-time', 'ce-x_y', 'Content-Encoding', 'X-Forwarded-For', 'Accept-Encoding', 'If-None-Match'), headerValue);
    await fc.assert(fc.asyncProperty(mediaType, headers, body, async (type, more, bytes) => {
      const isEmptyBatch = type === BATCH && Buffer.from(bytes).toString().trim().replaceAll(/\s/g, '') === '[]';
      fc.pre(!isEmptyBatch);
      const response = await post(listening, bytes, { ...more, 'Content-Type': type });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(await readProblem(response)).toMatchObject({ mediaType: 'application/problem+json; charset=utf-8' });
    }), { numRuns: 300 });
    expect(listening.ingested).toEqual([]);
    expect(listening.faults).toEqual([]);
    expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);
  });
});

describe('POST /api/v1/observations with a token', () => {
  const SOURCE = aFeed({ id: 'laocai-tslcd', localities: ['10'], indicators: ['tslcd-latency'] });
  const feedTokens = someFeedTokens({
    right: { feedId: 'laocai-tslcd', scope: {} }, narrow: { feedId: 'laocai-tslcd', scope: { localities: [LocalityCode.parse('080')] } },
    few: { feedId: 'few', scope: {} }, soc: { feedId: 'soc', scope: {} },
  });
  const feedDoor = () => aFeedDoor([SOURCE, aFeed({ id: 'soc', format: 'suricata' }), aFeed({ id: 'few', itemsPerSec: 0.2 })]);
  const bearing = (token: string, type = BATCH) => ({ 'Content-Type': type, Authorization: `Bearer ${token}` });
  const listenClosed = (overrides = {}) => listen({ feedTokens, feedDoor: feedDoor(), isIngestOpen: false, ...overrides });

  test('[FK9] where tokens are asked for, none is a 401 and a right one stores', async () => {
    const listening = await listenClosed();
    expect(await readProblem(await post(listening, EVENT))).toMatchObject({ status: 401, kind: 'unauthorized' });
    expect(listening.ingested).toEqual([]);
    expect((await post(listening, EVENT, bearing('right', STRUCTURED))).status).toBe(200);
    expect(listening.ingested).toMatchObject([{ eventId: 'e-1' }]);
  });

  test('[FK9] where none is asked for, one that is shown is judged all the same', async () => {
    const listening = await listen({ feedTokens, feedDoor: feedDoor() });
    expect((await post(listening, EVENT)).status).toBe(200);
    expect((await post(listening, EVENT, bearing('wrong', STRUCTURED))).status).toBe(401);
    expect((await post(listening, EVENT, bearing('right', STRUCTURED))).status).toBe(200);
  });

  test('[FK8] a place, an indicator or a source beyond the token is refused by itself, in its place', async () => {
    const feeds = feedDoor();
    const listening = await listenClosed({ feedDoor: feeds });
    const events = [EVENT, { ...EVENT, id: 'e-2', subject: '094' }, { ...EVENT, id: 'e-3', time: 'now' }, { ...EVENT, id: 'e-4', data: { indicator: 'alerts-open', value: 1 } }, { ...EVENT, id: 'e-5', source: 'other' }, { ...EVENT, id: 'e-6' }];
    const { items } = await (await post(listening, JSON.stringify(events), bearing('right'))).json();
    expect(items.map(({ id, outcome, reason }: { id: string; outcome: string; reason?: string }) => [id, reason ?? outcome])).toEqual([
      ['e-1', 'stored'], ['e-2', 'out-of-scope'], ['e-3', 'malformed'], ['e-4', 'out-of-scope'], ['e-5', 'out-of-scope'], ['e-6', 'stored'],
    ]);
    expect(items[4].detail).toContain('send it as "laocai-tslcd"');
    expect(feeds.turnedAway.map(({ reason }) => reason)).toEqual([...Array(3).fill('out-of-scope'), 'malformed-item']);
    expect((await (await post(listening, JSON.stringify([EVENT]), bearing('narrow'))).json()).rejected).toBe(1);
  });

  test('[FK4] the token of a feed with a format of its own is a 409 that says where to post', async () => {
    const listening = await listenClosed();
    expect(await readProblem(await post(listening, EVENT, bearing('soc', STRUCTURED)))).toMatchObject({ status: 409, kind: 'wrong-format', detail: expect.stringContaining('/api/v1/feeds/suricata') });
  });

  test('[FK11] its allowance counts its events', async () => {
    const listening = await listenClosed();
    const two = JSON.stringify([{ ...EVENT, source: 'few' }, { ...EVENT, source: 'few', id: 'e-2' }]);
    expect((await post(listening, two, bearing('few'))).status).toBe(200);
    expect((await post(listening, two, bearing('few'))).status).toBe(429);
    expect(listening.ingested).toHaveLength(2);
  });
});
