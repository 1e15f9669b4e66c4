import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createReadingColumns, packStatus, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { applyFrame } from '../../shared/frame/applyFrame.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import { FrameError, type HeldPosition } from '../../shared/frame/frame.ts';
import { readFrameHeader } from '../../shared/frame/frameHeader.ts';
import { decimalsOf } from '../../shared/frame/topicRanges.ts';
import { ensureDebian } from '../support/debianService.ts';
import { deliveriesOf } from '../support/frameDeliveries.ts';
import { frameReadme, readmeExample } from '../support/frameReadme.ts';
import { frameLine, type PythonDecoder, pictureBytes, startPythonDecoder, topicLine } from '../support/pythonDecoder.ts';
import { aFrameStream } from '../support/someFrameStreams.ts';
import { copyColumns } from '../support/someReadings.ts';

const STREAMS = 1000;
const BENT_STREAMS = 400;
const LIMIT_MS = 60_000;

const python = ensureDebian('python3', 'python3');
const decoder: PythonDecoder | null = python === null ? null : startPythonDecoder(python);
afterAll(() => decoder?.stop());
const ask: PythonDecoder['ask'] = (...lines) => decoder!.ask(...lines);

/** What applyFrame makes of one frame after the other. */
function aMirror(decimals: Uint8Array) {
  const columns = createReadingColumns(decimals.length);
  let held: HeldPosition | null = null;
  return {
    columns,
    apply(bytes: Uint8Array): 'applied' | FrameError['reason'] {
      try {
        held = applyFrame(columns, bytes, held, decimals).header;
        return 'applied';
      } catch (error) {
        if (error instanceof FrameError) return error.reason;
        throw error;
      }
    },
  };
}

/** Python's words for the header, in ours. */
const inPython = (bytes: Uint8Array) => {
  const { kind, channel, topic, epoch, baseSeq, seq, serverTimeMs, dataTimeMs, seriesCount } = readFrameHeader(bytes);
  return { kind: kind === 'snapshot' ? 1 : 2, channel, topic, epoch, base_seq: baseSeq, seq, server_time_ms: serverTimeMs, data_time_ms: dataTimeMs, series_count: seriesCount };
};

interface Patch {
  readonly kind: 'flip' | 'set' | 'insert' | 'remove' | 'cut';
  readonly at: number;
  readonly byte: number;
}

const manyPatches: fc.Arbitrary<Patch[][]> = fc.array(fc.array(fc.record({
  kind: fc.oneof({ weight: 2, arbitrary: fc.constant<Patch['kind']>('flip') }, { weight: 4, arbitrary: fc.constantFrom<Patch['kind']>('set', 'insert', 'remove', 'cut') }),
  at: fc.nat(), byte: fc.oneof(fc.constantFrom(0, 1, 2, 4, 8, 127, 128, 255), fc.nat({ max: 255 })),
}), { minLength: 1, maxLength: 3 }), { minLength: 8, maxLength: 24 });

function patched(bytes: Uint8Array, { kind, at, byte }: Patch): Uint8Array {
  const place = at % Math.max(1, bytes.length);
  if (kind === 'cut') return bytes.subarray(0, place);
  const put = kind === 'remove' ? [] : [kind === 'flip' ? (bytes[place] ?? 0) ^ (1 << (byte & 7)) : byte];
  return Uint8Array.of(...bytes.subarray(0, place), ...put, ...bytes.subarray(kind === 'insert' ? place : place + 1));
}

const T = 1_600_000_000_000;
const EXAMPLE_DECIMALS = Uint8Array.of(0, 1, 1, 0);
const measured = packStatus({ freshness: 'fresh', provenance: 'measured', comparator: 'exactly' });
const simulated = packStatus({ freshness: 'fresh', provenance: 'simulated', comparator: 'exactly' });

/** What the page says is held at 300, and after its example. */
function exampleColumns(one: [value: number, timeMs: number, status: number], three: [value: number, timeMs: number, status: number]): ReadingColumns {
  const columns = createReadingColumns(4);
  for (const [index, [value, timeMs, status]] of [[1, one], [3, three]] as const) {
    columns.value[index] = value;
    columns.observedAtMs[index] = timeMs;
    columns.status[index] = status;
  }
  return columns;
}

const heldAt300 = exampleColumns([12.3, T - 60_000, measured], [7, T - 60_000, measured]);
const snapshotAt300 = createFrameEncoder(EXAMPLE_DECIMALS).encodeSnapshot(
  { kind: 'snapshot', channel: 'live', topic: 'nation', epoch: '0123456789abcdef', baseSeq: 0, seq: 300, serverTimeMs: T, dataTimeMs: T, seriesCount: 4 }, heldAt300, [[0, 4]]);

