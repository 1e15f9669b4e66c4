import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server, type ServerOptions } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '../../shared/protocol/socket.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import { Admission, type AdmissionLimits, type HandshakeRefusal } from './admission.ts';
import { type ClosingReason, type ConnectionLimits, type EngineConnection, guardConnection } from './guardConnection.ts';
import { WaitingLine } from './handshakePace.ts';
import { type OriginRule, refusalOf } from './originRule.ts';
import { refuseForNow } from './refuseForNow.ts';

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
/**
 * Who is refused is told when to come again. A handshake with its first snapshot takes 0.6 ms of CPU once it is compiled, a refusal 0.12. At 100 a
 * second 2,000 clients are back in 20 s. At 200 in 15 s, but beside other work ingest once took 2.7 × as long meanwhile (bench reconnectStorm).
 */
const ADMISSION_DEFAULTS = { maxConnections: 12_000, maxConnectionsPerAddress: 64, handshakesPerSec: 100, handshakeBurst: 60, handshakesPerSecPerAddress: 40 } as const;
/** Somebody has to leave first, and nobody knows when. */
const FULL_WAIT_MS = 10_000;

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

type Refusal = { readonly reason: HandshakeRefusal; readonly waitMs: number } | { readonly reason: 'origin'; readonly message: string };

/** Who may connect to this port, whichever process serves it. */
class Door {
  readonly #options: SocketServerOptions;
  readonly #admission: Admission;
  readonly #vacancies: WaitingLine;

  constructor(options: SocketServerOptions) {
    this.#options = options;
    const limits = { ...ADMISSION_DEFAULTS, ...options };
    this.#admission = new Admission(limits, options.nowMs());
    this.#vacancies = new WaitingLine(limits.handshakesPerSec, options.nowMs());
  }

  /** `null`: welcome, and one handshake of this second is taken. Otherwise why not, counted. */
  refusal(request: IncomingMessage): Refusal | null {
    const refused = this.#judge(request);
    if (refused !== null) this.#options.onRefused?.(refused.reason);
    return refused;
  }

  #judge({ socket, headers: { host, origin } }: IncomingMessage): Refusal | null {
    const message = refusalOf({ host, origin }, this.#options);
    if (message !== null) return { reason: 'origin', message };
    const nowMs = this.#options.nowMs();
    const address = socket.remoteAddress ?? '';
    const place = this.#admission.refusalOf(address);
    return place === null ? this.#admission.paceRefusalOf(address, nowMs) : { reason: place, waitMs: FULL_WAIT_MS + this.#vacancies.take(nowMs) };
  }

  /** Returns how the place is given back; to be called once. */
  takePlace(address: string): () => void {
    return this.#admission.takePlace(address);
  }
}

/** Requests of foreign pages, and what the engine is to answer. */
const foreign = new WeakMap<IncomingMessage, string>();

/** [O4] Judges before the engine does, which has no answer of the kind that says when to come again. Whom it lets pass the engine takes. */
function standBefore(http: HttpServer, door: Door, others: OtherProcesses | undefined): void {
  const engines = http.listeners('upgrade');
  http.removeAllListeners('upgrade');
  http.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const refused = request.url?.startsWith(`${SOCKET_PATH}/`) === true ? door.refusal(request) : null;
    if (refused !== null && 'waitMs' in refused) refuseForNow(request, refused.waitMs);
    // [MC1] What is welcome goes to another process if one wants it.
    else if (refused === null && others?.wants(connection) === true) others.take(request, connection, head, door.takePlace(request.socket.remoteAddress ?? ''));
    else {
      if (refused !== null) foreign.set(request, refused.message);
      for (const engine of engines) engine.call(http, request, connection, head);
    }
  });
}

/** An engine that listens where `http` does, and takes in whom the rules of admission let in. */
export function createSocketServer(http: HttpServer, options: SocketServerOptions): Server<ClientToServerEvents, ServerToClientEvents> {
  const door = new Door(options);
  const io = createSocketEngine(http, options, (request, answer) => {
    const why = foreign.get(request) ?? null;
    answer(why, why === null);
  });
  // The place is free when the line is: a session that is closed can leave its line half open.
  io.engine.on('connection', ({ request: { socket }, remoteAddress }: EngineConnection) => socket.once('close', door.takePlace(remoteAddress)));
  standBefore(http, door, options.others);
  return io;
}
