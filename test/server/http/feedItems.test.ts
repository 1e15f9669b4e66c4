import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { InboxFullError, NotStoredError } from '../../../server/players/livePlayer.ts';
import type { DecodedItem, FeedAdapter } from '../../../server/ports/feed.ts';
import { decodeLines } from '../../../server/sources/bodyLines.ts';
import { FeedsDto } from '../../../shared/protocol/answers.ts';
import { showValue } from '../../../shared/protocol/fieldProblem.ts';
import type { FeedAnswer } from '../../../shared/protocol/feeds.ts';
import { aFeed, type AFeedDoor, aFeedDoor, someFeedTokens } from '../../support/someFeeds.ts';
import { type Listening, listen, readProblem } from './listen.ts';

const SOC = aFeed({ id: 'soc-10', format: 'suricata', localities: ['10'] });
const SLOW = aFeed({ id: 'soc-slow', format: 'suricata', itemsPerSec: 1 });
const POST_OFFICE = aFeed({ id: 'post', format: 'figures' });
const tokens = someFeedTokens({
  right: { feedId: 'soc-10', scope: {} }, narrow: { feedId: 'soc-10', scope: { localities: ['085' as never] } },
  slow: { feedId: 'soc-slow', scope: {} }, post: { feedId: 'post', scope: {} }, gone: { feedId: 'no-more', scope: {} },
});

const Sent = z.strictObject({ id: z.string(), place: z.string(), value: z.number() });

/** The simplest adapter there can be: `{ id, place, value }`, one a body, a list, or one a line. */
const adapter: FeedAdapter = {
  format: 'suricata',
  accepts: [
    { mediaType: 'application/json', description: 'One, or a list.', schema: Sent, example: { id: 'a', place: '10', value: 1 } },
    { mediaType: 'application/x-ndjson', reading: 'json-lines', largeIntegers: 'text', description: 'One a line.', schema: Sent, example: { id: 'a', place: '10', value: 1 } },
    { mediaType: 'text/plain', reading: 'text-lines', description: 'An id a line.', schema: z.string(), example: 'a' },
    { mediaType: 'application/octet-stream', reading: 'bytes', description: 'Its length is the value.', schema: z.unknown(), example: '' },
  ],
  decode({ mediaType, payload }, feed) {
    const toItem = (value: unknown): DecodedItem => {
      const parsed = Sent.safeParse(value);
      if (!parsed.success) return { kind: 'unreadable', id: null, problems: [{ where: 'item', got: showValue(value), expected: 'id, place and value' }] };
      return { kind: 'candidate', id: parsed.data.id, candidate: { sourceId: feed.id, eventId: parsed.data.id, localityCode: parsed.data.place, indicatorId: 'alerts-open', value: parsed.data.value } };
    };
    if (mediaType === 'application/octet-stream') return { isBatch: false, items: [toItem({ id: 'file', place: '10', value: (payload as Uint8Array).length })] };
    if (mediaType === 'application/json') return { isBatch: Array.isArray(payload), items: (Array.isArray(payload) ? payload : [payload]).map(toItem) };
    return decodeLines(payload, (value, at) => toItem(mediaType === 'text/plain' ? { id: `${/\d+/.exec(at)?.[0]}:${String(value)}`, place: '10', value: 1 } : value));
  },
};

interface Posting extends Listening { readonly door: AFeedDoor }

async function listenToFeeds(overrides: Parameters<typeof aFeedDoor>[1] = {}): Promise<Posting> {
  const door = aFeedDoor([SOC, SLOW, POST_OFFICE], overrides);
  return { ...await listen({ feedDoor: door, feedAdapters: [adapter], feedTokens: tokens }), door };
}

function post({ url }: Listening, body: string | Uint8Array, { token = 'right', type = 'application/json', ...headers }: Record<string, string> = {}) {
  return fetch(`${url}/api/v1/feeds/suricata`, { method: 'POST', body: typeof body === 'string' ? body : Buffer.from(body), headers: { 'Content-Type': type, ...(token !== '' && { Authorization: `Bearer ${token}` }), ...headers } });
}
const postLines = (listening: Listening, text: string | Uint8Array) => post(listening, text, { type: 'application/x-ndjson' });
const item = (id: string, place = '10', value = 1) => JSON.stringify({ id, place, value });