/** Both readers' answers to one frame at 300. */
async function bothAt300(frame: Uint8Array) {
  const mirror = aMirror(EXAMPLE_DECIMALS);
  mirror.apply(snapshotAt300);
  const [, snapshot, answer] = await ask(topicLine(EXAMPLE_DECIMALS), frameLine(snapshotAt300), frameLine(frame));
  expect(snapshot).toMatchObject({ did: 'applied', picture: pictureBytes(heldAt300) });
  return { ours: mirror.apply(frame), theirs: answer!, mirror };
}

/** The example with `hex` in place of `count` bytes at `at`. */
const exampleWith = (at: number, hex: string, count = hex.split(' ').length) =>
  Buffer.concat([readmeExample().subarray(0, at), Buffer.from(hex.replaceAll(' ', ''), 'hex'), readmeExample().subarray(at + count)]);

describe.skipIf(decoder === null)('a second decoder, written in Python from shared/frame/README.md', () => {
  test('[B7] reads the page\'s examples as the page says', async () => {
    const { theirs } = await bothAt300(readmeExample());
    expect(theirs).toEqual({ did: 'applied', header: inPython(readmeExample()), picture: pictureBytes(exampleColumns([12.4, T, measured], [5, T - 1000, simulated])) });
    expect(theirs.header).toEqual({ kind: 2, server_time_ms: T + 250.5, data_time_ms: T, epoch: '0123456789abcdef', seq: 301, base_seq: 300, series_count: 4, channel: 'live', topic: 'nation' });
    const [, packed, said] = /`((?:[0-9a-f]{2} ?)+)` is ((?:\d+, )+\d+)/.exec(frameReadme) ?? [];
    const integers = said!.split(', ').map(Number);
    expect(await ask(`packed ${integers.length} ${packed!.replaceAll(' ', '')}`)).toEqual([{ did: 'read', integers }]);
  });

  test('[B7] holds after every frame of a thousand streams what was encoded and what applyFrame holds, bit for bit', async () => {
    const seen = { applied: 0, old: 0, resync: 0 };
    await fc.assert(fc.asyncProperty(aFrameStream, async (stream) => {
      const decimals = decimalsOf(stream.table);
      const deliveries = deliveriesOf(stream);
      const answers = (await ask(topicLine(decimals), ...deliveries.map(({ bytes }) => frameLine(bytes)))).slice(1);
      const mirror = aMirror(decimals);
      for (const [i, { bytes, does, holds }] of deliveries.entries()) {
        expect(mirror.apply(bytes)).toBe(does === 'applied' ? 'applied' : 'gap');
        expect(answers[i]).toEqual({ did: does, header: inPython(bytes), picture: pictureBytes(holds) });
        expect(pictureBytes(mirror.columns)).toBe(answers[i]!.picture);
        seen[does] += 1;
      }
    }), { numRuns: STREAMS });
    // A generator that no longer makes them would leave the rule untested.
    expect(Math.min(seen.applied / 10, seen.old, seen.resync)).toBeGreaterThan(100);
  }, LIMIT_MS);

  test.each([
    { what: 'another magic', frame: exampleWith(0, '45'), why: 'magic at byte 0: got 45 56 50 31, expected 44 56 50 31' },
    { what: 'another layout', frame: exampleWith(4, '02'), why: 'layout version at byte 4: got 02, expected 01' },
    { what: 'an unknown kind', frame: exampleWith(5, '03'), why: 'kind at byte 5: got 3, expected 1 to 2' },
    { what: 'a header of another length', frame: exampleWith(6, '32'), why: 'header length at byte 6: got 50, expected 49, where the topic ends' },
    { what: 'a time that is none', frame: exampleWith(8, '00 00 00 00 00 00 f8 7f'), why: 'server time at byte 8: got nan, expected a number' },
    { what: 'a time out of range', frame: exampleWith(16, '00 00 00 00 00 00 f0 7f'), why: 'data time at byte 16: got inf, expected within 8640000000000000.0 ms of 1970' },
    { what: 'another table', frame: exampleWith(36, '05'), why: 'series count at byte 36: got 5, expected 4, as in the edition\'s table' },
    { what: 'a name that is no text', frame: exampleWith(38, '0a'), why: 'channel at byte 38: got 0a 69 76 65, expected bytes 21 to 7e' },
    { what: 'a snapshot with a base', frame: exampleWith(5, '01'), why: 'baseSeq of a snapshot at byte 34: got 300, expected 0' },
    { what: 'more changes than series', frame: exampleWith(49, '05'), why: 'changed at byte 49: got 5, expected at most 4' },
    { what: 'a position out of range', frame: exampleWith(50, '02'), why: 'positions of changed series at byte 50: got 5, expected less than 4' },
    { what: 'too many low bits', frame: exampleWith(51, '19'), why: 'lowBits of changed series at byte 51: got 25, expected 0 to 24' },
    { what: 'an unknown flag', frame: exampleWith(54, '13'), why: 'flags of value at byte 54: got 19, expected bits of 15, 2 only with 1' },
    { what: 'every series of nothing', frame: exampleWith(54, '02'), why: 'flags of value at byte 54: got 2, expected bits of 15, 2 only with 1' },
    { what: 'bits after the last integer', frame: exampleWith(59, '06'), why: 'fill of value at byte 59: got 0b1, expected zero bits' },
    { what: 'too many decimals', frame: exampleWith(60, '04 04', 1), why: 'decimals of numerator at byte 61: got 4, expected 0 to 3' },
    { what: 'a number that is none', frame: exampleWith(60, '08 00 01 00 00 00 00 00 00 00 00 00 00 f8 7f', 1), why: 'numerator at byte 67: got nan, expected a number' },
    { what: 'a status without a name', frame: exampleWith(75, '07'), why: 'status at byte 75: got 7, expected freshness 0 to 4, provenance 0 to 5' },
    { what: 'a place beyond the dictionary', frame: exampleWith(76, '01'), why: 'status of series 3 at byte 76: got 1, expected a place below 1' },
    { what: 'a member too few', frame: exampleWith(80, '03 01 00 00 00', 1), why: 'members_fresh of series 1 at byte 81: got -1, expected 0 to 65535' },
    { what: 'a frame cut short', frame: readmeExample().subarray(0, 81), why: 'flags of members_expected at byte 81: got 0 bytes left, expected 1 bytes' },
    { what: 'a byte too many', frame: exampleWith(82, '00', 0), why: 'end of the frame at byte 82: got 1 more bytes, expected none' },
  ])('[B7] refuses $what as applyFrame does, says what, where, got and expected, and holds what it held', async ({ frame, why }) => {
    const { ours, theirs } = await bothAt300(frame);
    expect([ours, theirs]).toEqual(['malformed', { did: 'refused', why, picture: pictureBytes(heldAt300) }]);
  });

  test('[B7] a minus zero that comes as a double stays one, in both', async () => {
    const after = exampleColumns([12.4, T, measured], [5, T - 1000, simulated]);
    after.numerator[1] = -0;
    const { theirs, mirror } = await bothAt300(exampleWith(60, '08 00 01 00 00 00 00 00 00 00 00 00 00 00 80', 1));
    expect([theirs.did, theirs.picture, pictureBytes(mirror.columns)]).toEqual(['applied', pictureBytes(after), pictureBytes(after)]);
  });

  // What no encoder writes and the page rules out; applyFrame need not look, because what comes of it is still a picture.
  const STRICTER = /expected (?:as few bytes as it takes|one that is named once in the block|below its seq, \d+)$/;
  test.each([
    { what: 'a varint longer than it must be', frame: exampleWith(32, 'ad 82 00', 2).fill(0x32, 6, 7) },
    { what: 'a series twice in one block', frame: exampleWith(60, '0c 00 01 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00 f0 3f', 1) },
    { what: 'a delta that leads nowhere', frame: exampleWith(32, 'ac 02') },
  ])('[B7] refuses $what, which applyFrame takes', async ({ frame }) => {
    const { ours, theirs } = await bothAt300(frame);
    expect([ours, theirs.did, theirs.why]).toEqual(['applied', 'refused', expect.stringMatching(STRICTER)]);
  });

  test('[B7] of frames cut, flipped and patched it refuses all that applyFrame refuses, reads the others alike, and never fails otherwise', async () => {
    const seen = { applied: 0, gap: 0, malformed: 0, stricter: 0 };
    await fc.assert(fc.asyncProperty(aFrameStream, manyPatches, async (stream, patches) => {
      const decimals = decimalsOf(stream.table);
      const frames = deliveriesOf(stream).flatMap(({ bytes }, i) => [...patches.slice(3 * i, 3 * i + 3).map((some) => some.reduce(patched, bytes)), bytes]);
      const answers = (await ask(topicLine(decimals), ...frames.map(frameLine))).slice(1);
      const mirror = aMirror(decimals);
      for (const [i, frame] of frames.entries()) {
        const before = copyColumns(mirror.columns);
        const ours = mirror.apply(frame);
        const { did, why, picture } = answers[i]!;
        seen[ours] += 1;
        if (did === 'refused' && ours !== 'malformed') {
          expect(why).toMatch(STRICTER);
          expect(picture).toBe(pictureBytes(before));
          seen.stricter += 1;
          // From here on the two hold different pictures.
          if (ours === 'applied') return;
        } else {
          expect(did === 'old' || did === 'resync' ? 'gap' : did === 'refused' ? 'malformed' : did).toBe(ours);
          expect(picture).toBe(pictureBytes(mirror.columns));
        }
      }
    }), { numRuns: BENT_STREAMS });
    expect(Math.min(seen.applied, seen.gap, seen.malformed)).toBeGreaterThan(200);
  }, LIMIT_MS);
});
