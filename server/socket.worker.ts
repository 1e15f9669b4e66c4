import type { Socket } from 'node:net';
import { serveHandedOver } from './rooms/serveHandedOver.ts';
import type { FromWorker, ToWorker, WorkerStart } from './rooms/workerMessages.ts';

// A process that serves connections which the primary hands over; forked by main.ts with a WorkerStart as its only argument.
const start: WorkerStart = JSON.parse(process.argv[2] ?? '');
const nowMs = () => Number(process.hrtime.bigint()) / 1e6 + start.clockOffsetMs;
// Once the primary is gone nobody hears, and the end is near.
const send = (message: FromWorker) => { if (process.connected) process.send?.(message, undefined, undefined, () => {}); };
const served = serveHandedOver(start, nowMs, send);

// A signal to the whole group is for the primary: it stops in order and then ends this process, by letting go of it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => {
  served.close();
  setImmediate(() => process.exit(0));
});
process.on('message', (message: ToWorker, connection: unknown) => served.handle(message, connection as Socket | undefined));
send({ kind: 'ready' });
