import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReadingColumns, type ReadingColumns, unpackStatus } from '../../../shared/domain/readingColumns.ts';
import { applyFrame } from '../../../shared/frame/applyFrame.ts';
import { changedSeries } from '../../../shared/frame/changedSeries.ts';
import { createFrameEncoder } from '../../../shared/frame/encodeFrame.ts';
import { FrameError, type FrameHeader, type SeriesRange } from '../../../shared/frame/frame.ts';
import { readFrameHeader } from '../../../shared/frame/frameHeader.ts';
import { decimalsOf, topicRanges } from '../../../shared/frame/topicRanges.ts';
import { aSmallTable, changesOf, copyColumns, pictureOf, writeChanges } from '../../support/someReadings.ts';

const table = aSmallTable();
const decimals = decimalsOf(table);
const seriesCount = table.series.length;
const encoder = createFrameEncoder(decimals);
const everything = Uint32Array.from({ length: seriesCount }, (_, index) => index);
const EPOCH = '0123456789abcdef';
const T0 = 1_600_000_123_456;

function aHeader(part: Partial<FrameHeader> = {}): FrameHeader {
  return { kind: 'delta', channel: 'live', topic: 'nation', epoch: EPOCH, baseSeq: 6, seq: 7, serverTimeMs: T0, dataTimeMs: T0, seriesCount, ...part };
}

const aSnapshotHeader = (part: Partial<FrameHeader> = {}) => aHeader({ kind: 'snapshot', baseSeq: 0, ...part });
const held = { epoch: EPOCH, seq: 6 };

const columnsAfter = (...batches: ReturnType<typeof changesOf> extends fc.Arbitrary<infer C> ? C[] : never): ReadingColumns => {
  const columns = createReadingColumns(seriesCount);
  for (const batch of batches) writeChanges(columns, batch);
  return columns;
};

describe('deltas', () => {
  test('[D3] a delta brings what was before to exactly what is after, and names what changed', () => {
    fc.assert(fc.property(changesOf(seriesCount), changesOf(seriesCount), fc.integer({ min: T0 - 1e12, max: T0 }), (first, second, dataTimeMs) => {
      const before = columnsAfter(first);
      const after = columnsAfter(first, second);
      const changed = changedSeries(before, after, everything);
      const bytes = encoder.encodeDelta(aHeader({ dataTimeMs }), before, after, changed);
      const mirror = copyColumns(before);
      const applied = applyFrame(mirror, bytes, held, decimals);
      expect(pictureOf(mirror)).toEqual(pictureOf(after));
      expect(applied.changed).toEqual(changed);
    }), { numRuns: 500 });
  });

  test('[D3] naming more series than changed costs bytes, not correctness', () => {
    fc.assert(fc.property(changesOf(seriesCount), changesOf(seriesCount), (first, second) => {
      const before = columnsAfter(first);
      const after = columnsAfter(first, second);
      const mirror = copyColumns(before);
      applyFrame(mirror, encoder.encodeDelta(aHeader(), before, after, everything), held, decimals);
      expect(pictureOf(mirror)).toEqual(pictureOf(after));
    }));
  });

  test('[D1] no change is no candidate, and the same change is the same bytes', () => {
    fc.assert(fc.property(changesOf(seriesCount), changesOf(seriesCount), (first, second) => {
      const before = columnsAfter(first);
      expect(changedSeries(before, columnsAfter(first), everything)).toHaveLength(0);
      const after = columnsAfter(first, second);
      const changed = changedSeries(before, after, everything);
      const again = createFrameEncoder(decimals);
      expect(encoder.encodeDelta(aHeader(), before, after, changed)).toEqual(again.encodeDelta(aHeader(), before, after, changed));
    }));
  });

  test.each([
    { gap: 'nothing is held', position: null },
    { gap: 'a frame was missed', position: { epoch: EPOCH, seq: 5 } },
    { gap: 'it was applied before', position: { epoch: EPOCH, seq: 7 } },
    { gap: 'the epoch is another', position: { epoch: 'fedcba9876543210', seq: 6 } },
  ])('[M1] a delta is refused and nothing is touched when $gap', ({ position }) => {
    const before = createReadingColumns(seriesCount);
    const after = columnsAfter([{ index: 3, value: 1.5, numerator: 1, denominator: 2, observedAtMs: 0, status: 1, membersFresh: 0, membersExpected: 0 }]);
    const bytes = encoder.encodeDelta(aHeader(), before, after, Uint32Array.of(3));
    const mirror = copyColumns(before);
    expect(() => applyFrame(mirror, bytes, position, decimals)).toThrow(expect.objectContaining({ name: 'FrameError', reason: 'gap' }));
    expect(pictureOf(mirror)).toEqual(pictureOf(before));
  });
});

