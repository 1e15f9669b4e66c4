import { Registry } from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import { createSocketMetrics } from '../../server/socketMetrics.ts';
import { clog } from '../support/clog.ts';
import { maskedFrame, RawClient } from '../support/rawClient.ts';
import { type RoomsServer, startRooms } from '../support/roomsServer.ts';
import { aSmallTable, aStatus } from '../support/someReadings.ts';
import { turnsUntil } from '../support/turnsUntil.ts';

let server: RoomsServer | null = null;
afterEach(() => server?.close());

test('[IC7] what was done with slow, frozen and greedy clients is in the metrics, by reason', async () => {
  const registry = new Registry();
  const rooms = await startRooms({ table: aSmallTable(), sockets: { packetBurst: 100, maxConnections: 3, ...createSocketMetrics(registry, () => ({ rooms: rooms.rooms.stats(), workers: rooms.workers })) } });
  server = rooms;
  const frozen = await new RawClient(rooms.port).follow('nation');
  frozen.tcp.pause();
  clog(rooms);
  rooms.tick([{ index: 3, value: 1, numerator: Number.NaN, denominator: Number.NaN, observedAtMs: 1_600_000_000_000, status: aStatus, membersFresh: 0, membersExpected: 0 }]);
  const greedy = await new RawClient(rooms.port).hello();
  greedy.emit('nonsense', null);
  const third = await new RawClient(rooms.port).hello();
  await new RawClient(rooms.port).closed;
  greedy.tcp.write(Buffer.concat(Array<Buffer>(200).fill(maskedFrame(0x9, Buffer.alloc(0)))));
  await greedy.closed;
  await turnsUntil(() => rooms.lineCount() === 2);
  const text = await registry.metrics();
  for (const line of [
    'ioc_sockets 2', 'ioc_socket_workers 0', 'ioc_socket_workers_lost 0', 'ioc_snapshots_encoded_total 1', 'ioc_snapshots_sent_total 1', 'ioc_socket_frames_skipped_total 1', 'ioc_socket_messages_refused_total 1', 'ioc_socket_notices_withheld_total 0', 'ioc_socket_ended_for_refusals_total 0',
    'ioc_socket_handshakes_refused_total{reason="full"} 1', 'ioc_socket_closed_total{reason="too-many-packets"} 1',
  ]) expect(text.split('\n')).toContain(line);
  for (const { tcp } of [frozen, third]) tcp.destroy();
});
