import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockMeans, isLeak, trendOf } from './trend.ts';

const MINUTE_MS = 60_000;
/** Sixteen minutes, four looks a minute. */
const looks = (valueAt: (minute: number, index: number) => number) => Array.from({ length: 65 }, (_, index) => ({ atMs: index * 15_000, value: valueAt(index / 4, index) }));
const judge = (valueAt: (minute: number, index: number) => number, floor: number) => isLeak(trendOf(blockMeans(looks(valueAt), MINUTE_MS)), floor);
const noise = (size: number) => fc.array(fc.double({ min: -size, max: size, noNaN: true }), { minLength: 65, maxLength: 65 });

describe('[SO1] what grows is found, and what only moves is not', () => {
  test('a line has its slope, no error, and its growth', () => {
    const trend = trendOf(looks((minute) => 40 + minute / 10));
    expect(trend.slopePerHour).toBeCloseTo(6, 9);
    expect(trend.standardErrorPerHour).toBeCloseTo(0, 9);
    expect(trend.growth).toBeCloseTo(1.6, 9);
  });

  test('a leak of 0.1 MB a minute shows through noise of ± 0.2 MB', () => {
    fc.assert(fc.property(noise(0.2), (errors) => {
      expect(judge((minute, index) => 40 + minute / 10 + (errors[index] ?? 0), 0.5)).toBe(true);
    }));
  });

  test('what a scene needs more than another is no growth, however the scenes differ', () => {
    expect(judge((_, index) => 40 + [0, 3, 1, 5][index % 4]!, 0.5)).toBe(false);
  });

  test('growth below the floor is no leak, nor is what shrinks', () => {
    expect(judge((minute) => 40 + minute / 100, 0.5)).toBe(false);
    expect(judge((minute) => 40 - minute, 0.5)).toBe(false);
  });

  test('blocks are whole: a rest is left out', () => {
    expect(blockMeans([0, 15, 30, 45, 60, 75].map((sec) => ({ atMs: sec * 1_000, value: sec })), MINUTE_MS)).toEqual([{ atMs: 30_000, value: 22.5 }]);
  });

  test('two points are no trend', () => {
    expect(() => trendOf([{ atMs: 0, value: 1 }, { atMs: 1, value: 2 }])).toThrow(/three points.*Run longer/);
  });
});
