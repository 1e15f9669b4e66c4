import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { registerRoomsMetrics } from '../../server/roomsMetrics.ts';
import { startRooms } from '../support/roomsServer.ts';
import { aSmallTable } from '../support/someReadings.ts';

test('[W8] /metrics tells snapshots encoded apart from those sent, as often as it is asked', async () => {
  const { rooms, close } = await startRooms({ table: aSmallTable() });
  const registry = new Registry();
  registerRoomsMetrics(registry, { ...rooms, stats: () => ({ ...rooms.stats(), sessions: 5, encodedSnapshots: 2, sentSnapshots: 500 }) });
  await registry.metrics();
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines).toEqual(['ioc_sockets 5', 'ioc_snapshots_encoded_total 2', 'ioc_snapshots_sent_total 500']);
  await close();
});
