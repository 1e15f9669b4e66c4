import type { ChildProcess } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Playback, Problem } from '../../shared/protocol/socket.ts';
import type { WallReports } from '../ports/walls.ts';
import { addStats, NO_STATS } from './addStats.ts';
import type { OtherProcesses, SocketEngineOptions } from './createSocketServer.ts';
import { canStopReading } from './directPath.ts';
import type { RoomsStats } from './rooms.ts';
import type { ToWorker } from './workerMessages.ts';
import { WorkerProcess } from './workerProcess.ts';

/**
 * A worker is asked with every heartbeat that is due by time. One that owes this many answers is ended: in 20 s not even a busy
 * machine starts a process more slowly, and what waits for it is at most 20 s of ticks, of about 41 bytes for each series that changed.
 */
const MOST_UNANSWERED = 10;
const RESTART_AFTER_MS = 500;
const LONGEST_RESTART_AFTER_MS = 30_000;

const NOT_HANDED_OVER: Problem = {
  severity: 'warning', code: 'not-handed-over', message: 'A connection that this process decrypts, or whose inner shape is not the one server/rooms/directPath.ts knows, cannot be handed to a socket worker; such ones are served here.',
  tip: 'Let the proxy in front speak TLS, or set IOC_SOCKET_WORKERS=0.',
};

export interface SocketWorkersOptions {
  readonly fork: () => ChildProcess;
  readonly walls: WallReports;
  readonly onProblem: (problem: Problem) => void;
  readonly onClosed?: SocketEngineOptions['onClosed'];
}

/** What workers need of the process that holds the state. */
export interface WorkerHost {
  /** All that a new worker must know before it may serve anyone. */
  welcome(): readonly ToWorker[];
  steer(request: Playback, refuse: (why: string) => void): void;
}

/** [MC1] The processes that serve sockets beside this one; none until `start`. */
export class SocketWorkers implements OtherProcesses {
  readonly #options: SocketWorkersOptions;
  readonly #started = new Set<WorkerProcess>();
  readonly #ready = new Set<WorkerProcess>();
  #isStarted = false;
  #restartAfterMs = RESTART_AFTER_MS;
  #lostCount = 0;
  /** Of workers that ended: counters must not step back. */
  #statsOfLost: RoomsStats = NO_STATS;
  #isNotHandedOverTold = false;
  #isClosed = false;

  constructor(options: SocketWorkersOptions) {
    this.#options = options;
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  /** Those that serve. */
  get readyCount(): number {
    return this.#ready.size;
  }

  get lostCount(): number {
    return this.#lostCount;
  }

  /** Of all workers, as they last answered. */
  get stats(): RoomsStats {
    return [...this.#started].reduce((sum, { stats }) => (stats === null ? sum : addStats(sum, stats)), this.#statsOfLost);
  }

  start(count: number, host: WorkerHost): void {
    this.#isStarted = true;
    for (let k = 0; k < count; k++) this.#begin(host);
  }

  #begin(host: WorkerHost): void {
    if (this.#isClosed) return;
    const { fork, walls, onProblem, onClosed } = this.#options;
    this.#started.add(new WorkerProcess(fork(), walls, {
      onReady: (worker) => {
        for (const message of host.welcome()) worker.send(message);
        this.#ready.add(worker);
      },
      onEnd: (worker, why) => this.#lost(worker, why, host),
      onPlayback(request, answer) {
        // The channels of this process refuse at once.
        let refusal: string | null = null;
        host.steer(request, (reason) => { refusal = reason; });
        answer(refusal);
      },
      onProblem,
      onClosed: (reason) => onClosed?.(reason),
    }));
  }

  #lost(worker: WorkerProcess, why: string, host: WorkerHost): void {
    this.#ready.delete(worker);
    this.#started.delete(worker);
    if (this.#isClosed) return;
    this.#lostCount += 1;
    const { stats } = worker;
    if (stats !== null) this.#statsOfLost = addStats(this.#statsOfLost, { ...stats, sessions: 0, emitSessions: 0, subscribers: [] });
    this.#options.onProblem({
      severity: 'error', code: 'socket-worker-lost', message: `A socket worker ended (${why}); its clients connect again and go on. Another one starts in ${this.#restartAfterMs} ms.`,
      tip: 'If it repeats, look at the memory of the machine and at the log above.',
    });
    setTimeout(() => this.#begin(host), this.#restartAfterMs).unref();
    this.#restartAfterMs = Math.min(LONGEST_RESTART_AFTER_MS, this.#restartAfterMs * 2);
  }

  send(message: ToWorker): void {
    for (const worker of this.#ready) worker.send(message);
  }

  /** Every `HEARTBEAT_EVERY_MS`: who answers is well, and who has not for long is ended. */
  ask(): void {
    if ([...this.#ready].some(({ unanswered, stats }) => unanswered === 0 && stats !== null)) this.#restartAfterMs = RESTART_AFTER_MS;
    for (const worker of this.#started) {
      if (worker.unanswered >= MOST_UNANSWERED) worker.kill();
      else worker.ask();
    }
  }

  wants(connection: Duplex): boolean {
    if (this.#ready.size === 0) return false;
    if (connection instanceof Socket && !(connection instanceof TLSSocket) && canStopReading(connection)) return true;
    if (!this.#isNotHandedOverTold) this.#options.onProblem(NOT_HANDED_OVER);
    this.#isNotHandedOverTold = true;
    return false;
  }

  /** The one with the fewest connections. */
  take(request: IncomingMessage, connection: Duplex, head: Buffer, onEnd: () => void): void {
    const [least] = [...this.#ready].sort((a, b) => a.connections - b.connections);
    if (least === undefined || !(connection instanceof Socket)) throw new Error('Invariant: a connection is handed over only where `wants` says so.');
    least.take(request, connection, head, onEnd);
  }

  close(): void {
    this.#isClosed = true;
    for (const worker of this.#started) worker.letGo();
  }
}
