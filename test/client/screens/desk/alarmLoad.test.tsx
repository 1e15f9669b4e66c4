// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startI18n } from '../../../../client/i18n/i18n.ts';
import { Histogram } from '../../../../client/screens/desk/load/Histogram.tsx';
import { dayStartMs, floodSpans, type LoadBucket, loadLevel, priorityMix, totalOf } from '../../../../client/screens/desk/load/loadFacts.ts';

const BUCKET_MS = 600_000;
const FROM_MS = Date.parse('2026-11-23T08:40:00+07:00');
const NO_SEVERITY = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
const bucketsOf = (counts: readonly number[], of: Partial<typeof NO_SEVERITY> = {}): LoadBucket[] => counts.map((count, position) => ({ fromMs: FROM_MS + position * BUCKET_MS, count, bySeverity: { ...NO_SEVERITY, ...of } }));

beforeAll(async () => { await startI18n('vi'); });
afterEach(cleanup);

describe('[DK20] the histogram', () => {
  test('a flood is from above ten, as one stretch with all its alarms', () => {
    expect(floodSpans(bucketsOf([10, 11, 14, 10, 12]), BUCKET_MS)).toEqual([{ fromMs: FROM_MS + BUCKET_MS, toMs: FROM_MS + 3 * BUCKET_MS, count: 25 }, { fromMs: FROM_MS + 4 * BUCKET_MS, toMs: FROM_MS + 5 * BUCKET_MS, count: 12 }]);
    expect([0, 3, 4, 10, 11].map(loadLevel)).toEqual(['normal', 'normal', 'high', 'high', 'flood']);
  });

  test('stretches hold every flooded bucket once', () => fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 50 }), (counts) => {
    const spans = floodSpans(bucketsOf(counts), BUCKET_MS);
    expect(spans.reduce((sum, { count }) => sum + count, 0)).toBe(counts.filter((count) => count > 10).reduce((sum, count) => sum + count, 0));
    expect(spans.every(({ fromMs }, position) => position === 0 || fromMs > (spans[position - 1]?.toMs ?? 0))).toBe(true);
  })));

  test('is said in words, with both marks and the end of its time', () => {
    render(<Histogram buckets={bucketsOf([1, 0, 26, 2])} bucketMs={BUCKET_MS} />);
    const chart = screen.getByRole('img', { name: '29 cảnh báo từ 08:40 đến 09:20, nhiều nhất 26 trong 10 phút' });
    expect(chart.textContent).toContain('lũ 10');
    expect(chart.textContent).toContain('mức 1');
    expect(chart.textContent).toContain('Lũ 09:00–09:10: 26 cảnh báo');
    expect(chart.textContent).toContain('09:20');
  });

  test('one great flood is cut and says its number, so that the marks still stand apart', () => {
    const { container } = render(<Histogram buckets={bucketsOf([1, 253])} bucketMs={BUCKET_MS} />);
    expect([...container.querySelectorAll('.load-bars > div')].map((bar) => [bar.getAttribute('data-cut'), bar.textContent])).toEqual([['false', ''], ['true', '253']]);
    const bottoms = [...container.querySelectorAll<HTMLElement>('.load-mark')].map(({ style: { bottom } }) => Number.parseFloat(bottom));
    expect((bottoms[0] ?? 0) - (bottoms[1] ?? 0)).toBeGreaterThan(25);
  });

  test('an empty ten minutes is a bar of no height, not a gap', () => {
    const { container } = render(<Histogram buckets={bucketsOf([0, 15])} bucketMs={BUCKET_MS} />);
    const [empty, flooded] = [...container.querySelectorAll<HTMLElement>('.load-bars > div')].map(({ style: { height } }) => Number.parseFloat(height));
    expect(empty).toBe(0);
    expect(flooded).toBeCloseTo(100 / 1.05, 2);
  });
});

describe('[DK15] the mix of levels', () => {
  test('shares of those that have a level; unknown ones are in none', () => {
    expect(priorityMix(bucketsOf([1, 1], { critical: 1, high: 1, medium: 2, low: 6, unknown: 9 })).map(({ name, count, ratio }) => [name, count, ratio])).toEqual([['low', 12, 0.6], ['medium', 4, 0.2], ['high', 4, 0.2]]);
  });
  test('of nothing there is no share', () => expect(priorityMix(bucketsOf([0])).map(({ ratio }) => ratio)).toEqual([null, null, null]));
});

test('today begins at midnight in Vietnam', () => {
  expect(dayStartMs(Date.parse('2026-11-22T17:30:00Z'))).toBe(Date.parse('2026-11-23T00:00:00+07:00'));
  expect(totalOf(bucketsOf([1, 2, 3]))).toBe(6);
});
