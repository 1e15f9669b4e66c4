import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { PassThrough } from 'node:stream';
import { io as connect } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import { createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { applyFrame } from '../../../shared/frame/applyFrame.ts';
import type { HeldPosition } from '../../../shared/frame/frame.ts';
import { decimalsOf } from '../../../shared/frame/topicRanges.ts';
import { AlarmsMessage, type Problem } from '../../../shared/protocol/socket.ts';
import { SOCKET_PATH } from '../../../shared/protocol/version.ts';
import { HEARTBEAT_EVERY_MS } from '../../../server/rooms/rooms.ts';
import { aWallReport } from '../../support/aWallReport.ts';
import { describeRoomsContract } from '../../support/roomsContract.ts';
import { anAlarm, EPOCH, type RoomsServer, startRooms } from '../../support/roomsServer.ts';
import { aChange, aSmallTable, pictureOf } from '../../support/someReadings.ts';
import { someRooms } from '../../support/someRooms.ts';
import { StockClient } from '../../support/stockClient.ts';
import { untilSo } from '../../support/untilSo.ts';

describeRoomsContract('two workers beside it', { workers: 2 });

const table = aSmallTable();
const decimals = decimalsOf(table);
const { started, connected, closeLater } = someRooms({ workers: 2 });

/** What a client holds of a topic after all frames it received, applied on top of what it held. */
function heldBy(client: StockClient, topic: string, columns = createReadingColumns(table.series.length), from: HeldPosition | null = null) {
  let held = from;
  for (const [index, frame] of client.frames().entries()) {
    if (client.headers()[index]?.topic !== topic) continue;
    const { header } = applyFrame(columns, frame, held, decimals);
    held = { epoch: header.epoch, seq: header.seq };
  }
  return { columns, held };
}

const isConnected = ({ socket }: StockClient) => socket.connected;
const codesOf = (problems: readonly Problem[]) => problems.map(({ code }) => code);

/** Whether a new client gets in. */
function outcome(server: RoomsServer, extraHeaders: Record<string, string> = {}): Promise<'connected' | 'refused'> {
  const socket = connect(`http://127.0.0.1:${server.port}`, { path: SOCKET_PATH, transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
  closeLater(() => { socket.disconnect(); });
  return new Promise((resolve) => {
    socket.on('connect', () => resolve('connected'));
    socket.on('connect_error', () => resolve('refused'));
  });
}

/** Asks for a socket and does no more. */
function aHastyClient(port: number) {
  const tcp = connectTcp(port, '127.0.0.1');
  tcp.on('error', () => {});
  tcp.write('GET /rt/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
  closeLater(() => { tcp.destroy(); });
  return tcp;
}

describe('[MC1] one port, several processes', () => {
  test('clients are shared out evenly, and the sessions of all are counted', async () => {
    const server = await started();
    const clients: StockClient[] = [];
    for (let k = 0; k < 6; k++) clients.push(await connected(server).follow(['nation']));
    server.rooms.heartbeat();
    await untilSo(() => server.rooms.stats().sessions === 6);
    expect(server.rooms.stats().subscribers).toEqual([{ channel: 'live', topic: 'nation', count: 6 }]);
    server.processes[0]?.kill('SIGKILL');
    await untilSo(() => server.workers.lostCount === 1 && clients.filter(isConnected).length === 3);
  });

  test('[IC7] why a worker’s connections ended is told where those of this process are', async () => {
    const server = await started();
    const client = await connected(server).follow(['nation']);
    client.socket.disconnect();
    await untilSo(() => server.closings.length === 1);
    expect(server.closings).toEqual(['left']);
  });

  test('[O1] a foreign origin is refused', async () => {
    const server = await started();
    expect(await outcome(server, { origin: 'https://evil.example' })).toBe('refused');
    expect(await outcome(server, { origin: `http://127.0.0.1:${server.port}` })).toBe('connected');
  });

  test('[O3] the connections of all processes count, until they are closed', async () => {
    const server = await started({ maxConnections: 2 });
    const first = await connected(server).follow(['nation']);
    await connected(server).follow(['nation']);
    expect(await outcome(server)).toBe('refused');
    first.socket.disconnect();
    while (await outcome(server) === 'refused');
  });

  test('[O3] clients that go while they are handed over hold no place', async () => {
    const server = await started({ maxConnections: 3 });
    for (let k = 0; k < 30; k++) {
      const tcp = aHastyClient(server.port);
      await once(tcp, 'connect');
      if (k % 2 === 0) tcp.destroy();
      else tcp.resetAndDestroy();
    }
    while (await outcome(server) === 'refused');
    expect(server.problems).toEqual([]);
  });

  test('what cannot be handed over is served here, and that is said once', async () => {
    const server = await started();
    expect([server.workers.wants(new PassThrough()), server.workers.wants(new PassThrough())]).toEqual([false, false]);
    expect(codesOf(server.problems)).toEqual(['not-handed-over']);
  });

  test('workers begin when there are enough clients; those that are there stay, new ones get the same frames from a worker', async () => {
    const server = await started({ workers: 1, workersFrom: 1, firstSeq: 100, openAlarms: () => [anAlarm()] });
    server.tick([aChange(0, 1), aChange(30, 2)]);
    const early = await connected(server).follow(['nation', 'province:01']);
    expect(server.processes).toEqual([]);
    server.tick([aChange(1, 3)]);
    server.rooms.heartbeat();
    await untilSo(() => server.workers.readyCount === 1);
    server.tick([aChange(20, 4)]);
    const late = await connected(server).follow(['nation', 'province:01']);
    const soFar = early.frames().length;
    server.tick([aChange(2, 5), aChange(21, 6)]);
    await Promise.all([early.has('frame', soFar + 2), late.has('frame', 4)]);
    const [own, handedOver] = [early, late].map((client) => heldBy(client, 'nation'));
    expect(handedOver?.held).toEqual(own?.held);
    expect(pictureOf(handedOver!.columns)).toEqual(pictureOf(server.columns));
    expect(late.headers().map(({ kind, topic, seq }) => `${kind} ${topic} ${seq}`)).toEqual(['snapshot nation 103', 'snapshot province:01 102', 'delta nation 104', 'delta province:01 103']);
    expect(AlarmsMessage.parse(late.payloads('alarms')[0]).alarms).toEqual(AlarmsMessage.parse(early.payloads('alarms')[0]).alarms);
    server.processes[0]?.kill('SIGKILL');
    await untilSo(() => !isConnected(late));
    expect(isConnected(early)).toBe(true);
  });
});

describe('[MC4] a worker that ends', () => {
  test('costs its clients a reconnection: they go on where they were, with the same picture; another worker takes its place', async () => {
    const server = await started();
    const clients = [await connected(server).follow(['nation']), await connected(server).follow(['nation'])];
    for (let value = 1; value <= 3; value++) server.tick([aChange(3, value), aChange(20 + value, value)]);
    await Promise.all(clients.map((client) => client.has('frame', 4)));
    server.processes[0]?.kill('SIGKILL');
    await untilSo(() => server.workers.lostCount === 1 && clients.filter(isConnected).length === 1);
    const [stays, lost] = clients.sort((a, b) => Number(isConnected(b)) - Number(isConnected(a)));
    for (let value = 4; value <= 6; value++) server.tick([aChange(3, value), aChange(20 + value, value)]);
    const { columns, held } = heldBy(lost!, 'nation');
    const back = await connected(server).follow(['nation'], { epoch: EPOCH, seqByTopic: { nation: held?.seq ?? -1 } });
    server.tick([aChange(4, 7)]);
    await back.has('frame', 4);
    expect(back.headers().map(({ kind, baseSeq, seq }) => `${kind} ${baseSeq}-${seq}`)).toEqual(['delta 3-4', 'delta 4-5', 'delta 5-6', 'delta 6-7']);
    expect(pictureOf(heldBy(back, 'nation', columns, held).columns)).toEqual(pictureOf(server.columns));
    expect(isConnected(stays!)).toBe(true);
    expect([codesOf(server.problems), server.workers.lostCount]).toEqual([['socket-worker-lost'], 1]);
    await untilSo(() => server.workers.readyCount === 2);
    const onNew = await connected(server).follow(['nation']);
    expect(onNew.headers()).toMatchObject([{ kind: 'snapshot', seq: 7 }]);
    expect(pictureOf(heldBy(onNew, 'nation').columns)).toEqual(pictureOf(server.columns));
  });

  test('its walls have left, and what it sent stays counted', async () => {
    const server = await started({ workers: 1 });
    const wall = await connected(server).follow(['nation']);
    wall.socket.emit('report', aWallReport({ wallId: 'hall', applied: [] }));
    await untilSo(() => server.walls.list()[0]?.pages === 1);
    server.rooms.heartbeat();
    await untilSo(() => server.rooms.stats().sentSnapshots === 1);
    server.processes[0]?.kill('SIGKILL');
    await untilSo(() => server.walls.list()[0]?.pages === 0);
    expect(server.rooms.stats()).toMatchObject({ sessions: 0, sentSnapshots: 1 });
    // Until the next one is there, this process serves.
    await connected(server).follow(['nation']);
    expect(server.rooms.stats().sessions).toBe(1);
  });

  test('one that stands still is ended; heartbeats out of turn do not count against it', async () => {
    let nowMs = 1_000_000;
    const server = await started({ workers: 1, nowMs: () => nowMs });
    server.processes[0]?.kill('SIGSTOP');
    for (let k = 0; k < 100; k++) server.rooms.heartbeat();
    expect(server.workers.readyCount).toBe(1);
    for (let k = 0; k < 11; k++) {
      nowMs += HEARTBEAT_EVERY_MS;
      server.rooms.heartbeat();
    }
    await untilSo(() => server.workers.lostCount === 1);
    await untilSo(() => server.workers.readyCount === 1);
  });
});

test('[MC4] workers end with the process that started them, and tell their clients', async () => {
  const server = await startRooms({ table, workers: 2 });
  const client = await connected(server).follow(['nation']);
  const ended = server.processes.map((worker) => once(worker, 'exit'));
  await server.close();
  expect(await Promise.all(ended)).toEqual([[0, null], [0, null]]);
  await client.has('disconnect');
  expect(server.problems).toEqual([]);
});
