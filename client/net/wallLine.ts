import { WallCommand, type WallReport } from '../../shared/protocol/socket.ts';
import type { ChannelSocket } from './channelSocket.ts';

/** What a wall's page says to the server and is told by the desk, besides the picture. */
export interface WallLine {
  /** Lost while the link is down. */
  report(report: WallReport): void;
  /** This page is being closed on purpose. */
  goodbye(): void;
  /** The page is about to be loaded again by itself: no goodbye is said any more, so that somebody is told if it does not come back. */
  expectBack(): void;
  /** Returns the unsubscribe function. */
  subscribeCommands(listener: (command: WallCommand) => void): () => void;
}

export function createWallLine(socket: ChannelSocket, onUnreadable: () => void): WallLine {
  let isExpectedBack = false;
  const listeners = new Set<(command: WallCommand) => void>();
  socket.on('command', (command) => {
    const parsed = WallCommand.safeParse(command);
    if (!parsed.success) onUnreadable();
    else for (const listener of listeners) listener(parsed.data);
  });
  return {
    report(report) {
      if (socket.connected) socket.emit('report', report);
    },
    goodbye() {
      if (socket.connected && !isExpectedBack) socket.emit('goodbye');
    },
    expectBack() {
      isExpectedBack = true;
    },
    subscribeCommands(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
  };
}
