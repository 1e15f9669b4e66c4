import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { isIP } from 'node:net';
import { Server } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '../../shared/protocol/socket.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import { Admission, type AdmissionLimits, type HandshakeRefusal } from './admission.ts';
import { type ClosingReason, type ConnectionLimits, type EngineConnection, guardConnection } from './guardConnection.ts';

/** Limits not given are `DEFAULTS`. */
export interface SocketServerOptions extends Partial<AdmissionLimits & ConnectionLimits> {
  /** Pages of other origins that may connect, as `scheme://host[:port]`. Their hosts are names we answer to. */
  readonly allowedOrigins: readonly string[];
  /** The HTTP server listens on loopback only. */
  readonly isLoopbackBind: boolean;
  readonly nowMs: () => number;
  readonly pingIntervalMs?: number;
  readonly pingTimeoutMs?: number;
  readonly onRefused?: (reason: HandshakeRefusal) => void;
  /** A connection ended, whether a session came of it or not. */
  readonly onClosed?: (reason: ClosingReason) => void;
}

export type OriginRule = Pick<SocketServerOptions, 'allowedOrigins' | 'isLoopbackBind'>;

const DEFAULTS = {
  // A handshake costs about 1.2 ms of CPU; who is refused tries again with jitter.
  maxConnections: 12_000, maxConnectionsPerAddress: 64, handshakesPerSec: 200, handshakesPerSecPerAddress: 40,
  packetBurst: 100, packetsPerSec: 20,
  // Eight of the largest messages; a wall sends 0.3 KB a second.
  inboundBurstBytes: 256 * 1024, inboundBytesPerSec: 32 * 1024,
  // DESIGN §5. A whole picture with a flood of alarms is half of it.
  maxUnreadBytes: 2 * 1024 * 1024,
  pingIntervalMs: 26_000, pingTimeoutMs: 6_000, farewellMs: 2_000,
} as const;
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
  const limits = { ...DEFAULTS, ...options };
  const { nowMs, onRefused, onClosed } = options;
  const admission = new Admission(limits, nowMs());

  function refusal(request: IncomingMessage): { readonly reason: HandshakeRefusal; readonly message: string } | null {
    const address = request.socket.remoteAddress ?? '';
    const place = admission.refusalOf(address);
    if (place !== null) return { reason: place, message: 'no connection is left; try again shortly' };
    const why = refusalOf({ host: request.headers.host, origin: request.headers.origin }, options);
    if (why !== null) return { reason: 'origin', message: why };
    const pace = admission.paceRefusalOf(address, nowMs());
    return pace === null ? null : { reason: pace, message: 'too many handshakes a second; try again shortly' };
  }

  const answering = http.listeners('request');
  const io = new Server<ClientToServerEvents, ServerToClientEvents>(http, {
    path: SOCKET_PATH, transports: ['websocket'], allowUpgrades: false, serveClient: false, perMessageDeflate: false, httpCompression: false,
    pingInterval: limits.pingIntervalMs, pingTimeout: limits.pingTimeoutMs, connectTimeout: 5000, maxHttpBufferSize: 32 * 1024,
    allowRequest: (request, answer) => {
      const refused = refusal(request);
      if (refused !== null) onRefused?.(refused.reason);
      answer(refused?.message, refused === null);
    },
  });
  leavePlainRequests(http, answering);
  io.engine.on('connection', (connection: EngineConnection) => {
    // The place is free when the line is: a session that is closed can leave its line half open.
    connection.request.socket.once('close', admission.takePlace(connection.remoteAddress));
    guardConnection(connection, limits, nowMs, (reason) => onClosed?.(reason));
  });
  return io;
}
