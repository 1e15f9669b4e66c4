import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { connectChannel } from '../../../client/net/connectChannel.ts';
import { hintedDelayMs, hintMsOf } from '../../../client/net/retryDelay.ts';
import { createServerSocket } from '../../../client/net/serverSocket.ts';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import { formatRetryHint, parseRetryHint } from '../../../shared/protocol/retryHint.ts';
import { aSmallTable } from '../../support/someReadings.ts';
import { until } from '../../support/until.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** What the link says of its next attempt at a server that opens every websocket and closes it at once. */
async function retryAfterClose(code: number, reason: string): Promise<{ readonly attempt: number; readonly retryInMs: number | null }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => socket.close(code, reason));
  await once(server, 'listening');
  closers.push(() => { server.close(); });
  const store = createMirrorStore({ table: aSmallTable(), channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
  const { port } = server.address() as AddressInfo;
  const link = connectChannel({ socket: createServerSocket(`http://127.0.0.1:${port}`), topic: 'nation', store, buildId: 'build-1', random: () => 0.5, retry: { minMs: 500, maxMs: 30_000 } });
  closers.push(() => link.close());
  await until(store, 'the first attempt to fail', () => store.getState().link.retryInMs !== null, 5_000);
  const { attempt, retryInMs } = store.getState().link;
  return { attempt, retryInMs };
}

describe('[H6] a server that has too many to let in says when to come again', () => {
  test.each([
    { what: 'says when', code: 1013, reason: 'retry-after-ms=3200', retryInMs: 3450 },
    { what: 'says a year', code: 1013, reason: 'retry-after-ms=999999999', retryInMs: 60_250 },
    { what: 'does not say when', code: 1013, reason: 'later', retryInMs: 250 },
    { what: 'goes away', code: 1001, reason: 'retry-after-ms=3200', retryInMs: 250 },
  ])('one that closes before the handshake and $what: the next attempt in $retryInMs ms', async ({ code, reason, retryInMs }) => {
    expect(await retryAfterClose(code, reason)).toEqual({ attempt: 1, retryInMs });
  });

  test('what is said is what is read, and the wait is never shorter than it, nor longer than a minute and the least jitter', () => {
    fc.assert(fc.property(fc.nat({ max: 999_999_999 }), fc.double({ min: 0, max: 1, noNaN: true }), (afterMs, random) => {
      const hintMs = parseRetryHint(formatRetryHint(afterMs));
      expect(hintMs).toBe(afterMs);
      const delayMs = hintedDelayMs(afterMs, { minMs: 500, maxMs: 30_000 }, () => random);
      expect(delayMs).toBeGreaterThanOrEqual(Math.min(afterMs, 60_000));
      expect(delayMs).toBeLessThanOrEqual(60_500);
    }));
  });

  test.each([undefined, null, 'text', new Error('websocket error'), { context: null }, { context: { code: 1013 } }, { context: { code: 1013, reason: 'retry-after-ms=-5' } }])('%j holds no hint', (error) => {
    expect(hintMsOf(error)).toBe(null);
  });
});
