import { expect, test } from 'vitest';
import { createFrameMeter } from '../../../client/net/frameMeter.ts';

test('[WR1] frames are counted and timed from one to the next, anew after each report, the gap between reports included', () => {
  const meter = createFrameMeter(1_000);
  for (const nowMs of [1_000, 1_010, 1_030, 1_070]) meter.frame(nowMs);
  expect(meter.take(1_100)).toEqual({ drawn: 4, overMs: 100, medianMs: 20, maxMs: 40 });
  meter.frame(1_370);
  expect(meter.take(1_400)).toEqual({ drawn: 1, overMs: 300, medianMs: 300, maxMs: 300 });
  expect(meter.take(2_000)).toEqual({ drawn: 0, overMs: 600, medianMs: null, maxMs: null });
});

test('[WR1] a page that is never asked keeps a bounded number of times', () => {
  const meter = createFrameMeter(0);
  for (let k = 0; k <= 5_000; k++) meter.frame(k < 3_000 ? k : 1_000_000 + k);
  expect(meter.take(2_000_000)).toMatchObject({ drawn: 5_001, maxMs: 1 });
});
