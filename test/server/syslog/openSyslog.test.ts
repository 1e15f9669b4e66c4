import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { openSyslog, type SyslogListeners } from '../../../server/openSyslog.ts';
import type { FeedSettings, SyslogSettings } from '../../../server/ports/feedSettings.ts';
import { FeedSettings as Settings } from '../../../server/ports/feedSettings.ts';
import { createCefFeed } from '../../../server/sources/cef/decode.ts';
import { createOcsfFeed } from '../../../server/sources/ocsf/decode.ts';
import { createSuricataFeed } from '../../../server/sources/suricata/decode.ts';
import { createAllowList } from '../../../server/syslog/listener.ts';
import { readConnection } from '../../../server/syslog/listenTcp.ts';
import type { ReceivedLine } from '../../../server/syslog/lineFramer.ts';
import { aFeedDoor, inboxFull } from '../../support/aFeedDoor.ts';
import { aFeed, aPlacer } from '../../support/aFeed.ts';
import { RECEIVED_AT_MS } from '../../support/someLines.ts';

const adapters = [createCefFeed(aPlacer), createSuricataFeed(aPlacer), createOcsfFeed(aPlacer)];
const syslog = (transport: 'tcp' | 'udp', more: Partial<SyslogSettings> = {}): SyslogSettings => ({ transport, port: 0, listenOn: '127.0.0.1', allowFrom: ['127.0.0.1'], ...more });
const aSyslogFeed = (settings: SyslogSettings, more: Partial<FeedSettings> = {}): FeedSettings => ({ ...aFeed({ id: 'fw-68', format: 'cef', domain: 'security', itemsPerSec: 100_000 }), syslog: settings, ...more });
const cef = (externalId: number | string) => `<134>Mar  1 08:00:00 da-lat CEF:0|a|b|1|2|Tấn công|8|externalId=${externalId}`;
const idOf = (externalId: number | string) => `a/b/da-lat/${externalId}`;

let listeners: SyslogListeners | undefined;
/** How long it was asked to wait, instead of waiting. */
let waitsMs: number[] = [];
let faults: unknown[] = [];

async function open(feed: FeedSettings, nowMs = () => RECEIVED_AT_MS, speaking = adapters) {
  const gate = aFeedDoor(feed);
  waitsMs = [];
  faults = [];
  listeners = await openSyslog({ door: gate.door, adapters: speaking, nowMs, onError: (error) => faults.push(error), wait: async (waitMs) => { waitsMs.push(waitMs); } });
  return { ...gate, gate, port: listeners.listeners[0]!.port };
}

afterEach(async () => {
  await listeners?.close();
  listeners = undefined;
});

async function sendTcp(port: number, text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.end(text);
  socket.resume();
  await once(socket, 'close');
}

test.each(['tcp', 'udp'] as const)('[SL7] lines that an adapter dies of end neither the server nor what comes after them (%s)', async (transport) => {
  const real = adapters[0]!;
  const dying: typeof real = { ...real, decode(request, feed) {
    if (JSON.stringify(request.payload).includes('deadly')) throw new TypeError('cannot read properties of undefined');
    return real.decode(request, feed);
  } };
  const { gate, port, items, turnedAway } = await open(aSyslogFeed(syslog(transport)), undefined, [dying]);
  const send = async (line: string) => {
    // Over TCP it shares a batch with a good one.
    if (transport === 'tcp') return sendTcp(port, `${line}\n${cef(2)}\n`);
    const socket = createSocket('udp4');
    await new Promise<void>((sent) => { socket.send(line, port, '127.0.0.1', () => sent()); });
    socket.close();
  };
  await send('deadly');
  await gate.until(() => turnedAway.length === 1);
  await send(cef(1));
  await gate.until(() => items.length === (transport === 'tcp' ? 3 : 1));
  expect(faults).toEqual([expect.any(TypeError)]);
  expect(turnedAway).toMatchObject([{ reason: 'malformed-request', detail: expect.stringContaining('A fault of this server') }]);
});

