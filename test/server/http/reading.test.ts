import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { DEFAULT_HTTP_LIMITS } from '../../../server/http/createHttpApp.ts';
import type { AsOfAnswer } from '../../../server/ports/store.ts';
import { createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { EditionsDto, FeedsDto, QuarantineDto } from '../../../shared/protocol/answers.ts';
import { ChannelDto, SeriesDto, SnapshotDto } from '../../../shared/protocol/http.ts';
import { CatalogueDto } from '../../../shared/protocol/catalogue.ts';
import { AlarmsMessage } from '../../../shared/protocol/socket.ts';
import { aChannelView, indicators, NOW_MS } from '../../support/aChannelView.ts';
import { alarmWith } from '../../support/alarmWith.ts';
import { anAlarm } from '../../support/roomsServer.ts';
import { get, listen, read, readProblem, talk } from './listen.ts';

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
    expect(await refusal('/api/v1/localities')).toMatchObject({ status: 400, errors: [{ where: 'query edition', got: 'nothing', expected: 'this parameter, e.g. edition=2021' }] });
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

  test('[X1] a chart has no more buckets than milliseconds', async () => {
    const asked: unknown[] = [];
    const channel = aChannelView({ history: { ...aChannelView().history, series: async (query) => {
      asked.push(query);
      return { resolution: 'raw', bucketMs: 1, points: [] };
    } } });
    await read(await listen({ channels: new Map([[channel.id, channel]]) }), '/api/v1/series?locality=085&indicator=tslcd-latency&from=5&to=8&points=2000');
    expect(asked).toMatchObject([{ fromMs: 5, toMs: 8, points: 3 }]);
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

  test('[CT1] all that a channel is numbered by is one answer, which a second asking does not repeat', async () => {
    const listening = await listen();
    const first = await get(listening, '/api/v1/catalogue');
    const catalogue = CatalogueDto.parse(await first.json());
    const { edition, table } = aChannelView();
    expect(catalogue).toEqual({ edition, localities: table.localities, indicators: table.indicators });
    expect([first.headers.get('Cache-Control'), first.headers.get('Content-Encoding')]).toEqual(['no-cache', 'gzip']);
    const again = `GET /api/v1/catalogue?channel=live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: gzip\r\nIf-None-Match: ${first.headers.get('ETag')}\r\n\r\n`;
    expect(await talk(listening.port, again)).toMatch(/^HTTP\/1\.1 304 [^{]*$/);
    expect(await readProblem(await get(listening, '/api/v1/catalogue?channel=demo'))).toMatchObject({ status: 404, detail: 'This server runs no channel "demo". It runs: live.' });
  });

  test('[X1] channels, alarms, feeds and quarantine say what the channel says', async () => {
    const alarm = alarmWith({ localityCode: '085', indicatorId: 'tslcd-link-state', value: 0, sinceMs: NOW_MS });
    const channel = aChannelView({
      openAlarms: () => [alarm], acceptedCount: () => 12, sources: () => [{ sourceId: 's', lastReceivedAtMs: null, freshness: 'never' }],
      refusals: () => [{ reason: 'unknown-locality', count: 3, lastAtMs: NOW_MS, lastSourceId: 's', lastDetail: 'no 99', lastExample: '{}' }],
      quarantine: () => [{ id: 1, receivedAtMs: NOW_MS, reason: 'future', detail: 'ahead', candidate: { value: 1 }, released: null }],
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
    const listening = await listen({ limits: { ...DEFAULT_HTTP_LIMITS, costUnitsPerTenSec: 5 } });
    const paths = ['/api/v1/snapshot', '/api/v1/series?locality=085&indicator=tslcd-latency', '/api/v1/explain?locality=10&indicator=tslcd-share', '/api/v1/indicators'];
    const statuses = [];
    for (const path of paths) statuses.push((await get(listening, path)).status);
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect([(await get(listening, '/api/v1/snapshot')).status, (await get(listening, '/api/v1/snapshot')).status, (await get(listening, '/api/v1/indicators')).status]).toEqual([200, 429, 200]);
  });

  test.each([
    { what: 'the past, however it is spelt', path: `/api/v1/snapshot?%61t=${NOW_MS}`, units: 11 },
    { what: 'the past of a number', path: `/api/v1/explain?locality=10&indicator=tslcd-share&at=${NOW_MS}`, units: 12 },
    { what: 'levels of an explanation', path: '/api/v1/explain?locality=VN&indicator=tslcd-share&depth=3', units: 4 },
    { what: 'a chart of an observed series', path: '/api/v1/series?locality=085&indicator=tslcd-latency&points=2000', units: 1 },
    { what: 'a chart of eight localities', path: '/api/v1/series?locality=VN&indicator=tslcd-share&points=2000', units: 2 },
  ])('[X7] $what counts $units', async ({ path, units }) => {
    const enough = await listen({ limits: { ...DEFAULT_HTTP_LIMITS, costUnitsPerTenSec: units } });
    const tooFew = await listen({ limits: { ...DEFAULT_HTTP_LIMITS, costUnitsPerTenSec: units - 1 } });
    expect([(await get(enough, path)).status, (await get(tooFew, path)).status]).toEqual([200, 429]);
  });

  test('[X7] charts are worked on few at a time, in order; beyond those that may wait it is a 503 with Retry-After', async () => {
    const asked: Array<() => void> = [];
    const channel = aChannelView({ history: { ...aChannelView().history, series: ({ fromMs, toMs }) => new Promise((done) => {
      asked.push(() => done({ resolution: 'raw', bucketMs: toMs - fromMs, points: [] }));
      arrived.resolve();
    }) } });
    let arrived = Promise.withResolvers<void>();
    const listening = await listen({ channels: new Map([[channel.id, channel]]), limits: { ...DEFAULT_HTTP_LIMITS, costly: { atOnce: 1, waiting: 1 } } });
    const ask = () => get(listening, '/api/v1/series?locality=085&indicator=tslcd-latency');
    const [first, second, third] = [ask(), ask(), ask()];
    const refused = await Promise.race([first, second, third]);
    expect(refused.headers.get('Retry-After')).toBe('2');
    expect(await readProblem(refused)).toMatchObject({ status: 503, kind: 'busy' });
    await arrived.promise;
    expect(asked).toHaveLength(1);
    expect((await get(listening, '/api/v1/channels')).status).toBe(200);
    arrived = Promise.withResolvers();
    asked.shift()?.();
    await arrived.promise;
    asked.shift()?.();
    expect((await Promise.all([first, second, third])).map(({ status }) => status).toSorted()).toEqual([200, 200, 503]);
  });

  test('[X7] whoever stops reading a large answer is hung up on', async () => {
    const much = 'x'.repeat(64 * 1024 * 1024);
    const channel = aChannelView({ openAlarms: () => [anAlarm({ id: much })] });
    const { port, server } = await listen({ channels: new Map([[channel.id, channel]]), limits: { ...DEFAULT_HTTP_LIMITS, stalledAfterMs: 50 } });
    const hungUp = Promise.withResolvers<void>();
    server.once('connection', (held) => held.once('close', () => hungUp.resolve()));
    const socket = connect(port, '127.0.0.1', () => socket.pause().write('GET /api/v1/alarms HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    let receivedBytes = 0;
    socket.on('data', ({ length }) => { receivedBytes += length; });
    socket.on('error', () => {});
    const ended = new Promise((done) => socket.once('close', done));
    await hungUp.promise;
    socket.resume();
    await ended;
    expect(receivedBytes).toBeLessThan(much.length);
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
