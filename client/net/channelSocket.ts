import type { ClientToServerEvents, ServerToClientEvents } from '../../shared/protocol/socket.ts';

/** What arrives: an event of the server, or that the line went down or did not come up, with the cause as the line has it (`hintMsOf`). */
export type SocketNews = keyof ServerToClientEvents | 'disconnect' | 'connect_error';

export type SocketRequests = { readonly [Name in keyof ClientToServerEvents]: Parameters<ClientToServerEvents[Name]> };

/**
 * The line of a channel, whoever is at its other end. It never reconnects by itself. Nothing arrives within the call that asked for
 * it, and what is said while it is down is lost.
 */
export interface ChannelSocket {
  readonly connected: boolean;
  connect(): void;
  disconnect(): void;
  emit<Name extends keyof SocketRequests>(name: Name, ...said: SocketRequests[Name]): void;
  /** What arrives is outside data: the listener has to read it. */
  on(news: SocketNews, listener: (payload: unknown) => void): void;
}
