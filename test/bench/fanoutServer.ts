import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Server as SocketServer } from 'socket.io';
import { WebSocketServer } from 'ws';
import { createRooms } from '../../server/rooms/createRooms.ts';
import { createWalls } from '../../server/walls/createWalls.ts';
import { createSocketServer } from '../../server/rooms/createSocketServer.ts';
import { frameParcel } from '../../server/rooms/parcel.ts';
import { HEARTBEAT_EVERY_MS } from '../../server/rooms/rooms.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import { seriesWithin } from '../../server/rooms/seriesWithin.ts';
import { decimalsOf, topicRanges } from '../../shared/frame/topicRanges.ts';
import { copyColumns } from '../support/someReadings.ts';
import { createWorkload, workloadTable } from './workload.ts';

// One server under test in a process of its own, so that its CPU can be read from outside. Forked by `fanoutCase.ts`.
// Arguments: system, part of the series that changes, ms between ticks, how many clients will come, what each follows (`nation`, or
// `province`: one of them).
// All four make the same workload in their own process and encode it once a tick, so that a ratio compares the sending.

const [, , system, ratioText, tickMsText, clientsText, scope] = process.argv;
const clients = Number(clientsText);
const IDLE_WARM_TICKS = 60;
/** By size, so that the naive server, which sends 177 KB to each, does not warm up with a queue that it then measures. */
const WARM_TICKS = Math.min(60, Math.max(5, Math.round(20_000 / clients)));
const WARM_TICK_MS = Math.max(30, clients * 0.15);
const EPOCH = '0123456789abcdef';
const nowMs = () => performance.timeOrigin + performance.now();
const secondMs = () => Math.floor(nowMs() / 1000) * 1000;
const table = workloadTable();
const startMs = secondMs();
const workload = createWorkload(table, { ratio: Number(ratioText), seed: 1, startMs });

interface Served { readonly listener: NetServer; readonly tick: () => void }

/** The product: real rooms, fed with the workload, with heartbeats and pings. */
function serveProduct(): Served {
  const listener = createHttpServer();
  const io = createSocketServer(listener, { allowedOrigins: [], isLoopbackBind: true, nowMs, handshakesPerSec: 10_000, handshakeBurst: 10_000 });
  const rooms = createRooms({ io, buildId: 'bench', walls: createWalls({ nowMs }), clock: { nowMs } });
  rooms.openChannel({
    id: 'live', edition: '2021', epoch: EPOCH, table, firstSeq: 10_000,
    playback: () => ({ nowMs: nowMs(), rate: 1, isPlaying: true, startMs: null, endMs: null, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: [] }),
    sourceHealth: () => ({ fresh: 63, late: 0, stale: 0, dead: 0, never: 0 }), control: () => {}, openAlarms: () => [], alarmLoad: () => 0,
  });
  rooms.publish('live', { columns: workload.columns, changed: Uint32Array.from({ length: table.series.length }, (_, index) => index), dataTimeMs: startMs });
  setInterval(() => rooms.heartbeat(), HEARTBEAT_EVERY_MS);
  return {
    listener,
    tick() {
      const dataTimeMs = secondMs();
      rooms.publish('live', { columns: workload.columns, changed: workload.next(dataTimeMs), dataTimeMs });
    },
  };
}

const TOPICS = scope === 'province' ? table.localities.filter(({ level }) => level === 'province').map(({ code }) => `province:${code}`) : ['nation'];

/** What one would write first: the whole picture as JSON to everybody who follows it, by socket.io's own means. */
function serveNaive(): Served {
  const listener = createHttpServer();
  const io = new SocketServer(listener, { path: SOCKET_PATH, transports: ['websocket'], serveClient: false });
  io.on('connection', (socket) => socket.on('subscribe', ({ topics }) => socket.join(topics)));
  const pictures = TOPICS.map((topic) => {
    const ranges = topicRanges(table, topic) ?? [];
    return { topic, series: ranges.flatMap(([start, end]) => table.series.slice(start, end).map(({ locality, indicator }, k) => ({ key: `${locality.code}/${indicator.id}`, index: start + k }))) };
  });
  return {
    listener,
    tick() {
      workload.next(secondMs());
      const ts = nowMs();
      for (const { topic, series } of pictures) {
        const values: Record<string, number> = {};
        for (const { key, index } of series) values[key] = workload.columns.value[index] ?? 0;
        io.to(topic).emit('snapshot', { ts, values });
      }
    },
  };
}

