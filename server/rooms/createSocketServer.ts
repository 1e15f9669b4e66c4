import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server, type ServerOptions } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '../../shared/protocol/socket.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import { Admission, type AdmissionOptions } from './admission.ts';
import { TokenBucket } from './tokenBucket.ts';

export interface SocketEngineOptions {
  readonly nowMs: () => number;
  /** Packets of one client at once, of any kind; more than its messages may be, for pongs and acknowledgements. */
  readonly packetBurst?: number;
  readonly packetsPerSec?: number;
}

/** Where connections can go instead of being served in this process. */
export interface OtherProcesses {
  /** Whether one of them would take it. */
  wants(connection: Duplex): boolean;
  /** From here on nothing of the connection is this process's. `onEnd`: once, when it is closed. */
  take(request: IncomingMessage, connection: Duplex, head: Buffer, onEnd: () => void): void;
}

export interface SocketServerOptions extends AdmissionOptions, SocketEngineOptions {
  readonly others?: OtherProcesses;
}

/** Socket.IO: type, attachments, then the namespace if it is not the root. */
const OTHER_NAMESPACE = /^\d(?:\d*-)?\/[^,]/;

/** The part of an engine.io session that is used here. */
interface EngineConnection {
  readonly remoteAddress: string;
  on(event: 'close', listener: () => void): void;
  on(event: 'packet', listener: (packet: { readonly type: string; readonly data?: unknown }) => void): void;
  close(discard: boolean): void;
}

/**
 * [W6] Sessions see events only. Pongs and acknowledgements cost too, and a request for another namespace is answered with the name
 * that was sent, up to 32 KB, which a client that does not read leaves in our memory each time.
 */
function guardPackets(connection: EngineConnection, packets: TokenBucket, nowMs: () => number): void {
  connection.on('packet', ({ data }) => {
    const isForOther = typeof data === 'string' && OTHER_NAMESPACE.test(data);
    if (isForOther || !packets.take(nowMs())) connection.close(true);
  });
}

/**
 * [O2] engine.io would also answer plain requests to its path, and whoever listens after it would answer them again: an error
 * outside every handler. Without polling it has nothing to say to them, so they are left to those who listen for requests.
 */
function leavePlainRequests(http: HttpServer, answering: ReturnType<HttpServer['listeners']>): void {
  http.removeAllListeners('request');
  for (const listener of answering) http.on('request', (request, response) => { listener.call(http, request, response); });
}

/** [MC1] What is welcome goes to another process if one wants it. What is not, the engine refuses as it always does. */
function handOver(http: HttpServer, admission: Admission, others: OtherProcesses): void {
  const engines = http.listeners('upgrade');
  http.removeAllListeners('upgrade');
  http.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const isOthers = request.url?.startsWith(`${SOCKET_PATH}/`) === true && others.wants(connection) && admission.refusal(request) === null;
    if (isOthers) others.take(request, connection, head, admission.opened(request.socket.remoteAddress ?? ''));
    else for (const engine of engines) engine.call(http, request, connection, head);
  });
}

/** Websocket only, no compression per connection, half-open links closed within 32 s. It admits everybody that `allowRequest` does; `createRooms` does the rest. */
export function createSocketEngine(http: HttpServer, options: SocketEngineOptions, allowRequest?: ServerOptions['allowRequest']): Server<ClientToServerEvents, ServerToClientEvents> {
  const { packetBurst = 100, packetsPerSec = 20, nowMs } = options;
  const answering = http.listeners('request');
  const io = new Server<ClientToServerEvents, ServerToClientEvents>(http, {
    path: SOCKET_PATH, transports: ['websocket'], allowUpgrades: false, serveClient: false, perMessageDeflate: false, httpCompression: false,
    pingInterval: 26_000, pingTimeout: 6_000, connectTimeout: 5000, maxHttpBufferSize: 32 * 1024, ...(allowRequest !== undefined && { allowRequest }),
  });
  leavePlainRequests(http, answering);
  io.engine.on('connection', (connection: EngineConnection) => guardPackets(connection, new TokenBucket(packetBurst, packetsPerSec, nowMs()), nowMs));
  return io;
}

/** An engine that listens where `http` does, and takes in whom the rules of admission let in. */
export function createSocketServer(http: HttpServer, options: SocketServerOptions): Server<ClientToServerEvents, ServerToClientEvents> {
  const admission = new Admission(options);
  const io = createSocketEngine(http, options, (request, answer) => {
    const why = admission.refusal(request);
    answer(why, why === null);
  });
  io.engine.on('connection', (connection: EngineConnection) => connection.on('close', admission.opened(connection.remoteAddress)));
  if (options.others !== undefined) handOver(http, admission, options.others);
  return io;
}
