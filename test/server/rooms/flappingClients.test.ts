import { afterEach, expect, test } from 'vitest';
import { RawClient } from '../../support/rawClient.ts';
import { anAlarm, type RoomsServer, startRooms } from '../../support/roomsServer.ts';
import { aSmallTable, aStatus } from '../../support/someReadings.ts';
import { turnsUntil } from '../../support/turnsUntil.ts';

let server: RoomsServer | null = null;
afterEach(() => server?.close());

const ROUNDS = 500;
const AT_ONCE = 10;
/** How far a client comes before it drops off. */
const STAGES: readonly ((client: RawClient) => Promise<unknown>)[] = [
  async () => {},
  (client) => new Promise<void>((resolve) => { client.tcp.once('connect', () => resolve()); }),
  (client) => client.hello(),
  (client) => client.follow('nation', 'province:01'),
];

test('[IC5] clients that connect, follow and drop off 500 times leave nothing behind', async () => {
  const rooms = await startRooms({ table: aSmallTable(), sockets: { farewellMs: 50 } });
  server = rooms;
  let round = 0;
  const flap = async () => {
    while (round < ROUNDS) {
      const stage = STAGES[round++ % STAGES.length];
      const client = new RawClient(rooms.port);
      await stage?.(client);
      client.tcp.destroy();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, flap));
  await turnsUntil(() => rooms.lineCount() === 0 && rooms.rooms.stats().sessions === 0);
  const { sentBytes, subscribers } = rooms.rooms.stats();
  expect(subscribers).toEqual([]);
  rooms.tick([{ index: 3, value: 1, numerator: Number.NaN, denominator: Number.NaN, observedAtMs: 1_600_000_000_000, status: aStatus, membersFresh: 0, membersExpected: 0 }]);
  rooms.rooms.publishAlarms('live', [anAlarm()]);
  rooms.rooms.heartbeat();
  rooms.rooms.heartbeat();
  expect(rooms.rooms.stats().sentBytes).toBe(sentBytes);
  expect(rooms.heldBytes()).toBe(0);
});
