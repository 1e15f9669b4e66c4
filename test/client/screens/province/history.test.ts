import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartModel, tableRows, valueBounds } from '../../../../client/screens/province/history/chartModel.ts';
import { pointsOf, readSpan, SPANS, writeSpan } from '../../../../client/screens/province/history/timeSpan.ts';
import type { SeriesPoint } from '../../../../shared/protocol/http.ts';

const MINUTE_MS = 60_000;
const NOW_MS = Date.parse('2026-11-29T14:00:00+07:00');

/** Buckets a minute long; `null`: nothing was read in it. */
function pointsOfValues(values: readonly (number | null)[]): SeriesPoint[] {
  return values.map((value, i) => ({ atMs: i * MINUTE_MS, min: value === null ? null : value - 1, max: value === null ? null : value + 1, last: value, count: value === null ? 0 : 2 }));
}
const modelOf = (values: readonly (number | null)[], holdsMs = 0) => chartModel({ points: pointsOfValues(values), fromMs: 0, toMs: values.length * MINUTE_MS, bucketMs: MINUTE_MS }, holdsMs);

const someValues = fc.array(fc.option(fc.integer({ min: -50, max: 50 }), { nil: null }), { minLength: 1, maxLength: 60 });

describe('a gap is drawn as a gap', () => {
  test('[HC1] a line runs from one reading to the next only where no more than a reading holds lies between', () => {
    fc.assert(fc.property(someValues, fc.integer({ min: 0, max: 5 }), (values, holdsBuckets) => {
      const model = modelOf(values, holdsBuckets * MINUTE_MS);
      const reads = values.flatMap((value, i) => (value === null ? [] : [i]));
      if (model === null) return reads.length === 0;
      const drawn = model.atMs.map((atMs, i) => ({ atMs, last: model.last[i] ?? null }));
      for (const [k, at] of reads.entries()) {
        const after = reads[k + 1];
        const [from, to] = [drawn.findIndex(({ atMs }) => atMs === at * MINUTE_MS), drawn.findIndex(({ atMs }) => atMs === (after ?? at) * MINUTE_MS)];
        const isBroken = drawn.slice(from, to).some(({ last }) => last === null);
        expect([at, after, isBroken]).toEqual([at, after, after !== undefined && after - at > holdsBuckets + 1]);
      }
      return model.atMs.every((atMs, i) => i === 0 || atMs > (model.atMs[i - 1] ?? 0));
    }));
  });

  test('[HC1] a reading alone between gaps is drawn as a dot, and nothing read is nothing, not a line at zero', () => {
    expect(modelOf([null, 7, null, 8, 9])?.lone).toEqual([0]);
    expect(modelOf([null, null])).toBeNull();
  });

  test('[HC2] the lowest and highest reading stay in the band and in the words, however coarse the buckets', () => {
    fc.assert(fc.property(someValues.filter((values) => values.some((value) => value !== null)), (values) => {
      const model = modelOf(values)!;
      const read = values.filter((value) => value !== null);
      expect([model.lowest, model.highest, model.newest]).toEqual([Math.min(...read) - 1, Math.max(...read) + 1, read.at(-1)]);
      const [bottom, top] = valueBounds(model, null);
      expect(bottom < model.lowest && top > model.highest).toBe(true);
    }));
  });

  test('[HC2] a target near the values is on the chart; one far away does not press them flat', () => {
    expect(valueBounds({ lowest: 90, highest: 94 }, 95)[1]).toBeGreaterThan(95);
    expect(valueBounds({ lowest: 8, highest: 12 }, 80)[1]).toBeLessThan(13);
  });
});

describe('the table says what the chart shows', () => {
  test('[HC4] every bucket is in exactly one row, gaps are rows of their own, and no extreme is lost', () => {
    fc.assert(fc.property(someValues, fc.integer({ min: 1, max: 50 }), (values, mostRows) => {
      const [points, toMs] = [pointsOfValues(values), values.length * MINUTE_MS];
      const rows = tableRows(points, toMs, mostRows);
      expect(rows.length).toBeLessThanOrEqual(mostRows);
      expect([rows[0]?.fromMs, rows.at(-1)?.toMs]).toEqual([0, toMs]);
      for (const [i, row] of rows.entries()) if (i > 0) expect(row.fromMs).toBe(rows[i - 1]?.toMs);
      const known = values.filter((value) => value !== null);
      if (known.length > 0) expect([Math.min(...rows.flatMap(({ min }) => min ?? [])), Math.max(...rows.flatMap(({ max }) => max ?? []))]).toEqual([Math.min(...known) - 1, Math.max(...known) + 1]);
      return rows.every(({ last }, i) => last !== null || rows[i - 1] === undefined || rows[i - 1]?.last !== null);
    }));
  });
});

describe('the span is in the link', () => {
  test('[HC3] every span that can be chosen is read back as it was written', () => {
    for (const name of Object.keys(SPANS)) expect(readSpan(name, NOW_MS)).toMatchObject({ name, toMs: NOW_MS });
    fc.assert(fc.property(fc.integer({ min: 0, max: NOW_MS - 1 }), fc.integer({ min: 1, max: NOW_MS }), (fromMs, lengthMs) => {
      const span = { name: 'custom', fromMs, toMs: Math.min(NOW_MS, fromMs + lengthMs) } as const;
      expect(readSpan(writeSpan(span), NOW_MS)).toEqual(span);
    }));
  });

  test.each(['', '3d', '200-100', '-5', 'toString', `${NOW_MS + 1}-${NOW_MS + 9}`])('[HC3] "%s" is a day', (asked) => {
    expect(readSpan(asked, NOW_MS)).toEqual({ name: '24h', fromMs: NOW_MS - SPANS['24h'], toMs: NOW_MS });
  });

  test('[HC3] a chart of a past moment tells nothing of what came after it', () => {
    expect(readSpan(`${NOW_MS - 100}-${NOW_MS + 100}`, NOW_MS)).toEqual({ name: 'custom', fromMs: NOW_MS - 100, toMs: NOW_MS });
  });

  test('[HC5] it asks for no more points than the server sends, and for none shorter than readings come in', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 * 86_400_000 }), fc.integer({ min: 1_000, max: 7_776_000_000 }), (lengthMs, expectEveryMs) => {
      const points = pointsOf({ name: 'custom', fromMs: 0, toMs: lengthMs }, expectEveryMs);
      return points >= 1 && points <= 2_000 && (points === 1 || lengthMs / points >= expectEveryMs);
    }));
  });
});