/** The deltas of one tick, made as the rooms make them: against what was sent before. */
function createDeltas(): () => ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const encoder = createFrameEncoder(decimalsOf(table));
  const topics = TOPICS.map((topic) => ({ topic, ranges: topicRanges(table, topic) ?? [] }));
  let seq = 10_000;
  return () => {
    const before = copyColumns(workload.columns);
    const dataTimeMs = secondMs();
    const changed = workload.next(dataTimeMs);
    const header = { kind: 'delta', channel: 'live', epoch: EPOCH, baseSeq: seq, seq: seq + 1, serverTimeMs: nowMs(), dataTimeMs, seriesCount: table.series.length } as const;
    seq += 1;
    return new Map(topics.map(({ topic, ranges }) => [topic, encoder.encodeDelta({ ...header, topic }, before, workload.columns, seriesWithin(changed, ranges))]));
  };
}

function createSockets(): { readonly add: (socket: Socket, topic: string) => void; readonly write: (topic: string, bytes: Buffer) => void } {
  const followers = new Map(TOPICS.map((topic) => [topic, new Set<Socket>()]));
  return {
    add(socket, topic) {
      const sockets = followers.get(topic);
      sockets?.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets?.delete(socket));
    },
    write(topic, bytes) { for (const socket of followers.get(topic) ?? []) socket.write(bytes); },
  };
}

/** The floor of websockets: the product's bytes, framed once, written to every socket. No subscriptions, no heartbeats, no pings. */
function serveWs(): Served {
  const listener = createHttpServer();
  const nextDeltas = createDeltas();
  const sockets = createSockets();
  const server = new WebSocketServer({ server: listener, clientTracking: false, perMessageDeflate: false });
  server.on('connection', (_, { socket, url }) => sockets.add(socket, (url ?? '').slice('/?'.length)));
  return { listener, tick() { for (const [topic, delta] of nextDeltas()) sockets.write(topic, frameParcel(delta).bytes); } };
}

/** The floor of the kernel: a length of four bytes, then the delta. */
function serveTcp(): Served {
  const nextDeltas = createDeltas();
  const sockets = createSockets();
  const listener = createTcpServer({ noDelay: true }, (socket) => {
    socket.once('data', (said) => sockets.add(socket, said.toString().trim()));
  });
  return {
    listener,
    tick() {
      for (const [topic, delta] of nextDeltas()) {
        const bytes = Buffer.allocUnsafe(4 + delta.length);
        bytes.writeUInt32BE(delta.length);
        bytes.set(delta, 4);
        sockets.write(topic, bytes);
      }
    },
  };
}

const SERVE: Readonly<Record<string, () => Served>> = { product: serveProduct, naive: serveNaive, ws: serveWs, tcp: serveTcp };

async function warmUp(tick: () => void, ticks: number, everyMs: number): Promise<void> {
  for (let k = 0; k < ticks; k++) {
    tick();
    await wait(everyMs);
  }
  globalThis.gc?.();
}

const serve = SERVE[system ?? ''];
if (serve === undefined) throw new Error(`No system of the fan-out bench is called "${system}". Known: ${Object.keys(SERVE).join(', ')}.`);
const { listener, tick } = serve();
// A server runs for months: its code compiled, the garbage of the handshakes collected. The first message starts that, then the ticks.
process.on('message', () => void warmUp(tick, WARM_TICKS, WARM_TICK_MS).then(() => {
  process.send?.({ isWarm: true });
  setInterval(tick, Number(tickMsText));
}));
process.on('disconnect', () => process.exit(0));
await warmUp(tick, IDLE_WARM_TICKS, 1);
listener.listen(0, '127.0.0.1', 4096, () => process.send?.({ port: (listener.address() as AddressInfo).port }));
