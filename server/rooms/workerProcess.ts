import type { ChildProcess } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Playback, Problem } from '../../shared/protocol/socket.ts';
import type { WallPage, WallReports } from '../ports/walls.ts';
import { stopReading } from './directPath.ts';
import type { ClosingReason } from './guardConnection.ts';
import type { RoomsStats } from './rooms.ts';
import type { FromWorker, ToWorker } from './workerMessages.ts';

export interface WorkerListener {
  onReady(worker: WorkerProcess): void;
  /** Once. Its connections are closed and its walls have left. */
  onEnd(worker: WorkerProcess, why: string): void;
  onPlayback(request: Playback, answer: (why: string | null) => void): void;
  onProblem(problem: Problem): void;
  onClosed(reason: ClosingReason): void;
}

/** A worker as the primary process sees it: what it was given, and what it says. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #walls: WallReports;
  readonly #listener: WorkerListener;
  /** What to call when a connection is closed. */
  readonly #endById = new Map<number, () => void>();
  /** Not taken over yet: they are still this process's to close. */
  readonly #onTheWay = new Set<Socket>();
  readonly #pageById = new Map<number, WallPage>();
  #connectionsSinceStart = 0;
  #unanswered = 0;
  #stats: RoomsStats | null = null;

  constructor(child: ChildProcess, walls: WallReports, listener: WorkerListener) {
    this.#child = child;
    this.#walls = walls;
    this.#listener = listener;
    child.on('message', (message: FromWorker) => this.#handle(message));
    // An end follows; a message that could not be sent any more is nothing else.
    child.on('error', () => {});
    child.once('exit', (code, signal) => this.#end(signal ?? `code ${code}`));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get connections(): number {
    return this.#endById.size;
  }

  /** Questions it has not answered: it does not keep up, or has not begun. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** As of its last answer; `null`: none yet. */
  get stats(): RoomsStats | null {
    return this.#stats;
  }

  send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, undefined, undefined, () => {});
  }

  ask(): void {
    this.#unanswered += 1;
    this.send({ kind: 'ask' });
  }

  take({ url = '', headers }: IncomingMessage, connection: Socket, head: Buffer, onEnd: () => void): void {
    const connectionId = this.#connectionsSinceStart++;
    this.#endById.set(connectionId, onEnd);
    this.#onTheWay.add(connection);
    // Nobody else listens by now, and what nobody hears would end the process.
    connection.on('error', () => {});
    stopReading(connection);
    this.#child.send({ kind: 'connection', connectionId, url, headers, head } satisfies ToWorker, connection, {}, (error) => {
      this.#onTheWay.delete(connection);
      if (error === null) return;
      connection.destroy();
      this.#closed(connectionId);
    });
  }

  /** In order: it disconnects everyone. */
  letGo(): void {
    // One that does not read would not hear of it.
    if (this.#unanswered > 1) this.kill();
    else if (this.#child.connected) this.#child.disconnect();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #closed(connectionId: number): void {
    this.#endById.get(connectionId)?.();
    this.#endById.delete(connectionId);
  }

  #end(why: string): void {
    for (const connection of this.#onTheWay) connection.destroy();
    this.#onTheWay.clear();
    for (const connectionId of this.#endById.keys()) this.#closed(connectionId);
    for (const page of this.#pageById.values()) this.#walls.left(page);
    this.#pageById.clear();
    this.#listener.onEnd(this, why);
  }

  #pageOf(pageId: number): WallPage {
    const known = this.#pageById.get(pageId);
    if (known !== undefined) return known;
    const page: WallPage = { command: (command) => this.send({ kind: 'command', pageId, command }), tell: (problem) => this.send({ kind: 'tell', pageId, problem }) };
    this.#pageById.set(pageId, page);
    return page;
  }

  #handle(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.#listener.onReady(this);
        break;
      case 'answer':
        this.#unanswered = 0;
        this.#stats = message.stats;
        break;
      case 'closed':
        this.#closed(message.connectionId);
        break;
      case 'ended':
        this.#listener.onClosed(message.reason);
        break;
      case 'playback':
        this.#listener.onPlayback(message.request, (why) => this.send({ kind: 'steered', requestId: message.requestId, why }));
        break;
      case 'report':
        this.#walls.report(this.#pageOf(message.pageId), message.report, message.isAtHead);
        break;
      case 'goodbye':
        this.#walls.goodbye(this.#pageOf(message.pageId));
        break;
      case 'left':
        this.#walls.left(this.#pageOf(message.pageId));
        this.#pageById.delete(message.pageId);
        break;
      case 'problem':
        this.#listener.onProblem(message.problem);
        break;
    }
  }
}
