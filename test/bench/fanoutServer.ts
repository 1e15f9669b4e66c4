import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { createRooms } from '../../server/rooms/createRooms.ts';
import { createWalls } from '../../server/walls/createWalls.ts';
import { createSocketServer } from '../../server/rooms/createSocketServer.ts';
import { frameParcel } from '../../server/rooms/parcel.ts';
import { HEARTBEAT_EVERY_MS } from '../../server/rooms/rooms.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import { decimalsOf } from '../../shared/frame/topicRanges.ts';
import { copyColumns } from '../support/someReadings.ts';
import { createWorkload, workloadTable } from './workload.ts';

// One server under test, `rooms` or `raw`, in a process of its own so that its CPU can be read from outside. Forked by `fanout.ts`.

const [, , system] = process.argv;
const WARM_TICKS = 60;
const WARM_TICK_MS = 30;
const EPOCH = '0123456789abcdef';
const nowMs = () => performance.timeOrigin + performance.now();
const table = workloadTable();
const startMs = Math.floor(nowMs() / 1000) * 1000;
const workload = createWorkload(table, { ratio: 0.2, seed: 1, startMs });
const http = createServer();

/** The product: real rooms, fed with the workload, with heartbeats and pings. */
function serveRooms(): () => void {
  const io = createSocketServer(http, { allowedOrigins: [], isLoopbackBind: true, nowMs, handshakesPerSec: 10_000 });
  const rooms = createRooms({ io, buildId: 'bench', walls: createWalls({ nowMs }), clock: { nowMs } });
  rooms.openChannel({
    id: 'live', edition: '2021', epoch: EPOCH, table, firstSeq: 10_000,
    playback: () => ({ nowMs: nowMs(), rate: 1, isPlaying: true, startMs: null, endMs: null, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: [] }),
    sourceHealth: () => ({ fresh: 63, late: 0, stale: 0, dead: 0, never: 0 }), control: () => null, openAlarms: () => [], alarmLoad: () => 0,
  });
  rooms.publish('live', { columns: workload.columns, changed: Uint32Array.from({ length: table.series.length }, (_, index) => index), dataTimeMs: startMs });
  setInterval(() => rooms.heartbeat(), HEARTBEAT_EVERY_MS);
  return () => {
    const dataTimeMs = Math.floor(nowMs() / 1000) * 1000;
    rooms.publish('live', { columns: workload.columns, changed: workload.next(dataTimeMs), dataTimeMs });
  };
}

/** The floor: the same bytes, built once at the start, written to every socket. No subscriptions, no heartbeats, no pings. */
function serveRaw(): () => void {
  const before = copyColumns(workload.columns);
  const changed = workload.next(startMs + 1000);
  const header = { kind: 'delta', channel: 'live', topic: 'nation', epoch: EPOCH, baseSeq: 10_000, seq: 10_001, serverTimeMs: nowMs(), dataTimeMs: startMs + 1000, seriesCount: table.series.length } as const;
  const { bytes } = frameParcel(createFrameEncoder(decimalsOf(table)).encodeDelta(header, before, workload.columns, changed));
  const serverTimeAt = bytes.indexOf('DVP1') + 8;
  const sockets = new Set<Socket>();
  const server = new WebSocketServer({ server: http, clientTracking: false, perMessageDeflate: false });
  server.on('connection', (_, { socket }) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return () => {
    const frame = Buffer.from(bytes);
    frame.writeDoubleLE(nowMs(), serverTimeAt);
    for (const socket of sockets) socket.write(frame);
  };
}

const tick = system === 'rooms' ? serveRooms() : serveRaw();

/** A server runs for months: its code compiled, the garbage of the handshakes collected. Then the ticks at their pace. */
async function warmUp(): Promise<void> {
  for (let k = 0; k < WARM_TICKS; k++) {
    tick();
    await wait(WARM_TICK_MS);
  }
  globalThis.gc?.();
  process.send?.({ isWarm: true });
}

let timer: ReturnType<typeof setInterval> | undefined;

/** A message is the pace to tick at from now on, in ms; the first one is preceded by the warm-up. */
process.on('message', (tickMs) => {
  clearInterval(timer);
  if (timer === undefined) void warmUp().then(() => { timer = setInterval(tick, Number(tickMs)); });
  else timer = setInterval(tick, Number(tickMs));
});
process.on('disconnect', () => process.exit(0));
http.listen(0, '127.0.0.1', 4096, () => process.send?.({ port: (http.address() as AddressInfo).port }));