describe('syslog over TCP', () => {
  test('[SL7] lines become items of the feed, in order, with what is wrong with the others', async () => {
    const { gate, port, items } = await open(aSyslogFeed(syslog('tcp')));
    await sendTcp(port, `${cef(1)}\nkhông phải CEF\n${'x'.repeat(70_000)}\n${cef(2)}\nhal`);
    await gate.until(() => items.length === 5);
    expect(items.map(({ kind, id }) => [kind, id])).toEqual([['report', idOf(1)], ['unreadable', null], ['unreadable', null], ['report', idOf(2)], ['unreadable', null]]);
    expect(items[2]).toMatchObject({ problems: [{ got: '70000 bytes', expected: 'at most 65536 bytes' }] });
    expect(items[0]).toMatchObject({ report: { localityCode: '672', placedBy: 'host' } });
  });

  test('[SL7] JSON behind a header and a cookie is read for a feed of JSON lines, large numbers too', async () => {
    const { gate, port, items } = await open(aSyslogFeed(syslog('tcp'), { format: 'suricata' }));
    const event = '{"timestamp":"2026-03-01T08:00:00.1+0700","event_type":"alert","flow_id":1801439850948198401,"alert":{"gid":1,"signature_id":2,"rev":3,"severity":1}}';
    await sendTcp(port, `<142>Mar  1 08:00:00 ids suricata[1]: @cee: ${event}\n${event}\n<142>not json\n`);
    await gate.until(() => items.length === 3);
    expect(items.map(({ kind }) => kind)).toEqual(['report', 'report', 'unreadable']);
    expect(items[0]?.id).toContain('1801439850948198401');
    expect(items[1]).toEqual(items[0]);
  });

  test('[SL8] while the door is full the stream is not read on; then everything comes, once and in order', async () => {
    let reads = 0;
    const stream = new Readable({ highWaterMark: 1, read() { this.push(reads < 100 ? Buffer.from(`${reads}\n`) : null); reads += 1; } });
    const opened = Promise.withResolvers<void>();
    const taken: ReceivedLine[] = [];
    const isTaking = Promise.withResolvers<void>();
    const done = readConnection(stream, { async takeLines(lines) { isTaking.resolve(); await opened.promise; taken.push(...lines); } });
    await isTaking.promise;
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(reads).toBeLessThan(5);
    opened.resolve();
    await done;
    expect(taken).toEqual(Array.from({ length: 100 }, (_, index) => ({ text: String(index) })));
  });

  test('[SL8] a door that refuses is asked again with the same lines, as long as it takes', async () => {
    const { gate, port, items, turnedAway } = await open(aSyslogFeed(syslog('tcp')));
    gate.refuseOnce(inboxFull());
    gate.refuseOnce(new Error('no space'));
    await sendTcp(port, `${cef(1)}\n${cef(2)}\n`);
    await gate.until(() => items.length === 2);
    expect(items.map(({ id }) => id)).toEqual([idOf(1), idOf(2)]);
    expect(waitsMs).toEqual([5_000, 1_000]);
    expect(turnedAway.map(({ reason }) => reason)).toEqual(['not-stored', 'not-stored']);
  });

  test('[SL8] 20,000 lines behind a closed door all come, once and in order', async () => {
    const { gate, port, items } = await open(aSyslogFeed(syslog('tcp')));
    gate.hold();
    const sent = sendTcp(port, Array.from({ length: 20_000 }, (_, index) => `${cef(index)}\n`).join(''));
    await gate.until(() => gate.calls === 1);
    gate.release();
    await sent;
    await gate.until(() => items.length === 20_000);
    expect(items.map(({ id }) => id)).toEqual(Array.from({ length: 20_000 }, (_, index) => idOf(index)));
  });

  test('[SL9] a feed that sends faster than it may is made to wait, not refused', async () => {
    const { gate, port, items } = await open(aSyslogFeed(syslog('tcp'), { itemsPerSec: 100 }));
    await sendTcp(port, Array.from({ length: 1_500 }, (_, index) => `${cef(index)}\n`).join(''));
    await gate.until(() => items.length === 1_500);
    expect(Math.max(...waitsMs)).toBe(5_000);
  });

  test('[SL10] only listed addresses may send; loopback unless the settings say otherwise', async () => {
    const { gate, port, items, turnedAway } = await open(aSyslogFeed(syslog('tcp', { allowFrom: ['192.0.2.1'] })));
    await sendTcp(port, `${cef(1)}\n`);
    await gate.until(() => turnedAway.length === 1);
    expect([items, turnedAway]).toEqual([[], [{ reason: 'not-allowed', detail: '127.0.0.1 may not send; allowFrom: 192.0.2.1' }]]);
    const isAllowed = createAllowList(['127.0.0.1', '2001:db8::1']);
    for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '2001:db8::1', '2001:0db8:0::1']) expect(isAllowed(address)).toBe(true);
    for (const address of ['127.0.0.2', '::1', '', '::ffff:127.0.0.2']) expect(isAllowed(address)).toBe(false);
    expect(Settings.parse({ ...aFeed(), format: 'cef', syslog: { transport: 'tcp', port: 5_514 } }).syslog).toEqual({ transport: 'tcp', port: 5_514, listenOn: '127.0.0.1', allowFrom: ['127.0.0.1', '::1'] });
    expect(Settings.safeParse({ ...aFeed(), syslog: { transport: 'tcp', port: 5_514, allowFrom: ['10.0.0.0/8'] } }).success).toBe(false);
  });

  test('[SL10] beyond 32 connections the next is turned away, and those that are there go on', async () => {
    const { gate, port, items, turnedAway } = await open(aSyslogFeed(syslog('tcp')));
    const sockets = [];
    for (let index = 0; index < 33; index += 1) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      sockets.push(socket);
      await once(socket, 'connect');
    }
    await gate.until(() => turnedAway.length === 1);
    expect(turnedAway[0]).toEqual({ reason: 'too-many', detail: '127.0.0.1: 32 connections are open already' });
    sockets[0]!.write(`${cef(1)}\n`);
    await gate.until(() => items.length === 1);
    for (const socket of sockets) socket.destroy();
  });

  test('[SL4] a stream that cannot be parted is closed, and the sender may begin anew', async () => {
    const { gate, port, items } = await open(aSyslogFeed(syslog('tcp')));
    const counted = `${Buffer.byteLength(cef(1))} ${cef(1)}`;
    const socket = connect(port, '127.0.0.1');
    socket.resume();
    socket.write(`${counted}lost`);
    await once(socket, 'close');
    await sendTcp(port, counted);
    await gate.until(() => items.length === 3);
    expect(items.map(({ kind }) => kind)).toEqual(['report', 'unreadable', 'report']);
  });

  test('[SL11] closing waits for what the door has, and for nothing else', async () => {
    const { gate, port, items } = await open(aSyslogFeed(syslog('tcp')));
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    gate.hold();
    socket.write(`${cef(1)}\n`);
    await gate.until(() => gate.calls === 1);
    const closed = listeners!.close();
    gate.release();
    await closed;
    expect(items).toHaveLength(1);
    socket.destroy();
  });
});

