import { io, type Socket } from 'socket.io-client';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import type { ChannelSocket } from './channelSocket.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** A line to a server, not yet connected. `url` is the server's origin; '' is the page's own. */
export function createServerSocket(url: string): ChannelSocket {
  // Reconnecting is the link's: socket.io's jitter is not full, and its recovery does not survive a restart.
  const socket: Socket = io(url, { path: SOCKET_PATH, transports: ['websocket'], reconnection: false, forceNew: true, autoConnect: false, timeout: CONNECT_TIMEOUT_MS });
  return {
    get connected() { return socket.connected; },
    connect() { socket.connect(); },
    disconnect() { socket.disconnect(); },
    emit(name, ...said) { if (socket.connected) socket.emit(name, ...said); },
    on(news, listener) { socket.on(news, listener); },
  };
}