describe('snapshots', () => {
  const topics = ['nation', 'province:01', 'province:48'];

  test('[D2] a snapshot replaces its topic’s series, forgets what vanished, leaves the others, and names what differs', () => {
    fc.assert(fc.property(changesOf(seriesCount), changesOf(seriesCount), fc.constantFrom(...topics), (heldChanges, sent, topic) => {
      const ranges = topicRanges(table, topic) as readonly SeriesRange[];
      const before = columnsAfter(heldChanges);
      const server = columnsAfter(sent);
      const mirror = copyColumns(before);
      const applied = applyFrame(mirror, encoder.encodeSnapshot(aSnapshotHeader({ topic }), server, ranges), null, decimals);
      const inside = (index: number) => ranges.some(([start, end]) => index >= start && index < end);
      const outside = everything.filter((index) => !inside(index)).reduce<[number, number][]>((list, index) => { list.push([index, index + 1]); return list; }, []);
      expect(pictureOf(mirror, ranges)).toEqual(pictureOf(server, ranges));
      expect(pictureOf(mirror, outside)).toEqual(pictureOf(before, outside));
      expect(applied.changed).toEqual(changedSeries(before, mirror, everything));
    }), { numRuns: 300 });
  });

  test('[D3] a province’s deltas after its snapshot keep it equal to the server', () => {
    fc.assert(fc.property(changesOf(seriesCount), fc.array(changesOf(seriesCount, 10), { maxLength: 6 }), (first, ticks) => {
      const ranges = topicRanges(table, 'province:02') as readonly SeriesRange[];
      const server = columnsAfter(first);
      const mirror = createReadingColumns(seriesCount);
      applyFrame(mirror, encoder.encodeSnapshot(aSnapshotHeader({ topic: 'province:02', seq: 1 }), server, ranges), null, decimals);
      ticks.forEach((tick, t) => {
        const before = copyColumns(server);
        writeChanges(server, tick);
        const changed = changedSeries(before, server, everything).filter((index) => ranges.some(([start, end]) => index >= start && index < end));
        applyFrame(mirror, encoder.encodeDelta(aHeader({ topic: 'province:02', baseSeq: t + 1, seq: t + 2 }), before, server, changed), { epoch: EPOCH, seq: t + 1 }, decimals);
        expect(pictureOf(mirror, ranges)).toEqual(pictureOf(server, ranges));
      });
    }));
  });
});

describe('the header', () => {
  test('[B1] says what the frame is, without its body', () => {
    fc.assert(fc.property(fc.record({
      kind: fc.constantFrom('snapshot' as const, 'delta' as const), channel: fc.constantFrom('live', 'demo'), topic: fc.constantFrom('nation', 'province:79'),
      epoch: fc.stringMatching(/^[0-9a-f]{16}$/), baseSeq: fc.maxSafeNat(), seq: fc.maxSafeNat(),
      serverTimeMs: fc.double({ min: 0, max: 8e15, noNaN: true }), dataTimeMs: fc.double({ min: 0, max: 8e15, noNaN: true }), seriesCount: fc.constant(seriesCount),
    }), (header) => {
      const nothing = createReadingColumns(seriesCount);
      const bytes = encoder.encodeDelta(header, nothing, nothing, new Uint32Array(0));
      expect(readFrameHeader(bytes)).toEqual(header);
      expect(new DataView(bytes.buffer).getFloat64(8, true)).toBe(header.serverTimeMs);
    }));
  });
});

const readHeaderLength = (frame: Uint8Array) => new DataView(frame.buffer).getUint16(6, true);

