import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBatch, encodeBatch } from '../../../server/log/batchCodec.ts';
import { arbitraryObservation } from '../../support/arbitraryObservation.ts';
import { anObservation } from '../../support/anObservation.ts';

const SERIES = 5;
/** The file numbered the series in another order. */
const idBySeriesIndex = Int32Array.of(7, 3, 900, 1, 4);
const seriesIndexById = new Int32Array(901).fill(-1);
idBySeriesIndex.forEach((id, index) => { seriesIndexById[id] = index; });

describe('[L2] a batch read back is the batch written, bit for bit', () => {
  test('for any batch', () => {
    fc.assert(fc.property(fc.array(arbitraryObservation(SERIES), { maxLength: 40 }), (batch) => {
      expect(decodeBatch(encodeBatch(batch, idBySeriesIndex), seriesIndexById)).toEqual(batch);
    }), { numRuns: 500 });
  });

  test('for a long batch of stretches that repeat and stretches that do not', () => {
    const batch = Array.from({ length: 5000 }, (_, i) => anObservation({ seriesIndex: i % SERIES, value: i % 1000 < 500 ? 7 : Math.sqrt(i) }));
    expect(decodeBatch(encodeBatch(batch, idBySeriesIndex), seriesIndexById)).toEqual(batch);
  });

  test('a series the file does not know keeps its place as null', () => {
    const batch = [anObservation({ seriesIndex: 0 }), anObservation({ seriesIndex: 1 })];
    expect(decodeBatch(encodeBatch(batch, idBySeriesIndex), Int32Array.of(-1, -1, -1, 1))).toEqual([null, batch[1]]);
  });

  test('a series outside the table is refused, not stored as another', () => {
    expect(() => encodeBatch([anObservation({ seriesIndex: SERIES })], idBySeriesIndex)).toThrow(/Observation of series 5/);
  });
});

test('[L8] damaged bytes are an error with a reason, never an endless loop or a silent half', () => {
  const payload = encodeBatch(Array.from({ length: 50 }, (_, i) => anObservation({ value: i * 1.7, eventId: `e${i}` })), idBySeriesIndex);
  fc.assert(fc.property(fc.nat(payload.length - 1), (length) => {
    expect(() => decodeBatch(payload.slice(0, length), seriesIndexById)).toThrow();
  }));
  fc.assert(fc.property(fc.nat(payload.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
    const damaged = payload.slice();
    damaged[at]! ^= flip;
    try {
      expect(decodeBatch(damaged, seriesIndexById).length).toBeGreaterThanOrEqual(0);
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
    }
  }), { numRuns: 500 });
});
