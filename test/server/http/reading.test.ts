import { describe, expect, test } from 'vitest';
import type { AsOfAnswer } from '../../../server/ports/store.ts';
import { SourceId } from '../../../shared/domain/ids.ts';
import { createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { EditionsDto, FeedsDto, QuarantineDto } from '../../../shared/protocol/answers.ts';
import { ChannelDto, SeriesDto, SnapshotDto } from '../../../shared/protocol/http.ts';
import { AlarmsMessage } from '../../../shared/protocol/socket.ts';
import { aChannelView, indicators, NOW_MS } from '../../support/aChannelView.ts';
import { type Listening, listen, readProblem, talk } from './listen.ts';

const get = ({ url }: Listening, path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });

async function read(listening: Listening, path: string) {
  const response = await get(listening, path);
  expect([path, response.status]).toEqual([path, 200]);
  return response.json();
}

describe('reading over HTTP', () => {
  test('[X1] the present snapshot is every series of the channel, absence said as null', async () => {
    const channel = aChannelView();
    channel.set('085', 'tslcd-latency', { value: 0, sourceId: 'laocai-tslcd' });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const snapshot = SnapshotDto.parse(await read(listening, '/api/v1/snapshot'));
    expect(snapshot).toMatchObject({ channel: 'live', edition: '2021', epoch: channel.epoch, atMs: NOW_MS, resolution: 'raw' });
    expect(snapshot.readings.map(({ localityCode, indicatorId }) => `${localityCode}/${indicatorId}`))
      .toEqual(channel.table.series.map(({ locality, indicator }) => `${locality.code}/${indicator.id}`));
    expect(snapshot.readings[channel.table.indexOf('085', 'tslcd-latency')!]).toMatchObject({ value: 0, freshness: 'fresh', provenance: 'measured', numerator: null });
    expect(snapshot.readings[0]).toMatchObject({ value: null, freshness: 'never', provenance: null, comparator: null, observedAtMs: null });
  });

  test('[X1] a locality stands for itself and everything below it', async () => {
    const listening = await listen();
    const codes = async (locality: string) => [...new Set(SnapshotDto.parse(await read(listening, `/api/v1/snapshot?locality=${locality}`)).readings.map(({ localityCode }) => localityCode as string))];
    expect(await codes('10')).toEqual(['10', '080', '082', '085']);
    expect(await codes('085')).toEqual(['085']);
    expect(await codes('VN')).toHaveLength(8);
  });

  test('[X1] a past snapshot is history as of then, projected by the fold that is handed in', async () => {
    const asked: unknown[] = [];
    const answer: AsOfAnswer = { resolution: 'minute', observations: [] };
    const base = aChannelView();
    const channel = aChannelView({ history: { ...base.history, asOf: async (atMs) => {
      asked.push(atMs);
      return answer;
    } } });
    const listening = await listen({
      channels: new Map([['live', channel]]),
      projectAsOf(view, given, atMs) {
        asked.push(view === channel && given === answer, atMs);
        const columns = createReadingColumns(view.table.series.length);
        columns.value[0] = 7;
        columns.status[0] = 1;
        return columns;
      },
    });
    const atMs = NOW_MS - 3_600_000;
    for (const at of [String(atMs), '2026-03-01T07:00:00%2B07:00', '2026-03-01T07:00:00+07:00', '2026-03-01T00:00:00Z']) {
      const snapshot = SnapshotDto.parse(await read(listening, `/api/v1/snapshot?at=${at}`));
      expect([snapshot.atMs, snapshot.resolution, snapshot.readings[0]?.value]).toEqual([atMs, 'minute', 7]);
    }
    expect(asked.slice(0, 3)).toEqual([atMs, true, atMs]);
  });

  test('[X2] a time without an offset is refused and told so; so is one that has not come', async () => {
    const listening = await listen();
    for (const path of ['/api/v1/snapshot?at=', '/api/v1/explain?locality=10&indicator=tslcd-share&at=', '/api/v1/series?locality=10&indicator=tslcd-share&to=']) {
      const parameter = path.endsWith('at=') ? 'at' : 'to';
      for (const time of ['2026-03-01T07:00:00', '2026-03-01', 'now', '']) {
        expect(await readProblem(await get(listening, path + time))).toMatchObject({
          status: 400, errors: [{ where: `query ${parameter}`, got: JSON.stringify(time), expected: expect.stringContaining('a time without an offset is refused') }],
        });
      }
    }
    expect(await readProblem(await get(listening, `/api/v1/snapshot?at=${NOW_MS + 61_000}`))).toMatchObject({ status: 400, errors: [{ where: 'query at' }] });
    expect((await get(listening, `/api/v1/snapshot?at=${NOW_MS + 60_000}`)).status).toBe(200);
  });

  test('[X2] unknown, repeated and impossible parameters are a 400 that lists the known ones', async () => {
    const listening = await listen();
    const refusal = async (path: string) => readProblem(await get(listening, path));
    expect(await refusal('/api/v1/snapshot?when=1')).toMatchObject({ status: 400, detail: 'Known parameters: channel, at, locality.', errors: [{ where: 'query when', expected: expect.stringContaining('known: channel, at, locality') }] });
    expect(await refusal('/api/v1/channels?a=1')).toMatchObject({ status: 400, detail: 'Known parameters: none.' });
    expect(await refusal('/api/v1/snapshot?locality=10&locality=11')).toMatchObject({ status: 400, errors: [{ where: 'query locality', got: 'this parameter several times' }] });
    expect(await refusal('/api/v1/snapshot?__proto__=1')).toMatchObject({ status: 400, errors: [{ where: 'query __proto__' }] });
    expect(await refusal('/api/v1/localities')).toMatchObject({ status: 400, errors: [{ where: 'query edition', got: 'nothing' }] });
    for (const points of ['0', '2001', '1.5', '-1', '1e3', '']) {
      expect(await refusal(`/api/v1/series?locality=10&indicator=tslcd-share&points=${points}`)).toMatchObject({ status: 400, errors: [{ where: 'query points', expected: 'must be a whole number from 1 to 2000' }] });
    }
    expect(await refusal('/api/v1/explain?locality=10&indicator=tslcd-share&depth=4')).toMatchObject({ status: 400, errors: [{ where: 'query depth' }] });
  });

  test('[X2] what does not exist is a 404 that says which part', async () => {
    const listening = await listen();
    const detail = async (path: string) => {
      const { status, detail } = await readProblem(await get(listening, path));
      return [status, detail];
    };
    expect(await detail('/api/v1/snapshot?channel=demo')).toEqual([404, 'This server runs no channel "demo". It runs: live.']);
    expect(await detail('/api/v1/snapshot?locality=99')).toEqual([404, expect.stringContaining('no locality "99"')]);
    expect(await detail('/api/v1/series?locality=10&indicator=moon-phase')).toEqual([404, expect.stringContaining('no indicator "moon-phase"')]);
    expect(await detail('/api/v1/series?locality=10&indicator=tslcd-link-state')).toEqual([404, expect.stringContaining('exists at these levels: local')]);
    expect(await detail('/api/v1/localities?edition=2025')).toEqual([404, expect.stringContaining('2025')]);
  });

  test('[X1] a series is asked of history by its index, the last day in 240 points unless said', async () => {
    const asked: unknown[] = [];
    const base = aChannelView();
    const channel = aChannelView({ history: { ...base.history, series: async (query) => {
      asked.push(query);
      return { resolution: 'raw', bucketMs: 1_000, points: [{ atMs: query.fromMs, min: null, max: null, last: null, count: 0 }] };
    } } });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const series = SeriesDto.parse(await read(listening, '/api/v1/series?locality=10&indicator=tslcd-share'));
    expect(series).toMatchObject({ localityCode: '10', indicatorId: 'tslcd-share', toMs: NOW_MS, fromMs: NOW_MS - 86_400_000, bucketMs: 1_000 });
    await read(listening, `/api/v1/series?locality=10&indicator=tslcd-share&from=${NOW_MS - 5_000}&to=${NOW_MS}&points=5`);
    const seriesIndex = channel.table.indexOf('10', 'tslcd-share');
    expect(asked).toEqual([
      { seriesIndex, fromMs: NOW_MS - 86_400_000, toMs: NOW_MS, points: 240 }, { seriesIndex, fromMs: NOW_MS - 5_000, toMs: NOW_MS, points: 5 },
    ]);
    expect((await get(listening, `/api/v1/series?locality=10&indicator=tslcd-share&from=${NOW_MS}&to=${NOW_MS}`)).status).toBe(400);
  });

  test('[X1] the catalogue is answered as it is, in its order, and a second asking costs no body', async () => {
    const listening = await listen();
    expect(await read(listening, '/api/v1/indicators')).toEqual(indicators);
    expect(EditionsDto.parse(await read(listening, '/api/v1/editions')).editions).toEqual([{ edition: '2021', asOf: '2021-01-01', provinces: 2, locals: 5 }]);
    const first = await get(listening, '/api/v1/localities?edition=2021');
    expect((await first.json()).localities).toHaveLength(8);
    expect([first.headers.get('Cache-Control'), first.headers.get('Content-Language'), first.headers.get('Content-Encoding')]).toEqual(['no-cache', 'vi, en', 'gzip']);
    const again = `GET /api/v1/localities?edition=2021 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: gzip\r\nIf-None-Match: ${first.headers.get('ETag')}\r\n\r\n`;
    expect(await talk(listening.port, again)).toMatch(/^HTTP\/1\.1 304 [^{]*$/);
    const plain = await get(listening, '/api/v1/indicators', { 'Accept-Encoding': 'identity' });
    const zipped = await get(listening, '/api/v1/indicators', { 'Accept-Encoding': 'gzip' });
    expect(zipped.headers.get('ETag')).not.toBe(plain.headers.get('ETag'));
    expect([plain.headers.get('Content-Encoding'), (await plain.json()).length]).toEqual([null, indicators.length]);
  });

  test('[X1] channels, alarms, feeds and quarantine say what the channel says', async () => {
    const alarm = AlarmsMessage.shape.alarms.element.parse({
      id: 'a', occurrenceId: 'a-1', severity: 'high', domain: 'connectivity', localityCode: '085', indicatorId: 'tslcd-link-state', sourceId: null,
      kind: 'state', value: 0, state: 'UNACK', sinceMs: NOW_MS, dataLost: false,
    });
    const channel = aChannelView({
      openAlarms: () => [alarm], acceptedCount: () => 12, sources: () => [{ sourceId: 's', lastReceivedAtMs: null, freshness: 'never' }],
      refusals: () => [{ reason: 'unknown-locality', count: 3, lastAtMs: NOW_MS, lastSourceId: 's', lastDetail: 'no 99', lastExample: '{}' }],
      quarantine: () => [{ id: 1, receivedAtMs: NOW_MS, reason: 'future', detail: 'ahead', candidate: { value: 1 } }],
    });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    expect(ChannelDto.array().parse(await read(listening, '/api/v1/channels'))).toMatchObject([{ channel: 'live', epoch: channel.epoch, seriesCount: channel.table.series.length }]);
    expect(AlarmsMessage.parse(await read(listening, '/api/v1/alarms'))).toEqual({ channel: 'live', epoch: channel.epoch, kind: 'snapshot', alarms: [alarm] });
    expect(FeedsDto.parse(await read(listening, '/api/v1/feeds'))).toMatchObject({ acceptedCount: 12, sources: [{ sourceId: 's' }], refusals: [{ reason: 'unknown-locality', count: 3 }], turnedAway: [] });
    expect(QuarantineDto.parse(await read(listening, '/api/v1/quarantine')).items).toMatchObject([{ id: 1, candidate: { value: 1 } }]);
  });

  test('[X1] readiness follows what is handed in; liveness does not', async () => {
    let ready = false;
    const listening = await listen({ isReady: () => ({ ready, why: ready ? '' : 'the log is being read' }) });
    expect(await readProblem(await get(listening, '/readyz'))).toMatchObject({ status: 503, kind: 'not-ready', detail: 'the log is being read' });
    expect((await read(listening, '/healthz')).status).toBe('ok');
    ready = true;
    expect(await read(listening, '/readyz')).toEqual({ ready: true, why: '' });
  });

  test('[X7] costly readings are limited per address, others are not', async () => {
    const listening = await listen({ limits: { postsPerTenSec: 1, costlyGetsPerTenSec: 2, trustedProxies: [] } });
    const paths = ['/api/v1/snapshot', '/api/v1/series?locality=10&indicator=tslcd-share', '/api/v1/explain?locality=10&indicator=tslcd-share', '/api/v1/indicators'];
    const statuses = [];
    for (const path of paths) statuses.push((await get(listening, path)).status);
    expect(statuses).toEqual([200, 200, 429, 200]);
  });

  test('[X12] requests are counted by route and status, never by the path a scanner invents', async () => {
    const listening = await listen();
    await get(listening, '/healthz');
    await get(listening, '/wp-admin/setup.php');
    const metrics = await (await get(listening, '/metrics')).text();
    expect(metrics).toContain('ioc_http_requests_total{method="GET",route="/healthz",status="200"} 1');
    expect(metrics).toContain('ioc_http_requests_total{method="GET",route="none",status="404"} 1');
    expect(metrics).not.toContain('wp-admin');
  });
});

describe('refusing over HTTP', () => {
  test('[X10] unknown paths and methods are problems in JSON, never a page, never a stack', async () => {
    const listening = await listen();
    for (const [method, path, status] of [
      ['GET', '/nothing', 404], ['GET', '/api/v1/nothing', 404], ['POST', '/nothing', 404], ['DELETE', '/api/v1/snapshot', 405], ['GET', '/api/v1/observations', 405],
      ['GET', '/province/%E0%A4%A', 404], ['GET', '/%ff', 404], ['POST', '/healthz', 405],
    ] as const) {
      const response = await fetch(`${listening.url}${path}`, { method });
      const text = await response.clone().text();
      expect([method, path, response.status]).toEqual([method, path, status]);
      expect(await readProblem(response)).toMatchObject({ status, mediaType: 'application/problem+json; charset=utf-8' });
      expect(text).not.toMatch(/<html|node_modules|\.ts:/i);
    }
    const refused = await fetch(`${listening.url}/api/v1/observations`, { method: 'PUT' });
    expect(refused.headers.get('Allow')).toBe('POST');
    expect((await fetch(`${listening.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  });

  test('[X10] a route that throws is a 500 that tells nothing, and the server goes on', async () => {
    const channel = aChannelView({ openAlarms: () => { throw new Error('secret'); } });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const response = await get(listening, '/api/v1/alarms');
    expect(await response.clone().text()).not.toContain('secret');
    expect(await readProblem(response)).toMatchObject({ status: 500, kind: 'internal' });
    expect(listening.faults).toHaveLength(1);
    expect((await get(listening, '/healthz')).status).toBe(200);
  });

  test('[X8] a name that is not ours is refused, except to health checks', async () => {
    const { port } = await listen();
    expect(await talk(port, 'GET /api/v1/channels HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 [\s\S]*"urn:ioc:problem:foreign-origin"/);
    expect(await talk(port, 'GET /healthz HTTP/1.1\r\nHost: ioc-container\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('[X10] bytes that are not HTTP and headers over 8 KB are answered and the server goes on', async () => {
    const listening = await listen();
    expect(await talk(listening.port, '\x16\x03\x01 not http\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"status":400/);
    expect(await talk(listening.port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(9_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect((await get(listening, '/healthz')).status).toBe(200);
  });

  test('[X3] every answer carries the policy that lets nothing foreign in', async () => {
    const listening = await listen();
    for (const path of ['/', '/nothing', '/api/v1/channels']) {
      const { headers } = await get(listening, path);
      expect(headers.get('Content-Security-Policy')?.split(';').sort()).toEqual([
        "base-uri 'none'", "connect-src 'self'", "default-src 'none'", "font-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "img-src 'self'",
        "manifest-src 'self'", "object-src 'none'", 'report-uri /csp-report', "script-src 'self'", "style-src 'self'", "worker-src 'self'",
      ]);
      expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Strict-Transport-Security')).toBeNull();
      expect(headers.get('X-Powered-By')).toBeNull();
    }
  });

  test('[X3] browsers may report violations, without an origin as they do; they are counted', async () => {
    const listening = await listen();
    const response = await fetch(`${listening.url}/csp-report`, { method: 'POST', headers: { 'Content-Type': 'application/csp-report', Origin: 'null' }, body: '{}' });
    expect(response.status).toBe(204);
    expect(await (await get(listening, '/metrics')).text()).toContain('ioc_csp_reports_total 1');
  });
});

describe('explaining', () => {
  test('[X13] a share says how many of how many, and its parts go down to the source', async () => {
    const channel = aChannelView();
    for (const [code, value] of [['080', 2], ['082', 0], ['085', 2]] as const) {
      channel.set(code, 'tslcd-link-state', { value, sourceId: 'laocai-tslcd', offset: Number(code) });
    }
    for (const [code, value] of [['094', 2], ['095', 1]] as const) channel.set(code, 'tslcd-link-state', { value, sourceId: 'dienbien-tslcd' });
    channel.set('10', 'tslcd-share', { value: 66.7, numerator: 2, denominator: 3 });
    channel.set('11', 'tslcd-share', { value: 50, numerator: 1, denominator: 2 });
    channel.set('VN', 'tslcd-share', { value: 60, numerator: 3, denominator: 5 });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const tree = await read(listening, '/api/v1/explain?locality=VN&indicator=tslcd-share&depth=2');
    expect(tree).toMatchObject({ rule: 'share', formula: '3 / 5 × 100', recomputed: 60, source: null, reading: { value: 60 }, facts: [] });
    expect(tree.members[0]).toMatchObject({ rule: 'share', formula: '2 / 3 × 100', recomputed: 66.7, reading: { localityCode: '10' } });
    expect(tree.members[0].members).toHaveLength(3);
    expect(tree.members[0].members[2]).toMatchObject({
      rule: 'observed', formula: '', recomputed: 2, members: [], reading: { localityCode: '085', indicatorId: 'tslcd-link-state', value: 2 },
      source: { sourceId: SourceId.parse('laocai-tslcd'), receivedAtMs: NOW_MS + 1_000, offset: 85, ref: null },
    });
    channel.set('085', 'tslcd-link-state', { value: 2, sourceId: 'laocai-tslcd', offset: -1 });
    expect((await read(listening, '/api/v1/explain?locality=085&indicator=tslcd-link-state')).source).toMatchObject({ sourceId: 'laocai-tslcd', offset: null });
    const shallow = await read(listening, '/api/v1/explain?locality=VN&indicator=tslcd-share&depth=0');
    expect([shallow.formula, shallow.members]).toEqual(['3 / 5 × 100', []]);
  });

  test('[X13] a sum, a worst and a ratio show their figures; what is wrong shows as a difference', async () => {
    const channel = aChannelView();
    for (const [code, received, latency] of [['080', 10, 5], ['082', 0, 80], ['085', 7, 12]] as const) {
      channel.set(code, 'dossiers-received', { value: received, sourceId: 's' });
      channel.set(code, 'tslcd-latency', { value: latency, sourceId: 's' });
    }
    channel.set('10', 'dossiers-received', { value: 18 });
    channel.set('10', 'dossiers-online', { value: 9, sourceId: 's' });
    channel.set('10', 'dossiers-online-share', { value: 50, numerator: 9, denominator: 18 });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const explained = (indicator: string) => read(listening, `/api/v1/explain?locality=10&indicator=${indicator}`);
    expect(await explained('dossiers-received')).toMatchObject({ rule: 'sum', formula: '10 + 0 + 7', recomputed: 17, reading: { value: 18 } });
    expect(await explained('tslcd-latency')).toMatchObject({ rule: 'worst', formula: 'max(5; 80; 12)', recomputed: 80 });
    const ratio = await explained('dossiers-online-share');
    expect(ratio).toMatchObject({ rule: 'ratio', formula: '9 / 18 × 100', recomputed: 50 });
    expect(ratio.members.map(({ reading }: { reading: { indicatorId: string } }) => reading.indicatorId)).toEqual(['dossiers-online', 'dossiers-received']);
  });

  test('[X13] what is known counts however old; a silent unit stays in the denominator; nothing at all is no zero', async () => {
    const channel = aChannelView();
    channel.set('080', 'dossiers-received', { value: 10, sourceId: 's', status: { freshness: 'late' } });
    channel.set('082', 'dossiers-received', { value: 5, sourceId: 's', status: { freshness: 'stale' } });
    channel.set('080', 'tslcd-link-state', { value: 2, sourceId: 's' });
    channel.set('10', 'tslcd-share', { value: 33.3, numerator: 1, denominator: 3 });
    channel.set('11', 'tslcd-share', { membersExpected: 2, status: { freshness: 'never' } });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const explained = async (locality: string, indicator: string) => {
      const { formula, recomputed, members } = await read(listening, `/api/v1/explain?locality=${locality}&indicator=${indicator}`);
      return [formula, recomputed, members.length];
    };
    expect(await explained('10', 'dossiers-received')).toEqual(['10 + 5', 15, 3]);
    expect(await explained('10', 'tslcd-share')).toEqual(['1 / 3 × 100', 33.3, 3]);
    expect(await explained('VN', 'tslcd-share')).toEqual(['1 / 5 × 100', 20, 2]);
    expect(await explained('11', 'dossiers-received')).toEqual(['', null, 2]);
    expect(await explained('11', 'tslcd-share')).toEqual(['', null, 2]);
  });

  test('[X13] a figure reported for an aggregate is observed there and cites its fact', async () => {
    const channel = aChannelView();
    channel.set('VN', 'tslcd-share', { value: 100, sourceId: 'seed-documents', ref: 'tslcd-2020', status: { provenance: 'reported' } });
    const fact = {
      id: 'tslcd-2020', indicatorId: 'tslcd-share', localityCode: 'VN', value: 100, numerator: null, denominator: null, comparator: 'exactly' as const, asOf: '2020-12-31', period: null,
      dateBasis: 'stated' as const, dateNote: '', reportedOn: '2021-01-15', document: 'a', publisher: 'b', statement: { vi: 'x', en: 'x' }, evidence: ['100%'], contradicts: [], supersedes: [],
    };
    const facts = [fact, { ...fact, id: 'other', localityCode: '10' }] as never;
    const listening = await listen({ channels: new Map([['live', channel]]), facts });
    const tree = await read(listening, '/api/v1/explain?locality=VN&indicator=tslcd-share');
    expect(tree).toMatchObject({ rule: 'observed', source: { sourceId: 'seed-documents', ref: 'tslcd-2020' }, members: [], facts: [{ id: 'tslcd-2020' }] });
    const ids = async (query: string) => (await read(listening, `/api/v1/facts${query}`)).map(({ id }: { id: string }) => id);
    expect([await ids(''), await ids('?locality=10'), await ids('?id=tslcd-2020'), await ids('?indicator=lgsp-state')]).toEqual([['tslcd-2020', 'other'], ['other'], ['tslcd-2020'], []]);
  });

  test('[X13] at a past time, the origin is that of the observation known then', async () => {
    const base = aChannelView();
    const seriesIndex = base.table.indexOf('085', 'tslcd-latency')!;
    const observation = {
      seriesIndex, sourceId: SourceId.parse('laocai-tslcd'), eventId: null, observedAtMs: NOW_MS - 9_000, receivedAtMs: NOW_MS - 8_000, value: 4, numerator: null, denominator: null,
      comparator: 'exactly' as const, provenance: 'measured' as const, ref: null,
    };
    const channel = aChannelView({ history: { ...base.history, asOf: async () => ({ resolution: 'raw', observations: [observation] }) } });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const tree = await read(listening, `/api/v1/explain?locality=085&indicator=tslcd-latency&at=${NOW_MS - 5_000}`);
    expect([tree.atMs, tree.source]).toEqual([NOW_MS - 5_000, { sourceId: 'laocai-tslcd', receivedAtMs: NOW_MS - 8_000, offset: null, ref: null }]);
  });
});
