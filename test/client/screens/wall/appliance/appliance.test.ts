import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BURN_IN, driftAt } from '../../../../../client/screens/wall/appliance/burnIn.ts';
import { brightnessAt } from '../../../../../client/screens/wall/appliance/dimming.ts';
import { isQuietMoment, isWorthReloading, reloadDelayMs } from '../../../../../client/screens/wall/appliance/newBuild.ts';
import { LINK_PROBLEMS } from '../../../../../client/net/linkProblems.ts';
import type { Alarm } from '../../../../../shared/domain/alarm.ts';
import { anAlarm } from '../../../../support/roomsServer.ts';

const atVietnam = (clock: string) => Date.parse(`2026-11-26T${clock}+07:00`);

describe('[AP2] burn-in drift', () => {
  test('nine points within 12 px of where it was designed, all of them in 27 minutes', () => {
    const points = Array.from({ length: 9 }, (_, step) => driftAt(step * BURN_IN.stepEveryMs, 52));
    expect(new Set(points.map(({ xPx, yPx }) => `${xPx},${yPx}`)).size).toBe(9);
    expect(Math.max(...points.flatMap(({ xPx, yPx }) => [Math.abs(xPx), Math.abs(yPx)]))).toBe(12);
  });

  test.each([25, 33.5, 50, 104])('it stands still for three minutes and moves by one step at most, in whole pixels (B = %d px)', (bPx) => {
    const reachPx = Math.min(12, Math.floor((12 * bPx) / 52));
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 42 }), (nowMs) => {
      const [here, next] = [driftAt(nowMs, bPx), driftAt(nowMs + BURN_IN.stepEveryMs, bPx)];
      expect(driftAt(nowMs - (nowMs % BURN_IN.stepEveryMs), bPx)).toEqual(here);
      expect(Math.max(Math.abs(next.xPx - here.xPx), Math.abs(next.yPx - here.yPx))).toBe(reachPx);
      expect([Number.isInteger(here.xPx), Number.isInteger(here.yPx)]).toEqual([true, true]);
    }));
  });

  test('the last point is beside the first: one step there, not a jump', () => {
    const [last, first] = [driftAt(8 * BURN_IN.stepEveryMs, 52), driftAt(9 * BURN_IN.stepEveryMs, 52)];
    expect([Math.abs(last.xPx - first.xPx), Math.abs(last.yPx - first.yPx)]).toEqual([12, 12]);
  });
});

describe('[AP3] dimming', () => {
  test.each([['21:59:59', 1], ['22:00:00', 0.7], ['02:00:00', 0.7], ['05:59:59', 0.7], ['06:00:00', 1], ['12:00:00', 1]])('at %s Vietnamese time the light is %d', (clock, brightness) => {
    expect(brightnessAt(atVietnam(clock), [], true)).toBe(brightness);
  });

  test.each([
    ['critical', 'UNACK', 1], ['high', 'ACKED', 1], ['high', 'RTN_UNACK', 1], ['medium', 'UNACK', 0.7], ['unknown', 'UNACK', 0.7],
  ] as const)('at night with an open alarm of level %s, %s: %d', (severity, state, brightness) => {
    expect(brightnessAt(atVietnam('23:00:00'), [anAlarm({ severity, state })], true)).toBe(brightness);
  });

  test('full light while nobody knows what is open', () => {
    expect(brightnessAt(atVietnam('23:00:00'), [], false)).toBe(1);
  });
});

describe('[AP1] a new build', () => {
  const page = (parts: { link?: 'live' | 'lost' | 'connecting'; alarms?: readonly Alarm[]; problems?: Parameters<typeof isQuietMoment>[0]['problems'] } = {}) => ({ link: 'live' as const, alarms: [], problems: [], ...parts });

  test.each([
    ['nothing is open', page(), true],
    ['a critical alarm waits', page({ alarms: [anAlarm({ severity: 'critical', state: 'UNACK' })] }), false],
    ['a high one came back to normal unanswered', page({ alarms: [anAlarm({ severity: 'high', state: 'RTN_UNACK' })] }), false],
    ['somebody has taken it', page({ alarms: [anAlarm({ severity: 'critical', state: 'ACKED' })] }), true],
    ['a medium one waits', page({ alarms: [anAlarm({ severity: 'medium', state: 'UNACK' })] }), true],
    ['the link is lost', page({ link: 'lost' }), false],
    ['the link is lost and the server has refused this page', page({ link: 'lost', problems: [LINK_PROBLEMS.protocol] }), true],
  ])('%s: quiet %s', (_, state, isQuiet) => {
    expect(isQuietMoment(state)).toBe(isQuiet);
  });

  test('is taken within five minutes by chance; within 20 s where the page is of no use any more', () => {
    expect([0, 0.5, 1].map((part) => reloadDelayMs(page(), part))).toEqual([0, 150_000, 300_000]);
    expect(reloadDelayMs(page({ link: 'lost', problems: [LINK_PROBLEMS.otherEdition] }), 1)).toBe(20_000);
  });

  test('is not taken when it is this one, when this page has none, nor twice within an hour', () => {
    expect(isWorthReloading('b', 'a', null, 0)).toBe(true);
    expect(isWorthReloading('a', 'a', null, 0)).toBe(false);
    expect(isWorthReloading('b', '', null, 0)).toBe(false);
    expect(isWorthReloading('a', null, null, 0), 'this one, of which code is missing').toBe(true);
    expect(isWorthReloading('a', null, { buildId: 'a', atMs: 0 }, 3_599_999)).toBe(false);
    expect(isWorthReloading('b', 'a', { buildId: 'b', atMs: 0 }, 3_599_999)).toBe(false);
    expect(isWorthReloading('b', 'a', { buildId: 'b', atMs: 0 }, 3_600_000)).toBe(true);
    expect(isWorthReloading('c', 'a', { buildId: 'b', atMs: 0 }, 1)).toBe(true);
  });
});
