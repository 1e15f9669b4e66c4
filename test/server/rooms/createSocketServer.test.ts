import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io as connect } from 'socket.io-client';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createSocketServer, type SocketServerOptions } from '../../../server/rooms/createSocketServer.ts';
import { refusalOf } from '../../../server/rooms/originRule.ts';
import { SOCKET_PATH } from '../../../shared/protocol/version.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe('[O1] who may open a socket', () => {
  const listed = ['https://ioc.example.vn'];
  test.each([
    { page: 'our own page on loopback', bind: 'loopback', host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000', isAllowed: true },
    { page: 'our own page by name', bind: 'loopback', host: 'localhost:4000', origin: 'http://localhost:4000', isAllowed: true },
    { page: 'a program on this machine', bind: 'loopback', host: 'localhost:4000', origin: undefined, isAllowed: true },
    { page: 'another site’s page', bind: 'loopback', host: 'localhost:4000', origin: 'https://evil.example', isAllowed: false },
    { page: 'another port’s page', bind: 'loopback', host: 'localhost:4000', origin: 'http://localhost:5000', isAllowed: false },
    { page: 'a sandboxed page', bind: 'loopback', host: 'localhost:4000', origin: 'null', isAllowed: false },
    { page: 'a foreign name that points at us', bind: 'loopback', host: 'evil.example:4000', origin: 'http://evil.example:4000', isAllowed: false },
    { page: 'a listed page behind a proxy', bind: 'loopback', host: 'ioc.example.vn', origin: 'https://ioc.example.vn', isAllowed: true },
    { page: 'a listed page, asked for by another name', bind: 'loopback', host: '127.0.0.1:4000', origin: 'https://ioc.example.vn', isAllowed: true },
    { page: 'our own page by address', bind: 'open', host: '10.1.2.3:4000', origin: 'http://10.1.2.3:4000', isAllowed: true },
    { page: 'our own page by IPv6 address', bind: 'open', host: '[fd00::1]:4000', origin: 'http://[fd00::1]:4000', isAllowed: true },
    { page: 'a foreign name that points at us', bind: 'open', host: 'evil.example:4000', origin: 'http://evil.example:4000', isAllowed: false },
    { page: 'a program on another machine without an Origin', bind: 'open', host: '10.1.2.3:4000', origin: undefined, isAllowed: false },
    { page: 'no host at all', bind: 'open', host: undefined, origin: undefined, isAllowed: false },
    { page: 'a host that is no host', bind: 'open', host: 'a b', origin: undefined, isAllowed: false },
    { page: 'an origin that only begins like ours', bind: 'open', host: '10.1.2.3', origin: 'http://10.1.2.3.evil.example', isAllowed: false },
  ])('$page on a $bind bind: allowed $isAllowed', ({ bind, host, origin, isAllowed }) => {
    expect(refusalOf({ host, origin }, { allowedOrigins: listed, isLoopbackBind: bind === 'loopback' }) === null).toBe(isAllowed);
  });
});

