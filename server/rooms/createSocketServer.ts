import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server, type ServerOptions } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '../../shared/protocol/socket.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import { Admission, type AdmissionLimits, type HandshakeRefusal } from './admission.ts';
import { type ClosingReason, type ConnectionLimits, type EngineConnection, guardConnection } from './guardConnection.ts';
import { type OriginRule, refusalOf } from './originRule.ts';

/** Limits not given are `ENGINE_DEFAULTS`. */
export interface SocketEngineOptions extends Partial<ConnectionLimits> {
  readonly nowMs: () => number;
  readonly pingIntervalMs?: number;
  readonly pingTimeoutMs?: number;
  /** A connection ended, whether a session came of it or not. */
  readonly onClosed?: (reason: ClosingReason) => void;
}

/** Where connections can go instead of being served in this process. */
export interface OtherProcesses {
  /** Whether one of them would take it. */
  wants(connection: Duplex): boolean;
  /** From here on nothing of the connection is this process's. `onEnd`: once, when it is closed. */
  take(request: IncomingMessage, connection: Duplex, head: Buffer, onEnd: () => void): void;
}

/** Limits not given are `ADMISSION_DEFAULTS`. */
export interface SocketServerOptions extends OriginRule, SocketEngineOptions, Partial<AdmissionLimits> {
  readonly onRefused?: (reason: HandshakeRefusal) => void;
  readonly others?: OtherProcesses;
}

const ENGINE_DEFAULTS = {
  packetBurst: 100, packetsPerSec: 20,
  // Eight of the largest messages; a wall sends 0.3 KB a second.
  inboundBurstBytes: 256 * 1024, inboundBytesPerSec: 32 * 1024,
  // DESIGN §5. A whole picture with a flood of alarms is half of it.
  maxUnreadBytes: 2 * 1024 * 1024,
  pingIntervalMs: 26_000, pingTimeoutMs: 6_000, farewellMs: 2_000,
} as const;
/** A handshake costs about 1.2 ms of CPU; who is refused tries again with jitter. */
const ADMISSION_DEFAULTS = { maxConnections: 12_000, maxConnectionsPerAddress: 64, handshakesPerSec: 200, handshakesPerSecPerAddress: 40 } as const;

/**
 * [O2] engine.io would also answer plain requests to its path, and whoever listens after it would answer them again: an error
 * outside every handler. Without polling it has nothing to say to them, so they are left to those who listen for requests.
 */
function leavePlainRequests(http: HttpServer, answering: ReturnType<HttpServer['listeners']>): void {
  http.removeAllListeners('request');
  for (const listener of answering) http.on('request', (request, response) => { listener.call(http, request, response); });
}

/** Websocket only, no compression per connection, half-open links closed within 32 s. It admits everybody that `allowRequest` does; `createRooms` does the rest. */
export function createSocketEngine(http: HttpServer, options: SocketEngineOptions, allowRequest?: ServerOptions['allowRequest']): Server<ClientToServerEvents, ServerToClientEvents> {
  const limits = { ...ENGINE_DEFAULTS, ...options };
  const answering = http.listeners('request');
  const io = new Server<ClientToServerEvents, ServerToClientEvents>(http, {
    path: SOCKET_PATH, transports: ['websocket'], allowUpgrades: false, serveClient: false, perMessageDeflate: false, httpCompression: false,
    pingInterval: limits.pingIntervalMs, pingTimeout: limits.pingTimeoutMs, connectTimeout: 5000, maxHttpBufferSize: 32 * 1024, ...(allowRequest !== undefined && { allowRequest }),
  });
  leavePlainRequests(http, answering);
  io.engine.on('connection', (connection: EngineConnection) => guardConnection(connection, limits, options.nowMs, (reason) => options.onClosed?.(reason)));
  return io;
}

/** Who may connect to this port, whichever process serves it. */
class Door {
  readonly #options: SocketServerOptions;
  readonly #admission: Admission;

  constructor(options: SocketServerOptions) {
    this.#options = options;
    this.#admission = new Admission({ ...ADMISSION_DEFAULTS, ...options }, options.nowMs());
  }

  /** `null`: welcome, and one handshake of this second is taken. Otherwise why not, counted. */
  refusal(request: IncomingMessage): string | null {
    const refused = this.#judge(request);
    if (refused !== null) this.#options.onRefused?.(refused.reason);
    return refused?.message ?? null;
  }

  #judge({ socket, headers: { host, origin } }: IncomingMessage): { readonly reason: HandshakeRefusal; readonly message: string } | null {
    const address = socket.remoteAddress ?? '';
    const place = this.#admission.refusalOf(address);
    if (place !== null) return { reason: place, message: 'no connection is left; try again shortly' };
    const why = refusalOf({ host, origin }, this.#options);
    if (why !== null) return { reason: 'origin', message: why };
    const pace = this.#admission.paceRefusalOf(address, this.#options.nowMs());
    return pace === null ? null : { reason: pace, message: 'too many handshakes a second; try again shortly' };
  }

  /** Returns how the place is given back; to be called once. */
  takePlace(address: string): () => void {
    return this.#admission.takePlace(address);
  }
}

/** Judged before they came to the engine, which asks again. */
const refusedAlready = new WeakMap<IncomingMessage, string>();

/** [MC1] What is welcome goes to another process if one wants it. What is not, is refused by the engine as it always is. */
function handOver(http: HttpServer, door: Door, others: OtherProcesses): void {
  const engines = http.listeners('upgrade');
  http.removeAllListeners('upgrade');
  http.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const isOthers = request.url?.startsWith(`${SOCKET_PATH}/`) === true && others.wants(connection);
    const why = isOthers ? door.refusal(request) : null;
    if (isOthers && why === null) others.take(request, connection, head, door.takePlace(request.socket.remoteAddress ?? ''));
    else {
      if (why !== null) refusedAlready.set(request, why);
      for (const engine of engines) engine.call(http, request, connection, head);
    }
  });
}

/** An engine that listens where `http` does, and takes in whom the rules of admission let in. */
export function createSocketServer(http: HttpServer, options: SocketServerOptions): Server<ClientToServerEvents, ServerToClientEvents> {
  const door = new Door(options);
  const io = createSocketEngine(http, options, (request, answer) => {
    const why = refusedAlready.get(request) ?? door.refusal(request);
    answer(why, why === null);
  });
  // The place is free when the line is: a session that is closed can leave its line half open.
  io.engine.on('connection', ({ request: { socket }, remoteAddress }: EngineConnection) => socket.once('close', door.takePlace(remoteAddress)));
  if (options.others !== undefined) handOver(http, door, options.others);
  return io;
}
