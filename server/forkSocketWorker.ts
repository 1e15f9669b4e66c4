import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { WorkerStart } from './rooms/workerMessages.ts';

/** `advanced`: typed arrays go as bytes. */
export function forkSocketWorker(start: WorkerStart): ChildProcess {
  return fork(join(import.meta.dirname, 'socket.worker.ts'), [JSON.stringify(start)], { serialization: 'advanced' });
}
