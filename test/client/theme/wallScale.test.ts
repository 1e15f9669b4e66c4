import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultWidthMm, readableFontPx, wallScaleOf } from '../../../client/theme/wallScale.ts';

describe('[WS1] text size comes from distance, not from pixels', () => {
  // The size table of the design; it cuts 43.6 rows to 43.
  test.each([
    ['3840×2160, 110″', 3840, 2160, 2435, 50, 44, 'full'],
    ['3840×2160, one 98″', 3840, 2160, 2170, 56, 39, 'full'],
    ['1920×1080, 110″ projector', 1920, 1080, 2435, 25, 44, 'full'],
    ['1920×1080, one 55″', 1920, 1080, 1218, 50, 22, 'compact'],
    ['5760×1080, three 55″', 5760, 1080, 3654, 50, 22, 'ultra'],
  ])('%s at 5 m', (_name, widthPx, heightPx, widthMm, bPx, rows, wallClass) => {
    const scale = wallScaleOf({ widthPx, heightPx, widthMm, nearM: 5 });
    expect([Math.round(scale.bPx), Math.round(scale.rows), scale.wallClass, scale.isTooSmall]).toEqual([bPx, rows, wallClass, false]);
  });

  test('a large ultra-wide surface uses its room: larger text than its distance needs, not empty rows', () => {
    const scale = wallScaleOf({ widthPx: 4320, heightPx: 810, widthMm: 10_957, nearM: 8 });
    expect([Math.round(scale.rows), scale.wallClass]).toEqual([23, 'ultra']);
    expect(scale.bPx).toBeGreaterThan(readableFontPx(8, 10_957 / 4_320));
  });

  test('without a declared width a page is taken for the 55″ tiles of the table', () => {
    expect(Math.round(defaultWidthMm(1920))).toBe(1217);
  });

  test('twice the distance needs twice the size', () => {
    expect(readableFontPx(10, 0.634)).toBeCloseTo(2 * readableFontPx(5, 0.634));
  });

  test('a surface too small for its distance says so and keeps its layout', () => {
    const scale = wallScaleOf({ widthPx: 1366, heightPx: 768, widthMm: 310, nearM: 8 });
    expect(scale.isTooSmall).toBe(true);
    expect(scale.rows).toBeGreaterThanOrEqual(20);
  });

  test('whatever the surface, there are rows enough for the layout and a budget that is not negative', () => {
    fc.assert(fc.property(fc.integer({ min: 640, max: 8000 }), fc.integer({ min: 480, max: 4500 }), fc.double({ min: 200, max: 8000, noNaN: true }), fc.double({ min: 0.5, max: 20, noNaN: true }), (widthPx, heightPx, widthMm, nearM) => {
      const { bPx, rows, budget } = wallScaleOf({ widthPx, heightPx, widthMm, nearM });
      expect(bPx).toBeGreaterThan(0);
      expect(rows).toBeGreaterThanOrEqual(20.49);
      expect(Math.min(...Object.values(budget))).toBeGreaterThanOrEqual(0);
    }));
  });
});
