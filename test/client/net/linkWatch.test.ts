import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLinkWatch } from '../../../client/net/linkWatch.ts';
import { retryDelayMs } from '../../../client/net/retryDelay.ts';
import { createServerClock } from '../../../client/net/serverClock.ts';

const WALL = 1_700_000_000_000;

describe('[H1] silence', () => {
  test('is called before six seconds without a sign are over, and not after two heartbeats', () => {
    const watch = createLinkWatch(0, WALL);
    watch.heard(500);
    const found = [1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 6_016].map((nowMs) => watch.check(nowMs, WALL + nowMs));
    expect(found).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'silent']);
  });

  test('ends with the next sign', () => {
    const watch = createLinkWatch(0, WALL);
    for (let k = 1; k <= 7; k++) watch.check(k * 1000, WALL + k * 1000);
    watch.heard(7500);
    expect(watch.check(8000, WALL + 8000)).toBe('ok');
  });
});

describe('[H2] a page that stood still', () => {
  test.each([
    { how: 'was frozen', nowMs: 5_000, wallMs: 5_000 },
    { how: 'slept with its monotonic clock', nowMs: 1_100, wallMs: 3_600_000 },
  ])('knows that it $how at its first check, and then gives the server as long again', ({ nowMs, wallMs }) => {
    const watch = createLinkWatch(0, WALL);
    watch.check(1_000, WALL + 1_000);
    expect(watch.check(nowMs, WALL + wallMs)).toBe('woke');
    const later = Array.from({ length: 7 }, (_, k) => watch.check(nowMs + (k + 1) * 1000, WALL + wallMs + (k + 1) * 1000));
    expect(later).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'silent', 'silent']);
  });
});

test('[H3] retries wait anywhere up to a doubling bound, never beyond the longest', () => {
  const range = { minMs: 500, maxMs: 30_000 };
  expect([0, 1, 2, 5, 6, 50].map((attempt) => retryDelayMs(attempt, range, () => 1))).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000]);
  expect(retryDelayMs(3, range, () => 0)).toBe(0);
  fc.assert(fc.property(fc.nat({ max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
    const delayMs = retryDelayMs(attempt, range, () => random);
    expect(delayMs).toBeGreaterThanOrEqual(0);
    expect(delayMs).toBeLessThanOrEqual(30_000);
  }));
});

describe('[H4] the server’s clock on this page', () => {
  test('is the server’s, however wrong the wall clock is, and whatever it is set to later', () => {
    let monotonicMs = 100;
    let wallMs = WALL - 86_400_000;
    const clock = createServerClock(() => monotonicMs, () => wallMs);
    clock.observe(WALL);
    expect(clock.serverNowMs()).toBe(WALL);
    wallMs += 7_200_000;
    monotonicMs += 1500;
    expect(clock.serverNowMs()).toBe(WALL + 1500);
  });

  test('is not set back by messages that were long on the way, and follows a step of the server', () => {
    let monotonicMs = 0;
    const clock = createServerClock(() => monotonicMs, () => WALL);
    clock.observe(WALL);
    monotonicMs = 2000;
    clock.observe(WALL + 1200);
    expect(clock.serverNowMs()).toBeGreaterThan(WALL + 1900);
    clock.observe(WALL + 3_600_000);
    expect(clock.serverNowMs()).toBe(WALL + 3_600_000);
  });

  test('moves the playhead at its rate, keeps it while paused, and stops it at the end', () => {
    let monotonicMs = 0;
    const clock = createServerClock(() => monotonicMs, () => WALL);
    const playback = { nowMs: 1000, rate: 60, isPlaying: true, startMs: 0, endMs: 400_000, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: [] };
    clock.observe(WALL);
    clock.observePlayback(playback, WALL);
    monotonicMs = 2000;
    expect(clock.dataNowMs()).toBe(121_000);
    monotonicMs = 20_000;
    expect(clock.dataNowMs()).toBe(400_000);
    clock.observePlayback({ ...playback, isPlaying: false }, WALL + 20_000);
    monotonicMs = 30_000;
    expect(clock.dataNowMs()).toBe(1000);
  });
});
