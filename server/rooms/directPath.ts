import { Socket as TcpSocket } from 'node:net';
import type { Socket } from 'socket.io';

interface OpenWebSocket {
  readonly readyState: number;
  readonly _socket: TcpSocket;
}

const OPEN = 1;

function part(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
}

function isUsable(webSocket: unknown): webSocket is OpenWebSocket {
  return part(webSocket, 'readyState') === OPEN
    && part(webSocket, 'extensions') === ''
    && part(webSocket, '_socket') instanceof TcpSocket
    && typeof part(part(webSocket, '_sender'), 'sendFrame') === 'function';
}

/**
 * The way past engine.io's packet queue: whole websocket frames written to the session's own connection. It costs what raw `ws`
 * costs (research/performance.md), and it is private API of engine.io and ws: this file alone knows it, `openDirectPath` checks
 * every part it uses, and without it everything goes through `emit`.
 *
 * Order: ws writes a frame whole and at once (no compression is negotiated, nothing sent is a Blob), so ours can only fall between
 * frames. A binary event is two of them; engine.io may pause between its two, so no session mixes `emit('frame')` with this path.
 */
export class DirectPath {
  readonly #webSocket: OpenWebSocket;
  readonly #tcp: TcpSocket;

  constructor(webSocket: OpenWebSocket) {
    this.#webSocket = webSocket;
    this.#tcp = webSocket._socket;
  }

  /** Dropped once the connection is closing: after a close frame nothing may follow. */
  write(bytes: Buffer): void {
    if (this.#webSocket.readyState === OPEN) this.#tcp.write(bytes);
  }
}

/** `null`: not the shape this was written for (another transport, another major version, compression on). */
export function openDirectPath(socket: Socket): DirectPath | null {
  if (socket.conn.transport.name !== 'websocket') return null;
  const webSocket = part(socket.conn.transport, 'socket');
  return isUsable(webSocket) ? new DirectPath(webSocket) : null;
}

/** A session holds its HTTP request for as long as it lives; nothing here reads it after the handshake. */
export function releaseRequest(socket: Socket): void {
  Reflect.set(socket.conn, 'request', null);
}

/** Whether `stopReading` can. */
export function canStopReading(connection: TcpSocket): boolean {
  return typeof part(part(connection, '_handle'), 'readStop') === 'function';
}

/**
 * Nothing more of a connection is read here. One that is handed over stays open in this process until the other has confirmed, and
 * by then its client may have answered: what were read here would be lost. Private API of Node's sockets.
 */
export function stopReading(connection: TcpSocket): void {
  const handle = part(connection, '_handle');
  const readStop = part(handle, 'readStop');
  if (typeof readStop === 'function') readStop.call(handle);
}