describe('handshakes', () => {
  async function started(options: Partial<SocketServerOptions> = {}) {
    const http = createServer((_request, response) => { response.writeHead(404).end('from before'); });
    const io = createSocketServer(http, { allowedOrigins: [], isLoopbackBind: true, nowMs: () => 0, ...options });
    io.on('connection', (socket) => socket.onAny((_event, answer: () => void) => answer()));
    http.on('request', (_request, response) => { if (!response.headersSent) response.writeHead(404).end('from after'); });
    await new Promise<void>((resolve) => { http.listen(0, '127.0.0.1', resolve); });
    closers.push(() => io.close());
    return (http.address() as AddressInfo).port;
  }

  function outcome(port: number, extraHeaders: Record<string, string> = {}, transports = ['websocket']): Promise<'connected' | 'refused'> {
    const socket = connect(`http://127.0.0.1:${port}`, { path: SOCKET_PATH, transports, forceNew: true, reconnection: false, extraHeaders });
    closers.push(() => { socket.disconnect(); });
    return new Promise((resolve) => {
      socket.on('connect', () => resolve('connected'));
      socket.on('connect_error', () => resolve('refused'));
    });
  }

  test('[O1] a foreign origin is refused before it is a socket', async () => {
    const port = await started();
    expect(await outcome(port)).toBe('connected');
    expect(await outcome(port, { origin: `http://127.0.0.1:${port}` })).toBe('connected');
    expect(await outcome(port, { origin: 'https://evil.example' })).toBe('refused');
  });

  test('[O2] polling is not served', async () => {
    expect(await outcome(await started(), {}, ['polling'])).toBe('refused');
  });

  test('[O2] a plain request to the socket’s path is answered once, by the routes', async () => {
    const port = await started();
    for (const [method, path] of [['GET', `${SOCKET_PATH}/`], ['DELETE', `${SOCKET_PATH}/`], ['GET', `${SOCKET_PATH}/?EIO=4&transport=polling`], ['POST', `${SOCKET_PATH}/?EIO=4&transport=websocket`]] as const) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      expect([response.status, await response.text()]).toEqual([404, 'from before']);
    }
    expect(await outcome(port)).toBe('connected');
  });

  /** Sends engine.io packets as they are, and resolves when the server hangs up, or has answered an event sent after them. */
  function sent(port: number, packets: readonly string[]): Promise<'hung up' | 'still there'> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${SOCKET_PATH}/?EIO=4&transport=websocket`);
    closers.push(() => { socket.terminate(); });
    return new Promise((resolve) => {
      socket.on('open', () => { socket.send('40'); });
      socket.on('message', (data) => {
        const text = String(data);
        if (text.startsWith('40')) for (const packet of [...packets, '420["known"]']) socket.send(packet);
        if (text.startsWith('430')) resolve('still there');
      });
      socket.on('close', () => resolve('hung up'));
    });
  }

  test.each([
    { what: 'pongs', packet: '3', isSingle: false }, { what: 'acknowledgements of nothing', packet: '431[]', isSingle: false },
    { what: 'another namespace', packet: '40/other,', isSingle: true }, { what: 'an event for another namespace', packet: '451-/other,["a",{"_placeholder":true,"num":0}]', isSingle: true },
  ])('[W6] who floods with $what is hung up on, the others are not', async ({ packet, isSingle }) => {
    const port = await started({ packetBurst: 10, packetsPerSec: 0 });
    expect(await sent(port, Array(5).fill(packet))).toBe(isSingle ? 'hung up' : 'still there');
    expect(await sent(port, Array(20).fill(packet))).toBe('hung up');
    expect(await sent(port, [])).toBe('still there');
  });

  test('[O3] connections and handshakes are limited, and those that are there stay', async () => {
    const port = await started({ maxConnections: 2 });
    expect(await Promise.all([outcome(port), outcome(port)])).toEqual(['connected', 'connected']);
    expect(await outcome(port)).toBe('refused');
    const slower = await started({ handshakesPerSec: 3, handshakeBurst: 3 });
    expect([await outcome(slower), await outcome(slower), await outcome(slower), await outcome(slower)]).toEqual(['connected', 'connected', 'connected', 'refused']);
  });

  /** How a page's websocket is closed, or with which status and `Retry-After` a program's is refused. */
  function refusalSeen(port: number, origin?: string): Promise<readonly [code: number | undefined, said: string | undefined]> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${SOCKET_PATH}/?EIO=4&transport=websocket`, origin === undefined ? {} : { origin });
    closers.push(() => { socket.terminate(); });
    return new Promise((resolve) => {
      socket.on('error', () => {});
      socket.on('close', (code, reason) => resolve([code, String(reason)]));
      socket.on('unexpected-response', (request, response) => {
        request.destroy();
        resolve([response.statusCode, response.headers['retry-after']]);
      });
    });
  }

  test('[O4] too many handshakes: a page reads in the close when to come again, a program in the status, a foreign page nothing', async () => {
    const port = await started({ handshakesPerSec: 2, handshakeBurst: 1 });
    const own = `http://127.0.0.1:${port}`;
    expect(await outcome(port)).toBe('connected');
    expect(await refusalSeen(port, own)).toEqual([1013, 'retry-after-ms=501']);
    expect(await refusalSeen(port)).toEqual([503, '2']);
    expect(await refusalSeen(port, own)).toEqual([1013, 'retry-after-ms=1501']);
    expect(await refusalSeen(port, 'https://evil.example')).toEqual([400, undefined]);
  });

  test('[O4] all places taken: not before ten seconds are over', async () => {
    const port = await started({ maxConnections: 1, handshakesPerSec: 10 });
    expect(await outcome(port)).toBe('connected');
    expect(await refusalSeen(port, `http://127.0.0.1:${port}`)).toEqual([1013, 'retry-after-ms=10101']);
  });
});
