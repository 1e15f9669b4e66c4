import { Counter, Gauge, type Registry } from 'prom-client';
import type { SocketServerOptions } from './rooms/createSocketServer.ts';
import type { RoomsStats } from './rooms/rooms.ts';
import type { SocketWorkers } from './rooms/socketWorkers.ts';

export interface SocketStats { readonly rooms: RoomsStats; readonly workers: Pick<SocketWorkers, 'readyCount' | 'lostCount'> }

const FROM_STATS: readonly (readonly [name: string, help: string, read: (stats: RoomsStats) => number])[] = [
  ['ioc_snapshots_encoded_total', 'Snapshots of a topic encoded for who joins or fell behind; once for all who ask at the same position.', ({ encodedSnapshots }) => encodedSnapshots],
  ['ioc_snapshots_sent_total', 'Snapshots sent to websocket clients.', ({ sentSnapshots }) => sentSnapshots],
  ['ioc_socket_frames_skipped_total', 'Frames not sent to clients that had not taken the one before; they get the latest state instead.', ({ skippedForSlow }) => skippedForSlow],
  ['ioc_socket_messages_refused_total', 'Messages of clients that were refused.', ({ refusedMessages }) => refusedMessages],
  ['ioc_socket_notices_withheld_total', 'Problems and commands not queued for clients that take none.', ({ withheldNotices }) => withheldNotices],
  ['ioc_socket_ended_for_refusals_total', 'Sessions ended because too many of their messages were refused.', ({ endedForRefusals }) => endedForRefusals],
];

/** [IC7] What the display did with clients that are slow, frozen, flapping or greedy. Returns what the socket server reports to. */
export function createSocketMetrics(registry: Registry, stats: () => SocketStats): Required<Pick<SocketServerOptions, 'onRefused' | 'onClosed'>> {
  const registers = [registry];
  new Gauge({ name: 'ioc_sockets', help: 'Connected websocket clients.', registers, collect() { this.set(stats().rooms.sessions); } });
  new Gauge({ name: 'ioc_socket_workers', help: 'Processes that serve websocket clients beside this one.', registers, collect() { this.set(stats().workers.readyCount); } });
  new Gauge({ name: 'ioc_socket_workers_lost', help: 'Such processes that ended by themselves or were ended, since the start.', registers, collect() { this.set(stats().workers.lostCount); } });
  for (const [name, help, read] of FROM_STATS) {
    new Counter({ name, help, registers, collect() {
      this.reset();
      this.inc(read(stats().rooms));
    } });
  }
  const refused = new Counter({ name: 'ioc_socket_handshakes_refused_total', help: 'Websocket handshakes refused.', labelNames: ['reason'], registers });
  const closed = new Counter({ name: 'ioc_socket_closed_total', help: 'Websocket connections that ended.', labelNames: ['reason'], registers });
  return { onRefused: (reason) => refused.inc({ reason }), onClosed: (reason) => closed.inc({ reason }) };
}