async function outcomesOf(response: Response): Promise<readonly (readonly [string | null, string])[]> {
  expect(response.status).toBe(200);
  const { items } = await response.json() as FeedAnswer;
  return items.map(({ id, outcome, reason }) => [id, reason ?? outcome]);
}

describe('POST /api/v1/feeds/{format}', () => {
  test('[FK7] the answer waits for the door, has one outcome per item in order, and counts them', async () => {
    const door = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const listening = await listenToFeeds({
      take: async (_feed, items) => {
        asked.resolve();
        await door.promise;
        return items.map(({ id }, index) => ({ id, outcome: index === 0 ? 'duplicate' : 'stored', reason: null, detail: null, isPlaced: index !== 1 }));
      },
    });
    let isAnswered = false;
    const answer = post(listening, `[${item('a')},${item('b')}]`).finally(() => { isAnswered = true; });
    await asked.promise;
    expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);
    expect(isAnswered).toBe(false);
    door.resolve();
    expect(await (await answer).json()).toEqual({
      stored: 1, duplicate: 1, quarantined: 0, rejected: 0, ignored: 0,
      items: [{ id: 'a', outcome: 'duplicate', reason: null, detail: null, isPlaced: true }, { id: 'b', outcome: 'stored', reason: null, detail: null, isPlaced: false }],
    });
  });

  test('[FK4] without a right token it is a 401 that says how to get one, and nothing of the body is read', async () => {
    const listening = await listenToFeeds();
    for (const [token, challenge] of [['', 'Bearer realm="ioc"'], ['wrong', 'Bearer realm="ioc", error="invalid_token"']] as const) {
      const response = await post(listening, item('a'), { token });
      expect(response.headers.get('WWW-Authenticate')).toBe(challenge);
      expect(await readProblem(response)).toMatchObject({ status: 401, kind: 'unauthorized', detail: expect.stringContaining('ioc -- token create') });
    }
    expect(listening.door.taken).toEqual([]);
    // Of no feed, so it is in the tally of all posts.
    expect(listening.door.turnedAway).toEqual([]);
    const told = FeedsDto.parse(await (await fetch(`${listening.url}/api/v1/feeds?channel=live`)).json());
    expect(told.turnedAway).toMatchObject([{ reason: 'unauthorized', count: 2 }]);
  });

  test('[FK4] the token decides the feed: another format is a 409 that says where to post, a feed that is no more a 403, an unknown format a 404', async () => {
    const listening = await listenToFeeds();
    expect(await readProblem(await post(listening, item('a'), { token: 'post' }))).toMatchObject({ status: 409, kind: 'wrong-format', detail: expect.stringContaining('/api/v1/feeds/figures') });
    expect(await readProblem(await post(listening, item('a'), { token: 'gone' }))).toMatchObject({ status: 403, kind: 'feed-refused', detail: expect.stringContaining('"no-more"') });
    expect((await fetch(`${listening.url}/api/v1/feeds/nagios`, { method: 'POST', body: '{}' })).status).toBe(404);
    expect(listening.door.turnedAway).toMatchObject([{ feedId: 'post', reason: 'wrong-format' }, { feedId: 'no-more', reason: 'feed-refused' }]);
  });

  test('[FK4] the secret is not shown to the adapter', async () => {
    let seen: readonly string[] = [];
    const watching: FeedAdapter = { ...adapter, decode: (request, feed) => { seen = Object.keys(request.headers); return adapter.decode(request, feed); } };
    const listening = await listen({ feedDoor: aFeedDoor([SOC]), feedAdapters: [watching], feedTokens: tokens });
    expect((await post(listening, item('a'))).status).toBe(200);
    expect(seen).toContain('content-type');
    expect(seen).not.toContain('authorization');
  });

  test('[FK8] what is outside the scope of feed or token is refused by itself, in its place, and counted', async () => {
    const listening = await listenToFeeds();
    const body = `[${item('a', '085')},${item('b', '11')},${item('c', '10')}]`;
    expect(await outcomesOf(await post(listening, body))).toEqual([['a', 'stored'], ['b', 'out-of-scope'], ['c', 'stored']]);
    expect(await outcomesOf(await post(listening, body, { token: 'narrow' }))).toEqual([['a', 'stored'], ['b', 'out-of-scope'], ['c', 'out-of-scope']]);
    // What is beyond the feed is for the door to refuse; what is beyond the token never reaches it.
    expect(listening.door.taken.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'a']);
    expect(listening.door.turnedAway.map(({ feedId, reason }) => [feedId, reason])).toEqual(Array(2).fill(['soc-10', 'out-of-scope']));
  });

  test('[FK10] lines: each by itself, with byte order mark, CRLF and empty ones let by; a broken one costs only itself and is named by its number', async () => {
    const listening = await listenToFeeds();
    const text = Buffer.concat([Buffer.from(`\ufeff${item('a')}\r\n\r\n{"id":\n`), Buffer.from([0x22, 0xff, 0x22, 0x0a]), Buffer.from(`${item('b')}\n{"id":"x","id":"y"}\n${' '.repeat(70_000)}\n${item('c')}`)]);
    const response = await postLines(listening, text);
    const { items } = await response.clone().json() as FeedAnswer;
    expect(items).toHaveLength(7);
    const unreadable = listening.door.taken.flatMap((one) => (one.kind === 'unreadable' ? one.problems.map(({ where }) => where) : []));
    expect(unreadable).toEqual(['line 3', 'line 4', 'line 6 /id', 'line 7']);
    expect(await outcomesOf(response)).toEqual([['a', 'stored'], [null, 'malformed'], [null, 'malformed'], ['b', 'stored'], [null, 'malformed'], [null, 'malformed'], ['c', 'stored']]);
  });

  test('[SE2] a body is read with the digits of large numbers where its form asks for it, and refused elsewhere', async () => {
    const listening = await listenToFeeds();
    const body = '{"id":1801439850948198401,"place":"10","value":1}';
    expect(await outcomesOf(await postLines(listening, body))).toEqual([['1801439850948198401', 'stored']]);
    expect(await readProblem(await post(listening, body))).toMatchObject({ status: 400, errors: [{ where: '/id' }] });
  });

  test('[FK10] lines of text keep what is in them; bytes are the bytes', async () => {
    const listening = await listenToFeeds();
    expect(await outcomesOf(await post(listening, 'Đà Nẵng\r\n\n  x ', { type: 'text/plain; charset=utf-8' }))).toEqual([['1:Đà Nẵng', 'stored'], ['3:  x ', 'stored']]);
    await post(listening, new Uint8Array([0, 255, 10]), { type: 'application/octet-stream' });
    expect(listening.door.taken.at(-1)).toMatchObject({ candidate: { value: 3 } });
  });

  test('[FK10] whatever the lines, as many come out as are not empty, in order', async () => {
    const listening = await listenToFeeds();
    const line = fc.oneof(fc.constant(''), fc.constant('  '), fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n\ufeff]/g, '')));
    await fc.assert(fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), fc.constantFrom('\n', '\r\n'), async (lines, ending) => {
      const expected = lines.flatMap((text, index) => (text.trim() === '' ? [] : [`${index + 1}:${text}`]));
      fc.pre(expected.length > 0);
      expect(await outcomesOf(await post(listening, lines.join(ending), { type: 'text/plain' }))).toEqual(expected.map((id) => [id, 'stored']));
    }), { numRuns: 50 });
  });

  test('[FK10] nothing that can be read is a 400 that names every place', async () => {
    const listening = await listenToFeeds();
    expect(await readProblem(await postLines(listening, '{\n}\n'))).toMatchObject({ status: 400, errors: [{ where: 'line 1' }, { where: 'line 2' }] });
    expect(await readProblem(await postLines(listening, ''))).toMatchObject({ status: 400, errors: [{ where: 'body' }] });
    expect(listening.door.taken).toEqual([]);
  });

  test('[FK10] 1 MB and 2,000 items are read, more is a 413; other types and any encoding a 415', async () => {
    const listening = await listenToFeeds();
    const limit = 1024 * 1024;
    expect((await post(listening, item('a').padEnd(limit))).status).toBe(200);
    expect((await post(listening, item('a').padEnd(limit + 1))).status).toBe(413);
    expect((await postLines(listening, `${item('a')}\n`.repeat(2_000))).status).toBe(200);
    expect((await postLines(listening, '1\n'.repeat(2_001))).status).toBe(413);
    expect((await post(listening, `[${Array(2_001).fill('1').join()}]`)).status).toBe(413);
    const packed = await post(listening, gzipSync('['.repeat(50_000_000)), { 'Content-Encoding': 'gzip' });
    expect(await readProblem(packed)).toMatchObject({ status: 415, errors: [{ expected: expect.stringContaining('bodies are read as they are') }] });
    expect((await post(listening, item('a'), { type: 'text/csv' })).status).toBe(415);
    expect((await post(listening, item('a'), { type: 'text/plain; charset=utf-16' })).status).toBe(415);
  });

  test('[FK11] an allowance counts items, not requests; beyond it is a 429 with the wait, and other feeds go on', async () => {
    const listening = await listenToFeeds();
    const ten = `[${Array.from({ length: 10 }, (_, index) => item(String(index))).join()}]`;
    expect((await post(listening, ten, { token: 'slow' })).status).toBe(200);
    const refused = await post(listening, item('b'), { token: 'slow' });
    const waitSec = Number(refused.headers.get('Retry-After'));
    expect(waitSec).toBeGreaterThanOrEqual(1);
    expect(waitSec).toBeLessThanOrEqual(10);
    expect(await readProblem(refused)).toMatchObject({ status: 429, kind: 'too-many-requests', detail: expect.stringContaining('"soc-slow"') });
    expect((await post(listening, ten)).status).toBe(200);
    expect(listening.door.taken).toHaveLength(20);
  });

  test('[FK11] more in one body than any ten seconds allow is a 413 that says how many', async () => {
    const listening = await listenToFeeds();
    const eleven = `[${Array.from({ length: 11 }, (_, index) => item(String(index))).join()}]`;
    expect(await readProblem(await post(listening, eleven, { token: 'slow' }))).toMatchObject({ status: 413, detail: expect.stringContaining('Send at most 10 at once') });
  });

  test('[FK11] guessing is a 429 after a minute\'s worth, and never locks out a right token behind the same address', async () => {
    const listening = await listenToFeeds();
    const statuses = new Set<number>();
    for (let count = 0; count < 61; count += 1) statuses.add((await post(listening, item('a'), { token: 'wrong' })).status);
    expect([...statuses]).toEqual([401, 429]);
    expect(Number((await post(listening, item('a'), { token: 'wrong' })).headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);
    expect((await post(listening, item('a'))).status).toBe(200);
  });

  test('[FK7] a full inbox, a full store and one that has ended are answered as on the route of observations', async () => {
    const storeFull = Object.assign(new Error('disk'), { code: 'full' });
    for (const [error, status, retryAfter] of [[new InboxFullError(3, 4, 5), 503, '1'], [storeFull, 507, '60'], [new NotStoredError('closing'), 503, '5']] as const) {
      const listening = await listenToFeeds({ take: () => Promise.reject(error) });
      const response = await post(listening, item('a'));
      expect([response.status, response.headers.get('Retry-After'), listening.faults]).toEqual([status, retryAfter, []]);
    }
  });

  test('[FK13] what is kept of a refused body says where it was wrong, not what was there', async () => {
    const listening = await listenToFeeds();
    await post(listening, '{"TenNguoi":"Trần Văn A"}');
    expect(listening.door.turnedAway).toEqual([{ feedId: 'soc-10', reason: 'malformed-request', detail: 'item: expected id, place and value' }]);
    expect(await (await fetch(`${listening.url}/api/v1/feeds`)).text()).not.toContain('Trần');
  });
});