describe('hostile bytes', () => {
  function tryApply(bytes: Uint8Array, position = held): void {
    const before = columnsAfter([{ index: 4, value: 7.5, numerator: 3, denominator: 4, observedAtMs: T0, status: 1, membersFresh: 1, membersExpected: 2 }]);
    const mirror = copyColumns(before);
    try {
      const { changed } = applyFrame(mirror, bytes, position, decimals);
      // What was taken is a picture: known statuses, times that are times, and series of this edition, ascending.
      for (const status of mirror.status) unpackStatus(status);
      for (const timeMs of mirror.observedAtMs) expect(Math.abs(timeMs) > 8.64e15).toBe(false);
      expect(changed.every((index, k) => index < seriesCount && (k === 0 || index > changed[k - 1]!))).toBe(true);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      expect(pictureOf(mirror)).toEqual(pictureOf(before));
    }
  }

  function framesOf(changes: Parameters<typeof writeChanges>[1]): Uint8Array[] {
    const nothing = createReadingColumns(seriesCount);
    const after = columnsAfter([...changes]);
    return [encoder.encodeDelta(aHeader(), nothing, after, changedSeries(nothing, after, everything)),
      encoder.encodeSnapshot(aSnapshotHeader(), after, topicRanges(table, 'province:01') as readonly SeriesRange[])];
  }

  test('[B2] flipped bits are a FrameError or a frame: never another error, never a half-written picture', () => {
    fc.assert(fc.property(changesOf(seriesCount), fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (changes, flips) => {
      for (const bytes of framesOf(changes)) {
        for (const flip of flips) {
          const at = flip % (bytes.length * 8);
          bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
        }
        tryApply(bytes);
      }
    }), { numRuns: 1500 });
  });

  test('[B2] every cut of a frame is refused, and so is every addition', () => {
    fc.assert(fc.property(changesOf(seriesCount), fc.uint8Array({ minLength: 1, maxLength: 9 }), (changes, tail) => {
      for (const bytes of framesOf(changes)) {
        for (let length = 0; length < bytes.length; length++) {
          const mirror = createReadingColumns(seriesCount);
          expect(() => applyFrame(mirror, bytes.subarray(0, length), held, decimals)).toThrow(FrameError);
          expect(pictureOf(mirror)).toEqual(pictureOf(createReadingColumns(seriesCount)));
        }
        expect(() => applyFrame(createReadingColumns(seriesCount), Uint8Array.of(...bytes, ...tail), held, decimals)).toThrow(FrameError);
      }
    }), { numRuns: 60 });
  });

  test('[B2] noise behind a good header is refused or read, and never asks for more than the edition has', () => {
    const nothing = createReadingColumns(seriesCount);
    const head = encoder.encodeDelta(aHeader(), nothing, nothing, new Uint32Array(0)).subarray(0, -1);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => tryApply(Uint8Array.of(...head, ...noise))), { numRuns: 1500 });
  });

  // One byte of a good frame at a time: series 1 and 3 of 35 change their value, series 3 its status.
  test.each([
    { what: 'another magic', at: 0, byte: 0x45, expected: 'the magic' },
    { what: 'another layout', at: 4, byte: 2, expected: 'frame layout 1, got 2' },
    { what: 'an unknown kind', at: 5, byte: 3, expected: 'kind 1 or 2' },
    { what: 'a header length that is not its length', at: 6, byte: 40, expected: 'a header of 40 bytes' },
    { what: 'a server time that is none', at: 15, byte: 0x7f, expected: 'a server time in epoch ms' },
    { what: 'more series than the edition has', at: 47, byte: 36, expected: 'at most 35' },
    { what: 'a series beyond the edition', at: 48, byte: 34, expected: 'positions below 35' },
    { what: 'too many low bits', at: 49, byte: 25, expected: 'at most 24 low bits' },
    { what: 'too many ones', at: 50, byte: 17, expected: 'limit 16' },
    { what: 'an unknown block flag', at: 52, byte: 0x13, expected: 'known block flags' },
    { what: 'every series, but no integers', at: 52, byte: 2, expected: 'known block flags' },
    { what: 'bits after the last integer', at: 58, byte: 0x81, expected: 'zero bits up to the end of the byte' },
    { what: 'a status nobody knows', at: 69, byte: 0x07, expected: 'a status of known freshness' },
    { what: 'a place outside the dictionary', at: 70, byte: 1, expected: 'a place among 1 statuses' },
  ])('[B2] $what is refused, and the message says what was expected', ({ at, byte, expected }) => {
    const before = columnsAfter([1, 3].map((index) => ({ index, value: 7, numerator: Number.NaN, denominator: Number.NaN, observedAtMs: 0, status: 1, membersFresh: 0, membersExpected: 0 })));
    const after = copyColumns(before);
    after.value.set([8], 1);
    after.value.set([6], 3);
    after.status[3] = 33;
    const frame = encoder.encodeDelta(aHeader({ topic: 'nation' }), before, after, Uint32Array.of(1, 3));
    expect(() => applyFrame(copyColumns(before), frame, held, decimals)).not.toThrow();
    frame[at] = byte;
    const mirror = copyColumns(before);
    expect(() => applyFrame(mirror, frame, held, decimals)).toThrow(new RegExp(`expected .*${expected}`));
    expect(pictureOf(mirror)).toEqual(pictureOf(before));
  });

  test('[B2] a snapshot may not speak of series outside the ranges it replaces', () => {
    const ranges = topicRanges(table, 'province:01') as readonly SeriesRange[];
    const server = columnsAfter([{ index: ranges[1]![1] - 1, value: 1, numerator: 1, denominator: 1, observedAtMs: T0, status: 1, membersFresh: 0, membersExpected: 0 }]);
    const frame = encoder.encodeSnapshot(aSnapshotHeader(), server, ranges);
    const lengthAt = readHeaderLength(frame) + 4;
    expect(frame[lengthAt]).toBe(ranges[1]![1] - ranges[1]![0]);
    frame[lengthAt] = 1;
    expect(() => applyFrame(createReadingColumns(seriesCount), frame, null, decimals)).toThrow(/series inside the snapshot's ranges/);
  });

  test('[B3] a frame of another edition is refused with what was expected', () => {
    const frame = framesOf([])[0] as Uint8Array;
    expect(() => applyFrame(createReadingColumns(12), frame, held, new Uint8Array(12))).toThrow(/expected 12 series as in this edition's table, got 35/);
  });
});
