import type { EventEmitter } from 'node:events';
import type { Socket as TcpSocket } from 'node:net';
import { TokenBucket } from './tokenBucket.ts';

/** The part of an engine.io session that is used here. */
export interface EngineConnection {
  readonly remoteAddress: string;
  readonly request: { readonly socket: TcpSocket };
  /** Of a websocket transport, `socket` is the one of `ws`. */
  readonly transport: { readonly socket?: EventEmitter };
  on(event: 'close', listener: (reason: string) => void): void;
  on(event: 'packet', listener: (packet: { readonly type: string; readonly data?: unknown }) => void): void;
  close(discard: boolean): void;
}

export interface ConnectionLimits {
  /** Packets of one client at once, of any kind; more than its messages may be, for pongs and acknowledgements. */
  readonly packetBurst: number;
  readonly packetsPerSec: number;
  readonly inboundBurstBytes: number;
  readonly inboundBytesPerSec: number;
  /** What a client may leave in our memory. */
  readonly maxUnreadBytes: number;
  /** For the client's answer to our farewell; ws alone would wait 30 s. */
  readonly farewellMs: number;
}

/** Ours, then what engine.io says: `left` by itself, `ended` by the rooms (refused too often, no greeting, stop of the server), `broken` on the way. */
export type ClosingReason = 'too-many-packets' | 'too-many-bytes' | 'too-much-unread' | 'second-session' | 'ping-timeout' | 'left' | 'ended' | 'broken';

const BY_ENGINE: Readonly<Record<string, ClosingReason>> = { 'ping timeout': 'ping-timeout', 'transport close': 'left', 'forced close': 'ended' };

/** Socket.IO: type, attachments, then the namespace if it is not the root. */
const OTHER_NAMESPACE = /^\d(?:\d*-)?\/[^,]/;
/** Socket.IO CONNECT. */
const GREETING = '0';

/**
 * [W6] Sessions see events only. Pongs, acknowledgements and the websocket's own pings cost too: `ws` answers each ping, and the
 * answers to who reads none fill our memory. A request for another namespace is answered with the name that was sent,
 * up to 32 KB; a greeting after a farewell with another hello. Fragments and bytes of half a message are no packets: those are counted as bytes.
 */
export function guardConnection(connection: EngineConnection, limits: ConnectionLimits, nowMs: () => number, onClosed: (reason: ClosingReason) => void): void {
  const { socket: tcp } = connection.request;
  const packets = new TokenBucket(limits.packetBurst, limits.packetsPerSec, nowMs());
  const inbound = new TokenBucket(limits.inboundBurstBytes, limits.inboundBytesPerSec, nowMs());
  let isGreeted = false;
  let why: ClosingReason | null = null;
  const hangUp = (reason: ClosingReason) => {
    why ??= reason;
    connection.close(true);
    // Also where it is closed already, and would be read until the farewell.
    tcp.destroy();
  };
  const countPacket = () => { if (!packets.take(nowMs())) hangUp('too-many-packets'); };

  connection.on('packet', ({ data }) => {
    const text = typeof data === 'string' ? data : '';
    const isGreeting = text.startsWith(GREETING);
    if (OTHER_NAMESPACE.test(text) || (isGreeting && isGreeted)) hangUp('second-session');
    else countPacket();
    isGreeted ||= isGreeting;
  });
  for (const kind of ['ping', 'pong']) connection.transport.socket?.on(kind, countPacket);
  tcp.on('data', ({ length }) => {
    if (!inbound.take(nowMs(), length)) hangUp('too-many-bytes');
    else if (tcp.writableLength > limits.maxUnreadBytes) hangUp('too-much-unread');
  });
  connection.on('close', (reason) => {
    // Who has not taken what was sent will not take the farewell.
    if (tcp.writableLength > 0) tcp.destroy();
    else if (!tcp.destroyed) {
      const timer = setTimeout(() => tcp.destroy(), limits.farewellMs);
      tcp.once('close', () => clearTimeout(timer));
    }
    onClosed(why ?? BY_ENGINE[reason] ?? 'broken');
  });
}
