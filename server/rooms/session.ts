import type { Socket } from 'socket.io';
import type { ClientToServerEvents, Problem, ServerToClientEvents, WallCommand } from '../../shared/protocol/socket.ts';
import type { WallPage } from '../ports/walls.ts';
import { type DirectPath, openDirectPath, releaseRequest } from './directPath.ts';
import type { Parcel } from './parcel.ts';
import type { RoomsLimits } from './roomsLimits.ts';
import { TokenBucket } from './tokenBucket.ts';

export type ClientSocket = Socket<ClientToServerEvents, ServerToClientEvents>;

/** Without the direct path the kernel's buffer cannot be seen: this many parcels may wait for engine.io's next `drain`. */
const EMITTED_IN_FLIGHT = 8;

/** One connected client: how it is written to, whether it keeps up, how much it may ask. */
export class Session implements WallPage {
  readonly socket: ClientSocket;
  /** Counts sessions since the start. */
  readonly number: number;
  readonly messages: TokenBucket;
  readonly resyncs: TokenBucket;
  refusals = 0;
  topicCount = 0;
  readonly #direct: DirectPath | null;
  #emittedInFlight = 0;

  constructor(socket: ClientSocket, number: number, limits: RoomsLimits, nowMs: number, useDirectPath: boolean) {
    this.socket = socket;
    this.number = number;
    this.messages = new TokenBucket(limits.messageBurst, limits.messagesPerSec, nowMs);
    this.resyncs = new TokenBucket(limits.resyncBurst, limits.resyncsPerSec, nowMs);
    this.#direct = useDirectPath ? openDirectPath(socket) : null;
    if (this.#direct === null) socket.conn.on('drain', () => { this.#emittedInFlight = 0; });
    releaseRequest(socket);
  }

  get isDirect(): boolean {
    return this.#direct !== null;
  }

  /** [B4] Something is still in flight: what the kernel's buffer could not take. It gets nothing more until that is gone. */
  get isBusy(): boolean {
    return this.#direct === null ? this.#emittedInFlight >= EMITTED_IN_FLIGHT : this.#direct.unsentBytes > 0;
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
    this.socket.emit('command', command);
  }

  tell(problem: Problem): void {
    this.socket.emit('problem', problem);
  }
}
