import { io, type Socket } from 'socket.io-client';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import type { ChannelSocket } from './channelSocket.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** socket.io-client listens for an error while it connects: of a line that is closed before its handshake it hears at the time-out. */
function onEarlyClose({ io: { engine } }: Socket, tell: (how: unknown) => void): void {
  const handleClose = (_reason: string, how?: unknown) => { if (how !== undefined) tell(how); };
  engine.once('close', handleClose);
  for (const end of ['open', 'error'] as const) engine.once(end, () => engine.off('close', handleClose));
}

/** A line to a server, not yet connected. `url` is the server's origin; '' is the page's own. */
export function createServerSocket(url: string): ChannelSocket {
  // Reconnecting is the link's: socket.io's jitter is not full, and its recovery does not survive a restart.
  const socket: Socket = io(url, { path: SOCKET_PATH, transports: ['websocket'], reconnection: false, forceNew: true, autoConnect: false, timeout: CONNECT_TIMEOUT_MS });
  const failed: ((how: unknown) => void)[] = [];
  return {
    get connected() { return socket.connected; },
    connect() {
      socket.connect();
      onEarlyClose(socket, (how) => {
        socket.disconnect();
        for (const listener of failed) listener(how);
      });
    },
    disconnect() { socket.disconnect(); },
    emit(name, ...said) { if (socket.connected) socket.emit(name, ...said); },
    on(news, listener) {
      socket.on(news, listener);
      if (news === 'connect_error') failed.push(listener);
    },
  };
}
