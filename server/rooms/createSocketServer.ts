import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { isIP } from 'node:net';
import { Server } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '../../shared/protocol/socket.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import { Admission, WaitingLine } from './admission.ts';
import { refuseForNow } from './refuseForNow.ts';
import { TokenBucket } from './tokenBucket.ts';

export interface SocketServerOptions {
  /** Pages of other origins that may connect, as `scheme://host[:port]`. Their hosts are names we answer to. */
  readonly allowedOrigins: readonly string[];
  /** The HTTP server listens on loopback only. */
  readonly isLoopbackBind: boolean;
  readonly nowMs: () => number;
  readonly maxConnections?: number;
  /** Not counted for loopback peers: a reverse proxy on this machine is one address for everybody. */
  readonly maxConnectionsPerAddress?: number;
  /**
   * The others are told when to come again. A handshake with its first snapshot takes 0.6 ms of CPU once it is compiled, a refusal 0.12. At 100 a
   * second 2,000 clients are back in 20 s. At 200 in 15 s, but beside other work ingest once took 2.7 × as long meanwhile (bench reconnectStorm).
   */
  readonly handshakesPerSec?: number;
  /** At once, after a calm; more than come in the half second by which a page may be late (client/net/retryDelay.ts). */
  readonly handshakeBurst?: number;
  /** Packets of one client at once, of any kind; more than its messages may be, for pongs and acknowledgements. */
  readonly packetBurst?: number;
  readonly packetsPerSec?: number;
}

export type OriginRule = Pick<SocketServerOptions, 'allowedOrigins' | 'isLoopbackBind'>;

const DEFAULTS = { maxConnections: 12_000, maxConnectionsPerAddress: 64, handshakesPerSec: 100, handshakeBurst: 60, packetBurst: 100, packetsPerSec: 20 } as const;
/** Somebody has to leave first, and nobody knows when. */
const FULL_WAIT_MS = 10_000;
/** Socket.IO: type, attachments, then the namespace if it is not the root. */
const OTHER_NAMESPACE = /^\d(?:\d*-)?\/[^,]/;
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

function hostOf(url: string): { readonly host: string; readonly hostname: string } | null {
  const parsed = URL.parse(url);
  return parsed === null || parsed.host === '' ? null : { host: parsed.host, hostname: parsed.hostname };
}

function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

/**
 * [O1] `null`, or why the handshake is refused. socket.io itself checks no origin on a websocket.
 * Host: a name that we answer to, so that a foreign name pointed at this server (DNS rebinding) does not count as ours: on a
 * loopback bind loopback names, elsewhere any bare address or "localhost"; always the hosts of `allowedOrigins`.
 * Origin: of the same host, or one of `allowedOrigins`. None at all (a program, not a page) only on a loopback bind.
 */
export function refusalOf({ host, origin }: { readonly host: string | undefined; readonly origin: string | undefined }, rule: OriginRule): string | null {
  const asked = hostOf(`http://${host ?? ''}`);
  const isListed = asked !== null && rule.allowedOrigins.some((allowed) => hostOf(allowed)?.host === asked.host);
  const isOurs = asked !== null && (LOOPBACK_NAMES.has(asked.hostname) || (!rule.isLoopbackBind && isAddress(asked.hostname)));
  if (asked === null || !(isListed || isOurs)) return `host "${host ?? ''}" is not one this server answers to; add its origin to the allowed ones`;
  if (origin === undefined) return rule.isLoopbackBind ? null : 'an Origin header is needed from other machines';
  const isAllowed = rule.allowedOrigins.includes(origin) || (/^https?:\/\//.test(origin) && hostOf(origin)?.host === asked.host);
  return isAllowed ? null : `origin "${origin}" is not allowed; add it to the allowed ones`;
}

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

/** Websocket only, no compression per connection, half-open links closed within 32 s. `createRooms` does the rest. */
export function createSocketServer(http: HttpServer, options: SocketServerOptions): Server<ClientToServerEvents, ServerToClientEvents> {
  const { maxConnections, maxConnectionsPerAddress, handshakesPerSec, handshakeBurst, packetBurst, packetsPerSec } = { ...DEFAULTS, ...options };
  const handshakes = new Admission(handshakesPerSec, handshakeBurst, options.nowMs());
  const vacancies = new WaitingLine(handshakesPerSec, options.nowMs());
  const countByAddress = new Map<string, number>();
  let connections = 0;

  /** [O3] `null`: let in. Otherwise how many ms to wait. */
  function waitMsOf({ socket }: IncomingMessage): number | null {
    const nowMs = options.nowMs();
    const isFull = connections >= maxConnections || (countByAddress.get(socket.remoteAddress ?? '') ?? 0) >= maxConnectionsPerAddress;
    return isFull ? FULL_WAIT_MS + vacancies.take(nowMs) : handshakes.ask(nowMs);
  }

  const answering = http.listeners('request');
  const io = new Server<ClientToServerEvents, ServerToClientEvents>(http, {
    path: SOCKET_PATH, transports: ['websocket'], allowUpgrades: false, serveClient: false, perMessageDeflate: false, httpCompression: false,
    pingInterval: 26_000, pingTimeout: 6_000, connectTimeout: 5000, maxHttpBufferSize: 32 * 1024,
    allowRequest: (request, answer) => {
      const why = refusalOf({ host: request.headers.host, origin: request.headers.origin }, options);
      const waitMs = why === null ? waitMsOf(request) : null;
      if (waitMs === null) answer(why, why === null);
      // Engine.io is given no answer: it has none of this kind.
      else refuseForNow(request, waitMs);
    },
  });
  leavePlainRequests(http, answering);
  io.engine.on('connection', (connection: EngineConnection) => {
    guardPackets(connection, new TokenBucket(packetBurst, packetsPerSec, options.nowMs()), options.nowMs);
    const { remoteAddress } = connection;
    const isCounted = !/^(::ffff:)?127\.|^::1$/.test(remoteAddress);
    connections += 1;
    if (isCounted) countByAddress.set(remoteAddress, (countByAddress.get(remoteAddress) ?? 0) + 1);
    connection.on('close', () => {
      connections -= 1;
      const left = (countByAddress.get(remoteAddress) ?? 1) - 1;
      if (left > 0) countByAddress.set(remoteAddress, left);
      else countByAddress.delete(remoteAddress);
    });
  });
  return io;
}
