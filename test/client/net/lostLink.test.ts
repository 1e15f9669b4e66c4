import { afterEach, expect, test, vi } from 'vitest';
import { connectChannel } from '../../../client/net/connectChannel.ts';
import { createServerSocket } from '../../../client/net/serverSocket.ts';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import { aSmallTable } from '../../support/someReadings.ts';
import { startRooms } from '../../support/roomsServer.ts';
import { until } from '../../support/until.ts';

const table = aSmallTable();
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const close of closers.splice(0).reverse()) await close();
});

async function aLiveWall(clock: { monotonicMs: () => number; wallMs: () => number }) {
  const server = await startRooms({ table });
  closers.push(() => server.close());
  const store = createMirrorStore({ table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
  const link = connectChannel({ socket: createServerSocket(`http://127.0.0.1:${server.port}`), topic: 'nation', store, buildId: 'build-1', clock, retry: { minMs: 1, maxMs: 5 } });
  closers.push(() => link.close());
  await until(store, 'the wall to be live', () => store.getState().link.state === 'live');
  return { server, store };
}

test('[H1] a server that says nothing for nearly six seconds is lost, and the link is made anew', async () => {
  let nowMs = 0;
  const clock = { monotonicMs: () => nowMs, wallMs: () => 1_700_000_000_000 + nowMs };
  const { store } = await aLiveWall(clock);
  const heardMs = store.getState().serverNowMs;
  // The watch looks once a second of real time; each look finds three seconds gone.
  const timer = setInterval(() => { nowMs += 290; }, 100);
  closers.push(() => clearInterval(timer));
  await until(store, 'the loss', () => store.getState().link.state === 'lost');
  expect(Math.abs(store.getState().link.sinceMs - heardMs)).toBeLessThan(1000);
  await until(store, 'the new link', () => store.getState().link.state === 'live');
});

test('[H2] after standing still the wall looks dead at its next animation frame, before any timer, and then takes a snapshot', async () => {
  let nowMs = 0;
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
  const { server, store } = await aLiveWall({ monotonicMs: () => nowMs, wallMs: () => 1_700_000_000_000 + nowMs });
  const paint = () => { for (const frame of frames.splice(0)) frame(); };
  nowMs += 16;
  paint();
  expect(store.getState().link.state).toBe('live');
  nowMs += 3_600_000;
  paint();
  expect(store.getState().link.state).toBe('lost');
  await until(store, 'the wall to be live again', () => store.getState().link.state === 'live');
  expect(server.rooms.stats().sentSnapshots).toBe(2);
});
