import { describe, expect, test } from 'vitest';
import { alarmWith } from '../../support/alarmWith.ts';
import { aWallReport } from '../../support/aWallReport.ts';
import { clog } from '../../support/clog.ts';
import { maskedFrame, RawClient } from '../../support/rawClient.ts';
import { type RoomsServer, type RoomsServerOptions } from '../../support/roomsServer.ts';
import { aStatus } from '../../support/someReadings.ts';
import { someRooms } from '../../support/someRooms.ts';
import { turnsUntil } from '../../support/turnsUntil.ts';

const { started, connectedRaw: connected } = someRooms();

/** A tick reaches a client that does nothing wrong. */
async function expectServed(server: RoomsServer, other: RawClient): Promise<void> {
  const before = other.frames().length;
  server.tick([{ index: 3, value: before, numerator: Number.NaN, denominator: Number.NaN, observedAtMs: 1_600_000_000_000, status: aStatus, membersFresh: 0, membersExpected: 0 }]);
  await other.has(() => other.frames().length === before + 1);
}

const TEXT = 0x1, CONTINUATION = 0x0, PING = 0x9, PONG = 0xa;
const many = (count: number, bytes: Buffer) => Buffer.concat(Array<Buffer>(count).fill(bytes));
const message = (event: string, request: unknown) => maskedFrame(TEXT, Buffer.from(`42${JSON.stringify([event, request])}`));
const FOLLOW = { channel: 'live', topics: ['nation'] };

describe('[IC2] who sends more than any display does', () => {
  test.each([
    { what: 'the websocket’s own pings', bytes: many(200, maskedFrame(PING, Buffer.alloc(125))), reason: 'too-many-packets' },
    { what: 'the websocket’s own pongs', bytes: many(200, maskedFrame(PONG, Buffer.alloc(0))), reason: 'too-many-packets' },
    { what: 'engine.io’s pongs', bytes: many(200, maskedFrame(TEXT, Buffer.from('3'))), reason: 'too-many-packets' },
    { what: 'empty fragments', bytes: Buffer.concat([maskedFrame(TEXT, Buffer.from('4'), false), many(60_000, maskedFrame(CONTINUATION, Buffer.alloc(0), false))]), reason: 'broken' },
    { what: 'messages of 32 KB', bytes: many(12, message('report', { noise: 'n'.repeat(32_000) })), reason: 'too-many-bytes' },
    { what: 'a message larger than any', bytes: message('report', { noise: 'n'.repeat(40_000) }), reason: 'broken' },
    { what: 'a second greeting after a farewell', bytes: Buffer.concat([maskedFrame(TEXT, Buffer.from('41')), maskedFrame(TEXT, Buffer.from('40'))]), reason: 'second-session' },
    { what: 'engine.io’s ping, which is the server’s to send', bytes: maskedFrame(TEXT, Buffer.from('2')), reason: 'broken' },
  ])('$what: is hung up on, counted as $reason, and nothing of it stays', async ({ bytes, reason }) => {
    const server = await started({ sockets: { packetBurst: 100, farewellMs: 50 } });
    const other = await connected(server).follow('nation');
    const greedy = await connected(server).follow('nation');
    greedy.tcp.pause();
    greedy.tcp.write(bytes);
    await turnsUntil(() => server.lineCount() === 1);
    expect(server.closings).toEqual([reason]);
    expect(server.heldBytes()).toBe(0);
    expect(server.rooms.stats().sessions).toBe(1);
    await expectServed(server, other);
  });

  test('pings at the pace of any library are answered', async () => {
    const server = await started();
    const client = await connected(server).follow('nation');
    client.ping(Buffer.from('still there?'));
    await client.has(() => client.messages.some(({ payload }) => payload.toString() === 'still there?'));
    expect(server.closings).toEqual([]);
  });
});