describe('syslog over UDP', () => {
  test('[SL12] a datagram is a message; others and strangers are counted', async () => {
    const { gate, port, items } = await open(aSyslogFeed(syslog('udp')));
    const socket = createSocket('udp4');
    for (const text of [cef(1), `${cef(2)}\n`, '', 'x']) socket.send(text, port, '127.0.0.1');
    await gate.until(() => items.length === 3);
    expect(items.map(({ kind }) => kind).sort()).toEqual(['report', 'report', 'unreadable']);
    socket.close();
  });

  test('[SL12] while the door is shut 4 MB wait, and what is beyond is lost and counted', async () => {
    const { gate, port, items, turnedAway } = await open(aSyslogFeed(syslog('udp')));
    gate.hold();
    const socket = createSocket('udp4');
    const send = () => new Promise((resolve) => { socket.send(`${cef(1)} msg=${'x'.repeat(60_000)}`, port, '127.0.0.1', () => setImmediate(resolve)); });
    let isFull = false;
    const full = gate.until(() => turnedAway.length > 0).then(() => { isFull = true; });
    while (!isFull) await send();
    await full;
    expect(turnedAway[0]).toMatchObject({ reason: 'too-many', detail: expect.stringContaining('TCP can be told to wait') });
    gate.release();
    await gate.until(() => items.length >= 69);
    socket.close();
  });

  test('[SL10] only listed addresses may send', async () => {
    const { gate, port, items, turnedAway } = await open(aSyslogFeed(syslog('udp', { allowFrom: ['192.0.2.1'] })));
    const socket = createSocket('udp4');
    socket.send(cef(1), port, '127.0.0.1');
    await gate.until(() => turnedAway.length === 1);
    expect([items, turnedAway[0]?.reason]).toEqual([[], 'not-allowed']);
    socket.close();
  });
});

describe('opening listeners', () => {
  const surroundings = (...feeds: FeedSettings[]) => ({ door: aFeedDoor(...feeds).door, adapters, nowMs: () => RECEIVED_AT_MS, onError: (error: unknown) => faults.push(error), wait: async () => {} });

  test('[SL13] a port that is taken stops the start, names the feed, and leaves nothing open', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    await expect(openSyslog(surroundings(aSyslogFeed(syslog('tcp')), aSyslogFeed(syslog('tcp', { port }), { id: aFeed({ id: 'fw-2' }).id }))))
      .rejects.toThrow(`Feed "fw-2" cannot listen for syslog on tcp 127.0.0.1 port ${port}`);
    taken.close();
  });

  test('[SL13] a format that is not sent in lines has no listener', async () => {
    await expect(openSyslog(surroundings(aSyslogFeed(syslog('tcp'), { format: 'ocsf' })))).rejects.toThrow('messages of format "ocsf" are not lines');
  });

  test('[SL13] a feed without a listener opens none', async () => {
    listeners = await openSyslog(surroundings(aFeed({ format: 'cef' })));
    expect(listeners.listeners).toEqual([]);
  });
});
