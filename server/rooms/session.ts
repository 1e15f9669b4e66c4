import type { Socket as TcpSocket } from 'node:net';
import type { Socket } from 'socket.io';
import type { ClientToServerEvents, Problem, ServerToClientEvents, WallCommand } from '../../shared/protocol/socket.ts';
import type { WallPage } from '../ports/walls.ts';
import { type DirectPath, openDirectPath, releaseRequest } from './directPath.ts';
import type { Parcel } from './parcel.ts';
import type { RoomsCounters } from './rooms.ts';
import type { RoomsLimits } from './roomsLimits.ts';
import { TokenBucket } from './tokenBucket.ts';

export type ClientSocket = Socket<ClientToServerEvents, ServerToClientEvents>;

/** Without the direct path parcels also wait in engine.io's queue: this many, for its next `drain`. */
const EMITTED_IN_FLIGHT = 8;
/** Problems and commands that may wait for it on either path, at most 40 KB: more than a client is refused before it is closed. */
const NOTICES_IN_FLIGHT = 64;

/** One connected client: how it is written to, whether it keeps up, how much it may ask. */
export class Session implements WallPage {
  readonly socket: ClientSocket;
  /** Counts sessions since the start. */
  readonly number: number;
  readonly messages: TokenBucket;
  readonly resyncs: TokenBucket;
  refusals = 0;
  topicCount = 0;
  readonly #counters: RoomsCounters;
  readonly #tcp: TcpSocket;
  readonly #direct: DirectPath | null;
  #emittedInFlight = 0;
  #noticesInFlight = 0;

  constructor(socket: ClientSocket, number: number, limits: RoomsLimits, counters: RoomsCounters, nowMs: number, useDirectPath: boolean) {
    this.socket = socket;
    this.number = number;
    this.messages = new TokenBucket(limits.messageBurst, limits.messagesPerSec, nowMs);
    this.resyncs = new TokenBucket(limits.resyncBurst, limits.resyncsPerSec, nowMs);
    this.#counters = counters;
    this.#tcp = socket.conn.request.socket;
    this.#direct = useDirectPath ? openDirectPath(socket) : null;
    socket.conn.on('drain', () => {
      this.#emittedInFlight = 0;
      this.#noticesInFlight = 0;
    });
    releaseRequest(socket);
  }

  get isDirect(): boolean {
    return this.#direct !== null;
  }

  /** [B4] Something is still in flight: what the kernel's buffer could not take. It gets nothing more until that is gone. */
  get isBusy(): boolean {
    return this.#tcp.writableLength > 0 || this.#emittedInFlight >= EMITTED_IN_FLIGHT;
  }

  deliver(parcel: Parcel): void {
    if (this.#direct !== null) {
      this.#direct.write(parcel.bytes);
      return;
    }
    this.#emittedInFlight += 1;
    for (const message of parcel.messages) this.#emit(message);
  }

  #emit(message: Parcel['messages'][number]): void {
    if (message.event === 'frame') this.socket.emit('frame', message.payload);
    else if (message.event === 'heartbeat') this.socket.emit('heartbeat', message.payload);
    else this.socket.emit('alarms', message.payload);
  }

  command(command: WallCommand): void {
    if (this.#mayNotify()) this.socket.emit('command', command);
  }

  tell(problem: Problem): void {
    if (this.#mayNotify()) this.socket.emit('problem', problem);
  }

  /** A client that asks and never reads would fill the queue with answers. */
  #mayNotify(): boolean {
    if (this.#noticesInFlight >= NOTICES_IN_FLIGHT) {
      this.#counters.withheldNotices += 1;
      return false;
    }
    this.#noticesInFlight += 1;
    return true;
  }

  /** What it was told goes first, if it reads. */
  end(): void {
    this.socket.disconnect(true);
    if (this.isBusy) this.socket.conn.close(true);
  }
}
