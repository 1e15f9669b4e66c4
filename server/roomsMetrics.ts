import { Counter, Gauge, type Registry } from 'prom-client';
import type { Rooms, RoomsCounters } from './rooms/rooms.ts';

const COUNTERS: readonly (readonly [name: string, help: string, of: keyof RoomsCounters])[] = [
  ['ioc_snapshots_encoded_total', 'Snapshots of a topic encoded for who joins or fell behind; once for all who ask at the same position.', 'encodedSnapshots'],
  ['ioc_snapshots_sent_total', 'Snapshots sent to websocket clients.', 'sentSnapshots'],
];

/** What the rooms count, read when it is asked for. */
export function registerRoomsMetrics(registry: Registry, rooms: Rooms): void {
  registry.registerMetric(new Gauge({ name: 'ioc_sockets', help: 'Connected websocket clients.', registers: [], collect() { this.set(rooms.stats().sessions); } }));
  for (const [name, help, of] of COUNTERS) {
    registry.registerMetric(new Counter({
      name, help, registers: [],
      collect() {
        this.reset();
        this.inc(rooms.stats()[of]);
      },
    }));
  }
}
