import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, test } from 'vitest';
import { createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { applyFrame } from '../../../shared/frame/applyFrame.ts';
import type { FrameHeader } from '../../../shared/frame/frame.ts';
import { readFrameHeader } from '../../../shared/frame/frameHeader.ts';
import { decimalsOf, topicRanges } from '../../../shared/frame/topicRanges.ts';
import { AlarmsMessage, Heartbeat, Hello, type Problem } from '../../../shared/protocol/socket.ts';
import { PROTOCOL_VERSION, SOCKET_PATH } from '../../../shared/protocol/version.ts';
import { aSmallTable, aStatus, pictureOf, type SeriesChange } from '../../support/someReadings.ts';
import { anAlarm, EPOCH, type RoomsServer, type RoomsServerOptions, startRooms } from '../../support/roomsServer.ts';

const table = aSmallTable();
const decimals = decimalsOf(table);
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const aChange = (index: number, value: number): SeriesChange =>
  ({ index, value, numerator: Number.NaN, denominator: Number.NaN, observedAtMs: 1_600_000_000_000, status: aStatus, membersFresh: 0, membersExpected: 0 });

async function started(options: Partial<RoomsServerOptions> = {}): Promise<RoomsServer> {
  const server = await startRooms({ table, ...options });
  closers.push(() => server.close());
  return server;
}

interface Received { readonly event: string; readonly payload: unknown }

/** A stock socket.io client that knows nothing of ours but the event names. */
class StockClient {
  readonly socket: Socket;
  readonly received: Received[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(port: number) {
    this.socket = connect(`http://127.0.0.1:${port}`, { path: SOCKET_PATH, transports: ['websocket'], forceNew: true, reconnection: false });
    this.socket.onAny((event: string, payload: unknown) => this.#note({ event, payload }));
    this.socket.on('disconnect', (reason) => this.#note({ event: 'disconnect', payload: reason }));
    closers.push(() => { this.socket.disconnect(); });
  }

  #note(received: Received): void {
    this.received.push(received);
    for (const check of this.#waiting) check();
  }

  payloads(event: string): unknown[] {
    return this.received.filter((one) => one.event === event).map(({ payload }) => payload);
  }

  frames(): Uint8Array[] {
    return this.payloads('frame').map((payload) => new Uint8Array(payload as Buffer));
  }

  headers(): FrameHeader[] {
    return this.frames().map(readFrameHeader);
  }

  async has(event: string, count = 1): Promise<unknown[]> {
    await new Promise<void>((resolve) => {
      const check = () => {
        if (this.payloads(event).length < count) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
    return this.payloads(event);
  }

  async follow(topics: string[], resume?: { epoch: string; seqByTopic: Record<string, number> }): Promise<this> {
    await this.has('hello');
    const before = this.payloads('heartbeat').length;
    this.socket.emit('subscribe', { channel: 'live', topics, ...(resume === undefined ? {} : { resume }) });
    await this.has('heartbeat', before + topics.length);
    return this;
  }
}

describe('what a stock socket.io client gets', () => {
  test('[W1] hello first; then, on subscribing, the snapshot, the open alarms and the position, in one turn', async () => {
    const server = await started({ openAlarms: () => [anAlarm()] });
    server.tick([aChange(0, 5), aChange(30, 6)]);
    const client = await new StockClient(server.port).follow(['nation']);
    expect(client.received.map(({ event }) => event)).toEqual(['hello', 'frame', 'alarms', 'heartbeat']);
    expect(Hello.parse(client.payloads('hello')[0])).toMatchObject({ protocolVersion: PROTOCOL_VERSION, buildId: 'build-1', channels: [{ channel: 'live', edition: '2021', epoch: EPOCH, seriesCount: 35 }] });
    expect(client.headers()[0]).toMatchObject({ kind: 'snapshot', channel: 'live', topic: 'nation', epoch: EPOCH, baseSeq: 0, seq: 1, dataTimeMs: server.dataTimeMs });
    expect(AlarmsMessage.parse(client.payloads('alarms')[0])).toMatchObject({ kind: 'snapshot', alarms: [{ id: 'state/101/latency' }] });
    expect(Heartbeat.parse(client.payloads('heartbeat')[0])).toMatchObject({ epoch: EPOCH, topic: 'nation', head: 1 });
  });

  test.each([{ path: 'the direct path', useDirectPath: true }, { path: 'socket.io’s own emit', useDirectPath: false }])(
    '[W4] over $path every event arrives whole and in order under mixed load', async ({ useDirectPath }) => {
      const server = await started({ useDirectPath, limits: { messageBurst: 1000, refusalsBeforeClose: 1000 } });
      const client = await new StockClient(server.port).follow(['nation']);
      const mirror = createReadingColumns(table.series.length);
      const ticks = 60;
      for (let tick = 1; tick <= ticks; tick++) {
        // Questions and answers through engine.io's own queue, between and during the frames.
        for (let k = 0; k < 3; k++) client.socket.emit('nonsense', { tick });
        server.rooms.heartbeat();
        server.tick([aChange(tick % 35, tick), aChange((tick * 7) % 35, -tick)]);
        server.rooms.publishAlarms('live', [anAlarm({ occurrenceId: `a-${tick}` })]);
        if (tick % 3 === 0) await client.has('alarms', tick);
      }
      await client.has('alarms', ticks + 1);
      await client.has('problem', ticks * 3);
      let held: { epoch: string; seq: number } | null = null;
      for (const frame of client.frames()) {
        const { header } = applyFrame(mirror, frame, held, decimals);
        held = { epoch: header.epoch, seq: header.seq };
      }
      expect(held).toEqual({ epoch: EPOCH, seq: ticks });
      expect(pictureOf(mirror)).toEqual(pictureOf(server.columns));
      expect(client.payloads('alarms').slice(1).map((message) => AlarmsMessage.parse(message).alarms[0]?.occurrenceId)).toEqual(Array.from({ length: ticks }, (_, k) => `a-${k + 1}`));
      for (const heartbeat of client.payloads('heartbeat')) Heartbeat.parse(heartbeat);
      expect(server.rooms.stats().emitSessions).toBe(useDirectPath ? 0 : 1);
      expect(server.problems.map(({ code }) => code)).toEqual(useDirectPath ? [] : ['no-direct-path']);
    });

  test('[W3] a tick is encoded once per topic, however many follow, and not at all for topics nobody follows', async () => {
    const server = await started();
    const clients = [];
    for (let k = 0; k < 5; k++) clients.push(await new StockClient(server.port).follow([k < 3 ? 'nation' : 'province:01']));
    server.tick([aChange(2, 1), aChange(20, 2)]);
    for (const client of clients) await client.has('frame', 2);
    const { encodedDeltas, encodedSnapshots, sentDeltas, sentSnapshots, subscribers } = server.rooms.stats();
    expect({ encodedDeltas, encodedSnapshots, sentDeltas, sentSnapshots }).toEqual({ encodedDeltas: 2, encodedSnapshots: 2, sentDeltas: 5, sentSnapshots: 5 });
    expect(subscribers).toEqual([{ channel: 'live', topic: 'nation', count: 3 }, { channel: 'live', topic: 'province:01', count: 2 }]);
    expect(clients[0]!.frames()[1]).toEqual(clients[1]!.frames()[1]);
  });

  test('[W8] of 500 who join between two ticks all get the same snapshot of a topic, encoded once, and the same open alarms', async () => {
    let asked = 0;
    const server = await started({ openAlarms: () => {
      asked += 1;
      return [anAlarm()];
    } });
    const clients = await Promise.all(Array.from({ length: 500 }, (_, k) => new StockClient(server.port).follow([k < 250 ? 'nation' : 'province:01'])));
    const { encodedSnapshots, sentSnapshots } = server.rooms.stats();
    expect({ encodedSnapshots, sentSnapshots, asked }).toEqual({ encodedSnapshots: 2, sentSnapshots: 500, asked: 1 });
    expect(new Set(clients.map((client) => Buffer.from(client.frames()[0]!).toString('base64'))).size).toBe(2);
    expect(new Set(clients.map((client) => JSON.stringify(client.payloads('alarms')))).size).toBe(1);
  });

  test('[W8] who joins after a transition or a seek gets the alarms that are open then', async () => {
    let open = [anAlarm({ occurrenceId: 'a-1' })];
    const server = await started({ openAlarms: () => open });
    const occurrences = async () => {
      const client = await new StockClient(server.port).follow(['nation']);
      return client.payloads('alarms').map((message) => AlarmsMessage.parse(message).alarms.map(({ occurrenceId }) => occurrenceId));
    };
    expect(await occurrences()).toEqual([['a-1']]);
    const secret = anAlarm({ occurrenceId: 'a-2', tlp: 'RED' });
    open = [];
    server.rooms.publishAlarms('live', [secret]);
    expect(await occurrences()).toEqual([[]]);
    open = [anAlarm({ occurrenceId: 'a-3' })];
    server.rooms.newEpoch('live', 'fedcba9876543210', 0);
    expect(await occurrences()).toEqual([['a-3']]);
  });

  test('[W2] [D1] a tick in which nothing of a topic changed sends it nothing and keeps its position', async () => {
    const server = await started();
    const [own] = topicRanges(table, 'province:48')!.slice(-1);
    const client = await new StockClient(server.port).follow(['province:01', 'nation']);
    server.tick([aChange(own![0], 4)]);
    server.tick([aChange(own![0], 4)]);
    server.tick([]);
    server.tick([aChange(0, 9)]);
    await client.has('frame', 5);
    expect(client.headers().map(({ kind, topic, seq }) => [kind, topic, seq])).toEqual([
      ['snapshot', 'province:01', 0], ['snapshot', 'nation', 0], ['delta', 'nation', 1], ['delta', 'province:01', 1], ['delta', 'nation', 2],
    ]);
  });

  test('[W5] a province’s frames carry the nation’s own series and the province’s family, and no other', async () => {
    const server = await started();
    const client = await new StockClient(server.port).follow(['province:02']);
    server.tick(table.series.map(({ index }) => aChange(index, index + 1)));
    await client.has('frame', 2);
    const mirror = createReadingColumns(table.series.length);
    const [snapshot, delta] = client.frames();
    applyFrame(mirror, snapshot!, null, decimals);
    const { changed } = applyFrame(mirror, delta!, { epoch: EPOCH, seq: 0 }, decimals);
    const codes = new Set([...changed].map((index) => table.series[index]!.locality.code));
    expect([...codes]).toEqual(['VN', '02', '110', '111', '112', '113']);
  });
});

describe('coming back', () => {
  async function withTicks(options: Partial<RoomsServerOptions> = {}): Promise<RoomsServer> {
    const server = await started({ firstSeq: 10, ...options });
    await new StockClient(server.port).follow(['nation']);
    for (let value = 1; value <= 5; value++) server.tick([aChange(3, value)]);
    return server;
  }
  const answerTo = async (server: RoomsServer, epoch: string, seq: number) => {
    const client = await new StockClient(server.port).follow(['nation'], { epoch, seqByTopic: { nation: seq } });
    return client.headers().map(({ kind, baseSeq, seq: to }) => `${kind} ${baseSeq}-${to}`);
  };

  test.each([
    { held: 'all but two frames', epoch: EPOCH, seq: 13, answer: ['delta 13-14', 'delta 14-15'] },
    { held: 'everything', epoch: EPOCH, seq: 15, answer: [] },
    { held: 'the first position kept', epoch: EPOCH, seq: 10, answer: ['delta 10-11', 'delta 11-12', 'delta 12-13', 'delta 13-14', 'delta 14-15'] },
    { held: 'less than is kept', epoch: EPOCH, seq: 9, answer: ['snapshot 0-15'] },
    { held: 'more than there is', epoch: EPOCH, seq: 16, answer: ['snapshot 0-15'] },
    { held: 'another epoch', epoch: 'fedcba9876543210', seq: 13, answer: ['snapshot 0-15'] },
  ])('[P3] one who holds $held gets $answer', async ({ epoch, seq, answer }) => {
    expect(await answerTo(await withTicks(), epoch, seq)).toEqual(answer);
  });

  test('[P3] the frames kept are bounded in number and in bytes; beyond, a snapshot', async () => {
    expect(await answerTo(await withTicks({ limits: { keptFrames: 2 } }), EPOCH, 12)).toEqual(['snapshot 0-15']);
    expect(await answerTo(await withTicks({ limits: { keptFrames: 2 } }), EPOCH, 13)).toEqual(['delta 13-14', 'delta 14-15']);
    expect(await answerTo(await withTicks({ limits: { keptBytes: 200 } }), EPOCH, 13)).toEqual(['snapshot 0-15']);
    expect(await answerTo(await withTicks({ limits: { resumeBytes: 200 } }), EPOCH, 13)).toEqual(['snapshot 0-15']);
  });

  test('[P3] the last follower to drop off can resume, until more was missed than is kept', async () => {
    const server = await started({ limits: { keptFrames: 3 } });
    const client = await new StockClient(server.port).follow(['province:01']);
    client.socket.emit('unsubscribe', { channel: 'live', topics: ['province:01'] });
    client.socket.emit('nonsense');
    await client.has('problem');
    for (let value = 1; value <= 3; value++) server.tick([aChange(3, value)]);
    await client.follow(['province:01'], { epoch: EPOCH, seqByTopic: { 'province:01': 0 } });
    expect(client.headers().map(({ kind, seq }) => `${kind} ${seq}`)).toEqual(['snapshot 0', 'delta 1', 'delta 2', 'delta 3']);
    client.socket.emit('unsubscribe', { channel: 'live', topics: ['province:01'] });
    client.socket.emit('nonsense');
    await client.has('problem', 2);
    for (let value = 4; value <= 8; value++) server.tick([aChange(3, value)]);
    await client.follow(['province:01'], { epoch: EPOCH, seqByTopic: { 'province:01': 7 } });
    expect(client.headers().at(-1)).toMatchObject({ kind: 'snapshot', seq: 8 });
  });

  test('[P4] a new epoch sends every follower the new picture and the new alarms, once', async () => {
    let open = [anAlarm()];
    const server = await started({ openAlarms: () => open });
    server.tick([aChange(3, 1), aChange(4, 2)]);
    const client = await new StockClient(server.port).follow(['nation']);
    open = [];
    const NEXT = 'fedcba9876543210';
    server.rooms.newEpoch('live', NEXT, 100);
    // A change to alarms nobody holds yet: the snapshot that is owed says it all.
    server.rooms.publishAlarms('live', [anAlarm({ state: 'NORMAL' })]);
    server.columns.value[4] = Number.NaN;
    server.rooms.publish('live', { columns: server.columns, changed: Uint32Array.from({ length: 35 }, (_, index) => index), dataTimeMs: 1 });
    await client.has('alarms', 2);
    server.tick([aChange(3, 9)]);
    await client.has('frame', 3);
    expect(client.headers().slice(1)).toMatchObject([{ kind: 'snapshot', epoch: NEXT, seq: 101 }, { kind: 'delta', epoch: NEXT, baseSeq: 101, seq: 102 }]);
    const mirror = createReadingColumns(35);
    applyFrame(mirror, client.frames()[0]!, null, decimals);
    applyFrame(mirror, client.frames()[1]!, null, decimals);
    expect(mirror.value[4]).toBeNaN();
    expect(AlarmsMessage.parse(client.payloads('alarms')[1])).toMatchObject({ kind: 'snapshot', epoch: NEXT, alarms: [] });
  });

  test('[M2] resyncs beyond a few are answered too, only later', async () => {
    let nowMs = 1_000_000;
    const server = await started({ nowMs: () => nowMs, limits: { resyncBurst: 2, resyncsPerSec: 0.1, messageBurst: 1000 } });
    const client = await new StockClient(server.port).follow(['nation']);
    for (let k = 0; k < 6; k++) client.socket.emit('resync', { channel: 'live', topic: 'nation' });
    client.socket.emit('nonsense');
    await client.has('problem');
    server.tick([aChange(3, 1)]);
    nowMs += 9_000;
    server.tick([aChange(3, 2)]);
    nowMs += 1_000;
    server.tick([aChange(3, 3)]);
    server.tick([aChange(3, 4)]);
    await client.has('frame', 5);
    expect(client.headers().map(({ kind, seq }) => `${kind} ${seq}`)).toEqual(['snapshot 0', 'snapshot 0', 'snapshot 0', 'snapshot 3', 'delta 4']);
    expect(server.rooms.stats().encodedSnapshots).toBe(2);
  });
});

describe('heartbeats', () => {
  test('[H1] one that is due travels with the next tick; when no tick comes it goes alone with the one after', async () => {
    const server = await started();
    const client = await new StockClient(server.port).follow(['nation']);
    server.rooms.heartbeat();
    server.tick([]);
    await client.has('heartbeat', 2);
    server.rooms.heartbeat();
    server.rooms.heartbeat();
    await client.has('heartbeat', 3);
    server.tick([aChange(3, 1)]);
    await client.has('heartbeat', 4);
    const last = client.received.slice(-2).map(({ event }) => event);
    expect(last).toEqual(['frame', 'heartbeat']);
    expect(Heartbeat.parse(client.payloads('heartbeat').at(-1)).head).toBe(1);
  });
});

test('[W7] every client is pinged once in twelve heartbeats, each in its own turn, and answers like to engine.io’s own', async () => {
  const server = await started();
  const clients = [await new StockClient(server.port).follow(['nation']), await new StockClient(server.port).follow(['nation'])];
  const pingedAt = clients.map(({ socket }) => {
    const beats: number[] = [];
    socket.io.on('ping', () => { beats.push(beat); });
    return beats;
  });
  let beat = 0;
  while (beat < 24) {
    beat += 1;
    server.rooms.heartbeat();
    server.tick([]);
    await Promise.all(clients.map((client) => client.has('heartbeat', 1 + beat)));
  }
  expect(pingedAt.map((beats) => beats.length)).toEqual([2, 2]);
  for (const [first = 0, second = 0] of pingedAt) expect(second - first).toBe(12);
  expect(pingedAt[0]?.[0]).not.toBe(pingedAt[1]?.[0]);
  // A pong that engine.io had not asked for must not cost the client its session.
  for (const client of clients) {
    client.socket.emit('nonsense');
    await client.has('problem');
    expect(client.socket.connected).toBe(true);
  }
});

describe('bad requests', () => {
  test.each([
    { what: 'no object', event: 'subscribe', request: 'nation', code: 'malformed' },
    { what: 'an unknown topic shape', event: 'subscribe', request: { channel: 'live', topics: ['everything'] }, code: 'malformed' },
    { what: 'a polluted resume', event: 'subscribe', request: { channel: 'live', topics: ['nation'], resume: { epoch: EPOCH, seqByTopic: JSON.parse('{"__proto__": 3}') } }, code: null },
    { what: 'a province that is not there', event: 'subscribe', request: { channel: 'live', topics: ['province:99'] }, code: 'unknown-topic' },
    { what: 'a channel that is not open', event: 'subscribe', request: { channel: 'demo', topics: ['nation'] }, code: 'unknown-channel' },
    { what: 'a resync of what is not followed', event: 'resync', request: { channel: 'live', topic: 'nation' }, code: 'not-subscribed' },
    { what: 'an event we do not know', event: 'constructor', request: null, code: 'unknown-event' },
    { what: 'a rate of zero', event: 'playback', request: { channel: 'live', action: 'rate', rate: 0 }, code: 'malformed' },
  ])('[W6] $what is answered with a problem and nothing else happens', async ({ event, request, code }) => {
    const server = await started();
    const client = new StockClient(server.port);
    await client.has('hello');
    client.socket.emit(event, request);
    client.socket.emit('nonsense');
    const problems = (await client.has('problem', code === null ? 1 : 2)) as Problem[];
    expect(problems.map((problem) => problem.code)).toEqual(code === null ? ['unknown-event'] : [code, 'unknown-event']);
    expect(client.socket.connected).toBe(true);
    expect(server.rooms.stats().refusedMessages).toBe(problems.length);
  });

  test('[W6] more topics than allowed are refused together; following the same ones again is not more', async () => {
    const server = await started({ limits: { topicsPerSession: 2 } });
    const client = await new StockClient(server.port).follow(['nation', 'province:01']);
    await client.follow(['nation', 'province:01']);
    client.socket.emit('subscribe', { channel: 'live', topics: ['province:02'] });
    const [problem] = (await client.has('problem')) as Problem[];
    expect(problem!.code).toBe('too-many-topics');
  });

  test('[W6] one who floods is told, then closed; the others notice nothing', async () => {
    const server = await started({ limits: { messageBurst: 5, messagesPerSec: 0, refusalsBeforeClose: 20 } });
    const other = await new StockClient(server.port).follow(['nation']);
    const client = new StockClient(server.port);
    await client.has('hello');
    for (let k = 0; k < 200; k++) client.socket.emit('subscribe', { k });
    await client.has('disconnect');
    const codes = new Set((client.payloads('problem') as Problem[]).map(({ code }) => code));
    expect([...codes]).toEqual(['malformed', 'too-many-messages']);
    server.tick([aChange(3, 1)]);
    await other.has('frame', 2);
    expect(server.rooms.stats().sessions).toBe(1);
  });
});

describe('[LC15] TLP:RED over a socket', () => {
  const SECRET = 'Mã độc tống tiền tại máy chủ thư';
  const red = anAlarm({ id: 'alert/red', occurrenceId: 'red-1', title: SECRET, tlp: 'RED' });

  test('is in no snapshot, and no change says what it is', async () => {
    const server = await started({ openAlarms: () => [red, anAlarm()] });
    server.tick([aChange(0, 5)]);
    const client = await new StockClient(server.port).follow(['nation']);
    expect(AlarmsMessage.parse(client.payloads('alarms')[0]).alarms.map(({ id }) => id)).toEqual(['state/101/latency']);
    server.rooms.publishAlarms('live', [red, { ...red, state: 'ACKED', acked: { by: 'Lê Thị Hà', atMs: 1 } }, anAlarm({ occurrenceId: 'a-2' })]);
    const [, told] = (await client.has('alarms', 2)).map((message) => AlarmsMessage.parse(message));
    expect(told?.alarms.map(({ occurrenceId }) => occurrenceId)).toEqual(['a-2']);
    expect(JSON.stringify(client.received)).not.toMatch(new RegExp(`${SECRET}|Lê Thị Hà|RED|red-1`));
  });

  test('one that was never shown is not even told to be there: no message, no place, no time', async () => {
    const server = await started({ openAlarms: () => [red] });
    server.tick([aChange(0, 5)]);
    const client = await new StockClient(server.port).follow(['nation']);
    server.rooms.publishAlarms('live', [red]);
    server.rooms.publishAlarms('live', [{ ...red, state: 'NORMAL' }]);
    server.rooms.publishAlarms('live', [anAlarm({ occurrenceId: 'a-2' })]);
    const [, ...told] = (await client.has('alarms', 2)).map((message) => AlarmsMessage.parse(message));
    expect(told.map(({ alarms }) => alarms.map(({ id }) => id))).toEqual([['state/101/latency']]);
  });

  test('one that becomes RED vanishes from every screen', async () => {
    const server = await started({ openAlarms: () => [{ ...red, tlp: 'AMBER' }] });
    server.tick([aChange(0, 5)]);
    const client = await new StockClient(server.port).follow(['nation']);
    expect(AlarmsMessage.parse(client.payloads('alarms')[0]).alarms).toMatchObject([{ id: 'alert/red', state: 'UNACK', title: SECRET }]);
    server.rooms.publishAlarms('live', [red]);
    const [, told] = (await client.has('alarms', 2)).map((message) => AlarmsMessage.parse(message));
    expect(told?.alarms).toMatchObject([{ id: 'alert/red', state: 'NORMAL', title: null, tlp: null }]);
    server.rooms.publishAlarms('live', [{ ...red, state: 'ACKED' }]);
    server.rooms.publishAlarms('live', [{ ...red, tlp: 'GREEN', state: 'ACKED' }]);
    const [, , back] = (await client.has('alarms', 3)).map((message) => AlarmsMessage.parse(message));
    expect(back?.alarms).toMatchObject([{ id: 'alert/red', state: 'ACKED', tlp: 'GREEN' }]);
  });
});
