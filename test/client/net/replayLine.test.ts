import { beforeAll, describe, expect, test } from 'vitest';
import { createReplayLine } from '../../../client/net/replayLine.ts';
import { withEpoch } from '../../../shared/frame/frameHeader.ts';
import type { RecordedReplay } from '../../../server/recordReplay.ts';
import { recordSmallReplay, toReplay } from '../../support/aSmallReplay.ts';

let recorded: RecordedReplay;
beforeAll(async () => { recorded = await recordSmallReplay(); });

/** Of a line of these frames, under the index that the recorded ones would have. */
function whyRefused(alter: (frames: Uint8Array[]) => readonly Uint8Array[]): string | null {
  const { index } = toReplay(recorded);
  const frames = alter([...recorded.frames]);
  try {
    createReplayLine(frames, { ...index, frames: { ...index.frames, count: frames.length } });
    return null;
  } catch (error) {
    return /: (.*)\. Copy the folder again/s.exec(error instanceof Error ? error.message : '')?.[1] ?? String(error);
  }
}

describe('[SR3] frames that are no replay are refused, and the first wrong one is named', () => {
  test('as recorded, they are one', () => expect(whyRefused((frames) => frames)).toBeNull());

  test('one is missing, or the first is no snapshot', () => {
    expect(whyRefused((frames) => frames.toSpliced(3, 1))).toMatch(/^frame 4 of \d+ is delta \d+, which does not continue \d+$/);
    expect(whyRefused((frames) => frames.slice(1))).toMatch(/^frame 1 of \d+ is no snapshot/);
  });

  test('one is of another recording, or no frame at all', () => {
    expect(whyRefused((frames) => frames.with(5, withEpoch(frames[5]!, '0000000000000000')))).toMatch(/^frame 6 of \d+ is of demo nation 0000000000000000, and not of/);
    expect(whyRefused((frames) => frames.with(2, Uint8Array.of(1, 2, 3)))).toMatch(/^frame 3 of \d+ cannot be read/);
  });

  test('there are fewer than the index tells', () => {
    const { index } = toReplay(recorded);
    expect(() => createReplayLine(recorded.frames.slice(0, -1), index)).toThrow(/its index tells of \d+ frames, and \d+ are there/);
  });
});