describe('[IC3] who asks and reads no answer', () => {
  async function frozen(options: Partial<RoomsServerOptions> = {}) {
    const server = await started({ limits: { messageBurst: 100_000, resyncBurst: 100_000 }, sockets: { packetBurst: 100_000, inboundBurstBytes: 1_000_000 }, ...options });
    const client = await connected(server).follow('nation');
    client.tcp.pause();
    clog(server);
    return { server, client };
  }

  test('is told so much and no more: further answers are withheld and counted', async () => {
    const { server, client } = await frozen();
    client.emit('report', aWallReport({ wallId: 'wall-a' }));
    const heldBytes = server.heldBytes();
    for (let k = 0; k < 500; k++) client.emit('report', aWallReport({ wallId: 'wall-b' }));
    await turnsUntil(() => server.rooms.stats().withheldNotices > 400);
    expect(server.heldBytes() - heldBytes).toBeLessThan(40 * 1024);
    expect(server.closings).toEqual([]);
  });

  test('is not sent what it asks for again and again', async () => {
    const { server, client } = await frozen();
    const { sentSnapshots } = server.rooms.stats();
    const heldBytes = server.heldBytes();
    for (let k = 0; k < 200; k++) client.emit(k % 2 === 0 ? 'subscribe' : 'resync', k % 2 === 0 ? FOLLOW : { channel: 'live', topic: 'nation' });
    client.emit('nonsense', null);
    await turnsUntil(() => server.rooms.stats().refusedMessages === 1);
    expect(server.rooms.stats().sentSnapshots).toBe(sentSnapshots);
    expect(server.heldBytes() - heldBytes).toBeLessThan(1024);
  });

  test('is ended when too much is refused, with what it left', async () => {
    const { server, client } = await frozen();
    for (let k = 0; k < 60; k++) client.emit('nonsense', k);
    await turnsUntil(() => server.lineCount() === 0);
    expect(server.closings).toEqual(['ended']);
    expect(server.rooms.stats()).toMatchObject({ sessions: 0, endedForRefusals: 1 });
  });

  test('is hung up on when it leaves more than the bound', async () => {
    const { server, client } = await frozen({ sockets: { packetBurst: 100_000, maxUnreadBytes: 1024 } });
    client.ping();
    await turnsUntil(() => server.lineCount() === 0);
    expect(server.closings).toEqual(['too-much-unread']);
  });
});

describe('[IC4] who asks for much', () => {
  test('a refusal repeats no more of what was sent than a line', async () => {
    const server = await started();
    const client = await connected(server).hello();
    client.emit('subscribe', { ...FOLLOW, ['k'.repeat(30_000)]: 1 });
    await client.has(() => client.texts().some((text) => text.includes('"malformed"')));
    expect(client.texts().at(-1)!.length).toBeLessThan(500);
  });

  test('following again what is followed is a resync: after a few it waits, and is answered later', async () => {
    let nowMs = 1_000_000;
    const server = await started({ nowMs: () => nowMs, limits: { resyncBurst: 2, resyncsPerSec: 0.1, messageBurst: 100 } });
    const client = await connected(server).follow('nation');
    for (let k = 0; k < 20; k++) client.emit('subscribe', FOLLOW);
    client.emit('nonsense', null);
    await client.has(() => client.texts().some((text) => text.includes('"unknown-event"')));
    expect(client.frames()).toHaveLength(3);
    nowMs += 10_000;
    server.tick([]);
    await client.has(() => client.frames().length === 4);
  });

  test('the open alarms are written once for all who come before anything changes, and anew after every change', async () => {
    let asked = 0;
    let openAlarms = [alarmWith({ id: 'state/1/latency' })];
    const server = await started({ openAlarms: () => { asked += 1; return openAlarms; } });
    asked = 0;
    for (let k = 0; k < 5; k++) await connected(server).follow('nation', 'province:01');
    expect(asked).toBe(1);
    openAlarms = [alarmWith({ id: 'state/2/latency' })];
    server.rooms.publishAlarms('live', openAlarms);
    const late = await connected(server).follow('nation');
    expect(late.texts().find((text) => text.startsWith('42["alarms"'))).toContain('state/2/latency');
  });
});
