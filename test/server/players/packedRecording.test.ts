import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPackedRecording } from '../../../server/players/packedRecording.ts';
import { createMemoryRecording } from '../../../server/players/recording.ts';
import { RecordingFileError } from '../../../server/players/recordingFile.ts';
import type { ReceivedCandidate } from '../../../server/ports/player.ts';
import { aFileOf, aPackedFile } from '../../support/aPackedFile.ts';
import { packedBytes } from '../../support/packedBytes.ts';

const reading = fc.record({
  receivedAtMs: fc.integer({ min: 1_000, max: 1_200 }), localityCode: fc.constantFrom('68', '672'), indicatorId: fc.constantFrom('alerts-open', 'dossiers-overdue'),
  observedAtMs: fc.integer({ min: 900, max: 1_200 }), value: fc.nat(1_000),
}).map(({ receivedAtMs, ...said }): ReceivedCandidate => ({ receivedAtMs, candidate: { sourceId: 'test', provenance: 'measured', ...said } }));
const arrivals = fc.array(fc.oneof({ weight: 9, arbitrary: reading }, { weight: 1, arbitrary: fc.record({ receivedAtMs: fc.integer({ min: 1_000, max: 1_200 }), candidate: fc.jsonValue() }) }), { minLength: 1, maxLength: 120 })
  .map((list): ReceivedCandidate[] => list.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs));

const SOME = Array.from({ length: 60 }, (_, i): ReceivedCandidate => ({ receivedAtMs: 1_000 + i, candidate: { localityCode: '68', value: i * 7_919 % 101 } }));

describe('a packed recording', () => {
  test('[LR4] says between any two moments, and of any moment, what the same recording in memory says', async () => {
    await fc.assert(fc.asyncProperty(arrivals, fc.array(fc.tuple(fc.integer({ min: 950, max: 1_250 }), fc.integer({ min: 950, max: 1_250 })), { minLength: 1, maxLength: 5 }), async (received, asked) => {
      const { recording } = await readPackedRecording(aPackedFile(received), 2);
      const inMemory = createMemoryRecording(received);
      for (const [aMs, bMs] of asked) {
        expect(JSON.stringify(await recording.readBetween(aMs, bMs))).toBe(JSON.stringify(await inMemory.readBetween(aMs, bMs)));
        expect(JSON.stringify(await recording.currentAt(aMs))).toBe(JSON.stringify(await inMemory.currentAt(aMs)));
      }
    }), { numRuns: 60 });
  });

  test('[LR5] wherever the file is cut, it is refused with a line', async () => {
    const bytes = packedBytes(SOME);
    for (let length = 0; length < bytes.length; length++) {
      const error = await readPackedRecording(aFileOf(bytes.subarray(0, length))).catch((caught: unknown) => caught);
      expect(error, `cut to ${length} of ${bytes.length} bytes`).toBeInstanceOf(RecordingFileError);
    }
  });

  test('[LR5] whatever bit is changed, the file is refused with a line; but for the name of the system it was made on', async () => {
    const bytes = packedBytes(SOME);
    const accepted: number[] = [];
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const opened = await readPackedRecording(aFileOf(changed)).catch((caught: unknown) => caught);
      if (!(opened instanceof RecordingFileError)) accepted.push(at);
    }
    expect(accepted).toEqual([9]);
  });

  test('[LR5] with anything behind its end it is refused', async () => {
    for (const more of ['\0', 'x', '{}\n', Buffer.from(packedBytes(SOME))]) {
      const error = await readPackedRecording(aFileOf(Buffer.concat([packedBytes(SOME), Buffer.from(more)]))).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(RecordingFileError);
    }
  });

  test('[LR6] what arrived before it is shown is the picture it begins with', async () => {
    const { recording } = await readPackedRecording(aPackedFile(SOME, { shownFromMs: 1_030 }));
    expect(recording.startMs).toBe(1_030);
    expect(recording.endMs).toBe(1_059);
  });
});