describe('whatever is posted', () => {
  const deep = `${'['.repeat(40)}${']'.repeat(40)}`;
  const hostile: Readonly<Record<string, string>> = {
    'cut off': '{"id":"x","pla', 'a text': '"x"', 'a number': '7', 'nothing known': '{}', 'nested too deep': deep, NaN: '{"id":"x","place":"10","value":NaN}',
    'beyond a double': '{"id":"x","place":"10","value":1e999}', 'beyond 2^53': '{"id":"x","place":"10","value":9007199254740993}', 'a name twice': '{"id":"x","id":"y","place":"10","value":1}',
    '__proto__': '{"__proto__":{"id":"x"},"place":"10","value":1}', constructor: '{"constructor":{"prototype":{"id":"x"}},"place":"10","value":1}', 'a bare NUL': '{"id":"x\u0000","place":"10","value":1}',
  };

  test.each(Object.entries(hostile))('[FK13] %s costs only itself among lines, and is a 400 alone', async (_, bad) => {
    const listening = await listenToFeeds();
    expect(await outcomesOf(await postLines(listening, `${item('before')}\n${bad}\n${item('after')}`))).toEqual([['before', 'stored'], [null, 'malformed'], ['after', 'stored']]);
    expect((await readProblem(await post(listening, bad))).status).toBe(400);
    expect(Reflect.get({}, 'id')).toBeUndefined();
    expect(listening.faults).toEqual([]);
  });

  test.each([['an escaped NUL', 'a\\u0000b'], ['what turns text around', 'a\u202eb'], ['a script', '<script>alert(1)</script>'], ['60,000 characters', 'a'.repeat(60_000)]])('[FK13] %s in a text reaches the adapter as it is, and the answer is JSON that no browser runs', async (_, id) => {
    const listening = await listenToFeeds();
    const response = await postLines(listening, `${item('before')}\n{"id":"${id}","place":"10","value":1}`);
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(await outcomesOf(response)).toEqual([['before', 'stored'], [JSON.parse(`"${id}"`), 'stored']]);
  });

  test('[FK13] 100,000 levels, UTF-16 and a body that ends early leave the server as it was', async () => {
    const listening = await listenToFeeds();
    expect((await post(listening, '['.repeat(100_000))).status).toBe(400);
    expect((await post(listening, Buffer.from(item('a'), 'utf16le'))).status).toBe(400);
    const early = connect(listening.port, '127.0.0.1').end('POST /api/v1/feeds/suricata HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer right\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{');
    await once(early.resume(), 'close');
    expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);
    expect(listening.door.taken).toEqual([]);
  });

  test('[FK13] arbitrary bytes and headers are answered, and are never a fault', async () => {
    const listening = await listenToFeeds();
    const types = adapter.accepts.map(({ mediaType }) => mediaType);
    const headers = fc.dictionary(fc.constantFrom('Content-Encoding', 'X-Forwarded-For', 'Authorization', 'Expect-CT'), fc.string({ unit: fc.constantFrom(...'abc/+;=, "%é'.split('')), maxLength: 30 }));
    const body = fc.oneof(fc.uint8Array({ maxLength: 500 }), fc.json().map((text) => Buffer.from(text)), fc.array(fc.json()).map((lines) => Buffer.from(lines.join('\n'))));
    await fc.assert(fc.asyncProperty(fc.constantFrom(...types), headers, body, async (type, more, bytes) => {
      const response = await post(listening, bytes, { type, ...more });
      expect([200, 400, 401, 413, 415, 429]).toContain(response.status);
      await response.arrayBuffer();
    }), { numRuns: 200 });
    expect(listening.faults).toEqual([]);
    expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);
  });
});

test('[FK7] the route is described with what each adapter reads and every way to fail', async () => {
  const { url } = await listenToFeeds();
  const { paths } = await (await fetch(`${url}/api/v1/openapi.json`)).json();
  const { requestBody, responses } = paths['/api/v1/feeds/suricata'].post;
  expect(Object.keys(requestBody.content)).toEqual(adapter.accepts.map(({ mediaType }) => mediaType));
  expect(Object.keys(responses)).toEqual(['200', '400', '401', '403', '409', '413', '415', '429', '500', '503', '507']);
});

test('[FK13] no route, limit or turn writes a token anywhere', () => {
  for (const file of ['feedPasses', 'feedPosting', 'feedAllowance', 'feedTurns', 'routes/feedItems']) {
    expect(readFileSync(new URL(`../../../server/http/${file}.ts`, import.meta.url), 'utf8')).not.toMatch(/console|process\.std|logger/);
  }
});
