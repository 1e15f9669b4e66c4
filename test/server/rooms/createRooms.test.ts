import { expect, test } from 'vitest';
import { AlarmsMessage } from '../../../shared/protocol/socket.ts';
import { anAlarm } from '../../support/roomsServer.ts';
import { describeRoomsContract } from '../../support/roomsContract.ts';
import { aChange } from '../../support/someReadings.ts';
import { someRooms } from '../../support/someRooms.ts';

describeRoomsContract('one process', {});

const { started, connected } = someRooms();

test('[W3] a tick is encoded once per topic, however many follow, and not at all for topics nobody follows', async () => {
  const server = await started();
  const clients = [];
  for (let k = 0; k < 5; k++) clients.push(await connected(server).follow([k < 3 ? 'nation' : 'province:01']));
  server.tick([aChange(2, 1), aChange(20, 2)]);
  for (const client of clients) await client.has('frame', 2);
  const { encodedDeltas, encodedSnapshots, sentDeltas, sentSnapshots, subscribers } = server.rooms.stats();
  expect({ encodedDeltas, encodedSnapshots, sentDeltas, sentSnapshots }).toEqual({ encodedDeltas: 2, encodedSnapshots: 2, sentDeltas: 5, sentSnapshots: 5 });
  expect(subscribers).toEqual([{ channel: 'live', topic: 'nation', count: 3 }, { channel: 'live', topic: 'province:01', count: 2 }]);
  expect(clients[0]!.frames()[1]).toEqual(clients[1]!.frames()[1]);
});

test('[M2] resyncs beyond a few are answered too, only later', async () => {
  let nowMs = 1_000_000;
  const server = await started({ nowMs: () => nowMs, limits: { resyncBurst: 2, resyncsPerSec: 0.1, messageBurst: 1000 } });
  const client = await connected(server).follow(['nation']);
  for (let k = 0; k < 6; k++) client.socket.emit('resync', { channel: 'live', topic: 'nation' });
  client.socket.emit('nonsense');
  await client.has('problem');
  server.tick([aChange(3, 1)]);
  nowMs += 9_000;
  server.tick([aChange(3, 2)]);
  nowMs += 1_000;
  server.tick([aChange(3, 3)]);
  server.tick([aChange(3, 4)]);
  await client.has('frame', 5);
  expect(client.headers().map(({ kind, seq }) => `${kind} ${seq}`)).toEqual(['snapshot 0', 'snapshot 0', 'snapshot 0', 'snapshot 3', 'delta 4']);
  expect(server.rooms.stats().encodedSnapshots).toBe(2);
});

test('[W7] every client is pinged once in twelve heartbeats, each in its own turn, and answers like to engine.io’s own', async () => {
  const server = await started();
  const clients = [await connected(server).follow(['nation']), await connected(server).follow(['nation'])];
  const pingedAt = clients.map(({ socket }) => {
    const beats: number[] = [];
    socket.io.on('ping', () => { beats.push(beat); });
    return beats;
  });
  let beat = 0;
  while (beat < 24) {
    beat += 1;
    server.rooms.heartbeat();
    server.tick([]);
    await Promise.all(clients.map((client) => client.has('heartbeat', 1 + beat)));
  }
  expect(pingedAt.map((beats) => beats.length)).toEqual([2, 2]);
  for (const [first = 0, second = 0] of pingedAt) expect(second - first).toBe(12);
  expect(pingedAt[0]?.[0]).not.toBe(pingedAt[1]?.[0]);
  // A pong that engine.io had not asked for must not cost the client its session.
  for (const client of clients) {
    client.socket.emit('nonsense');
    await client.has('problem');
    expect(client.socket.connected).toBe(true);
  }
});

test('[W6] what is refused is counted, and who is closed is a session no more', async () => {
  const server = await started({ limits: { messageBurst: 5, messagesPerSec: 0, refusalsBeforeClose: 20 } });
  await connected(server).follow(['nation']);
  const client = connected(server);
  await client.has('hello');
  for (let k = 0; k < 200; k++) client.socket.emit('subscribe', { k });
  await client.has('disconnect');
  const { sessions, refusedMessages } = server.rooms.stats();
  expect({ sessions, refusedMessages: Math.min(refusedMessages, 20) }).toEqual({ sessions: 1, refusedMessages: 20 });
});

test('[W4] a session without the direct path is counted', async () => {
  const server = await started({ useDirectPath: false });
  await connected(server).has('hello');
  expect(server.rooms.stats().emitSessions).toBe(1);
});

test('[W8] of 500 who join between two ticks all get the same snapshot of a topic, encoded once, and the same open alarms', async () => {
  let asked = 0;
  const server = await started({ openAlarms: () => {
    asked += 1;
    return [anAlarm()];
  } });
  asked = 0;
  const clients = await Promise.all(Array.from({ length: 500 }, (_, k) => connected(server).follow([k < 250 ? 'nation' : 'province:01'])));
  const { encodedSnapshots, sentSnapshots } = server.rooms.stats();
  expect({ encodedSnapshots, sentSnapshots, asked }).toEqual({ encodedSnapshots: 2, sentSnapshots: 500, asked: 1 });
  expect(new Set(clients.map((client) => Buffer.from(client.frames()[0]!).toString('base64'))).size).toBe(2);
  expect(new Set(clients.map((client) => JSON.stringify(client.payloads('alarms')))).size).toBe(1);
});

test('[W8] who joins after a transition or a seek gets the alarms that are open then', async () => {
  let open = [anAlarm({ occurrenceId: 'a-1' })];
  const server = await started({ openAlarms: () => open });
  const occurrences = async () => {
    const client = await connected(server).follow(['nation']);
    return client.payloads('alarms').map((message) => AlarmsMessage.parse(message).alarms.map(({ occurrenceId }) => occurrenceId));
  };
  expect(await occurrences()).toEqual([['a-1']]);
  const secret = anAlarm({ occurrenceId: 'a-2', tlp: 'RED' });
  open = [];
  server.rooms.publishAlarms('live', [secret]);
  expect(await occurrences()).toEqual([[]]);
  open = [anAlarm({ occurrenceId: 'a-3' })];
  server.rooms.newEpoch('live', 'fedcba9876543210', 0);
  expect(await occurrences()).toEqual([['a-3']]);
});
