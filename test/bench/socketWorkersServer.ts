import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { forkSocketWorker } from '../../server/forkSocketWorker.ts';
import { openSockets } from '../../server/rooms/openSockets.ts';
import { HEARTBEAT_EVERY_MS } from '../../server/rooms/rooms.ts';
import { createWalls } from '../../server/walls/createWalls.ts';
import { createWorkload, workloadTable } from './workload.ts';

// The product's sockets with so many workers, fed with the workload; forked by `socketWorkers.ts`. Arguments: workers, ms between ticks.

const [, , workersText, tickMsText] = process.argv;
const count = Number(workersText);
const nowMs = () => performance.timeOrigin + performance.now();
const secondMs = () => Math.floor(nowMs() / 1000) * 1000;
const table = workloadTable();
const workload = createWorkload(table, { ratio: 0.2, seed: 1, startMs: secondMs() });
const pids = [process.pid];
const http = createServer();
const { rooms, workers } = openSockets(http, {
  allowedOrigins: [], isLoopbackBind: true, buildId: 'bench', walls: createWalls({ nowMs }), nowMs, handshakesPerSec: 10_000, onProblem: console.error, plan: { count, fromSessions: 0 },
  fork() {
    const worker = forkSocketWorker({ buildId: 'bench', clockOffsetMs: nowMs() - Number(process.hrtime.bigint()) / 1e6 });
    pids.push(worker.pid ?? 0);
    return worker;
  },
});
rooms.openChannel({
  id: 'live', edition: '2021', epoch: '0123456789abcdef', table, firstSeq: 10_000,
  playback: () => ({ nowMs: nowMs(), rate: 1, isPlaying: true, startMs: null, endMs: null, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: [] }),
  sourceHealth: () => ({ fresh: 63, late: 0, stale: 0, dead: 0, never: 0 }), control: () => {}, openAlarms: () => [], alarmLoad: () => 0,
});
const all = Uint32Array.from({ length: table.series.length }, (_, index) => index);
rooms.publish('live', { columns: workload.columns, changed: all, dataTimeMs: secondMs() });
setInterval(() => rooms.heartbeat(), HEARTBEAT_EVERY_MS);
setInterval(() => {
  const dataTimeMs = secondMs();
  rooms.publish('live', { columns: workload.columns, changed: workload.next(dataTimeMs), dataTimeMs });
}, Number(tickMsText));

const delay = monitorEventLoopDelay({ resolution: 5 });
process.on('message', (message) => {
  if (message === 'connecting') delay.enable();
  else {
    delay.disable();
    process.send?.({ loopP99Ms: delay.percentile(99) / 1e6 });
  }
});
process.on('disconnect', () => process.exit(0));

const listenWhenReady = setInterval(() => {
  if (workers.readyCount < count) return;
  clearInterval(listenWhenReady);
  http.listen(0, '127.0.0.1', 4096, () => process.send?.({ port: (http.address() as AddressInfo).port, pids }));
}, 50);
