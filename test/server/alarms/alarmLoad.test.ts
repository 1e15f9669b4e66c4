import { describe, expect, test } from 'vitest';
import type { Annunciation } from '../../../server/alarms/alarmBook.ts';
import { announcedSince, BUCKET_MS, loadOf } from '../../../server/alarms/alarmLoad.ts';
import { createAlarms } from '../../../server/alarms/createAlarms.ts';
import type { Alarm } from '../../../shared/domain/alarm.ts';
import { alarmWith } from '../../support/alarmWith.ts';
import { aCondition, aMemoryAlarmLog, HA, PLAIN_LIFE, T0 } from '../../support/someAlarms.ts';

const DAY_MS = 24 * 3_600_000;
const nobody = () => null;
/** So many in each bucket of ten minutes, the first `hours` before now. */
const spread = (counts: readonly number[]): Annunciation[] => counts.flatMap((count, at) =>
  Array.from({ length: count }, (_, number) => ({ atMs: T0 + at * BUCKET_MS + number, alarmId: `a-${number}`, severity: 'high' as const })));
const loadAt = (annunciations: readonly Annunciation[], nowMs: number, open: readonly Alarm[] = [], hours = 1) => loadOf(annunciations, open, nobody, hours, nowMs);
/** Within the sixth bucket, when all that was announced in it is. */
const IN_SIXTH_MS = T0 + 5 * BUCKET_MS + BUCKET_MS / 2;

describe('[LD1] buckets', () => {
  test('are of ten minutes, oldest first, without gaps, and the last is the one that is not over', () => {
    const { buckets } = loadAt(spread([1, 0, 2, 0, 0, 3]), IN_SIXTH_MS);
    expect(buckets.map(({ fromMs, count }) => [fromMs - T0, count])).toEqual([1, 0, 2, 0, 0, 3].map((count, at) => [at * BUCKET_MS, count]));
  });

  test('what is older than asked for is in none', () => {
    expect(loadAt([{ atMs: T0 - 1, alarmId: 'a', severity: 'high' }], IN_SIXTH_MS).buckets.every(({ count }) => count === 0)).toBe(true);
  });

  test('count by severity; the worst are those announced most often', () => {
    const announced: Annunciation[] = [['b', 'low'], ['a', 'critical'], ['b', 'low']].map(([alarmId, severity]) => ({ atMs: T0, alarmId: alarmId as string, severity: severity as 'low' }));
    const { buckets, worst } = loadAt(announced, T0);
    expect(buckets.at(-1)?.bySeverity).toEqual({ critical: 1, high: 0, medium: 0, low: 2, unknown: 0 });
    expect(worst).toEqual([{ alarmId: 'b', count: 2, alarm: null }, { alarmId: 'a', count: 1, alarm: null }]);
  });
});

describe('[LD1] a flood', () => {
  test.each([[10, false], [11, true]])('%i in ten minutes: %s', (count, isFlood) => {
    const announced = spread([0, 0, 0, 0, 0, count]);
    expect(loadAt(announced, T0 + 5 * BUCKET_MS + 100)).toMatchObject({ lastTenMin: count, isFlood });
  });

  test.each([[5, true], [4, false]])('that has begun, with %i in the ten minutes now: %s', (count, isFlood) => {
    expect(loadAt(spread([0, 0, 0, 0, 11, count]), T0 + 6 * BUCKET_MS - 1)).toMatchObject({ lastTenMin: count, isFlood });
  });

  test('five in ten minutes are none of themselves', () => {
    expect(loadAt(spread([0, 0, 0, 0, 0, 5]), IN_SIXTH_MS).isFlood).toBe(false);
  });

  test('the ratio is that of its buckets, the calmer ones within it too', () => {
    expect(loadAt(spread([11, 5, 4, 0, 20, 0]), IN_SIXTH_MS).floodRatio).toBe(3 / 6);
  });
});

test('[LD1] what stands for more than a day is standing, what chatters is chattering; what is over is neither', () => {
  const open = [
    alarmWith({ id: 'a', sinceMs: T0 - DAY_MS - 1 }), alarmWith({ id: 'b', sinceMs: T0 - DAY_MS }), alarmWith({ id: 'c', sinceMs: T0 - 2 * DAY_MS, state: 'RTN_UNACK', returnedAtMs: T0 }),
    alarmWith({ id: 'd', sinceMs: T0, isChattering: true }),
  ];
  expect(loadAt([], T0, open)).toMatchObject({ standing: 1, chattering: 1 });
});

test('[LD1] announced since: only those after that moment', () => {
  const announced = spread([3, 2]);
  expect([announcedSince(announced, T0 - 1), announcedSince(announced, T0), announcedSince(announced, T0 + BUCKET_MS), announcedSince(announced, T0 + 2 * BUCKET_MS)]).toEqual([5, 4, 1, 0]);
});

test('[LD1] explained and shelved alarms are not announced, and count once they are', async () => {
  let nowMs = T0;
  const alarms = createAlarms({ log: aMemoryAlarmLog(), events: [], nowMs: () => nowMs, onTransitions: () => {}, onError: (error) => { throw error; } });
  const holds = (id: string, dependsOn: readonly string[] = []) => ({ kind: 'holds' as const, standing: { condition: aCondition({ id, dependsOn }), sinceMs: nowMs, life: PLAIN_LIFE } });
  await alarms.observe([holds('cause'), holds('member', ['cause'])], nowMs);
  expect(alarms.lastTenMin()).toBe(1);
  await alarms.act([{ kind: 'shelve', alarmId: 'cause', forMs: 60_000, why: 'Bảo trì', second: null }], HA);
  await alarms.observe([{ kind: 'over', alarmId: 'cause', atMs: nowMs }, holds('cause')], nowMs);
  // Over for a moment, the cause explained nothing: its member was announced. Itself it came again on the shelf.
  expect(alarms.load(1).worst.map(({ alarmId, count }) => [alarmId, count])).toEqual([['cause', 1], ['member', 1]]);
  nowMs += 60_000;
  await alarms.observe([], nowMs);
  expect(alarms.load(1).worst[0]).toMatchObject({ alarmId: 'cause', count: 2 });
});
