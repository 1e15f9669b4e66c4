import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClockLine, clockAt, followPlayback } from '../../../client/screens/demo/dataClock.ts';

const RATE = 604_800;
const at = (nowMs: number, isPlaying = true, rate = RATE) => ({ nowMs, rate, isPlaying, stopMs: null as number | null, restLeftMs: 0, endMs: 1e15 });

describe('[DC1] the date runs smoothly between the server’s messages', () => {
  test('half a second after a message it stands half a second of playing further', () => {
    const line = followPlayback(null, at(1_000_000), 100);
    expect(clockAt(line, 600)).toBe(1_000_000 + 500 * RATE);
  });

  test('while it plays, messages that come late by up to a second never turn it back', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 20 }), (latenessMs) => {
      let line: ClockLine | null = null;
      let shownMs = Number.NEGATIVE_INFINITY;
      latenessMs.forEach((lateMs, i) => {
        const frameMs = i * 2_000 + lateMs;
        const beforeMs: number = line === null ? shownMs : clockAt(line, frameMs);
        line = followPlayback(line, at(5e9 + i * 2_000 * RATE), frameMs);
        const afterMs = clockAt(line, frameMs);
        expect(afterMs).toBeGreaterThanOrEqual(beforeMs);
        shownMs = afterMs;
      });
    }));
  });

  test('a seek back is followed at once', () => {
    const line = followPlayback(null, at(9e11), 0);
    expect(clockAt(followPlayback(line, at(1e11), 10), 10)).toBe(1e11);
  });

  test('paused it stands still, where the server says', () => {
    const line = followPlayback(followPlayback(null, at(1_000), 0), at(900, false), 50);
    expect(clockAt(line, 9_999)).toBe(900);
  });

  test('it never runs past the end of the recording', () => {
    const line = followPlayback(null, { ...at(1_000), endMs: 2_000 }, 0);
    expect(clockAt(line, 60_000)).toBe(2_000);
  });

  test('it stops at the next stop and waits there for the server, however late the message', () => {
    const line = followPlayback(null, { ...at(1_000), stopMs: 5_000 }, 0);
    expect(clockAt(line, 60_000)).toBe(5_000);
    const resting = followPlayback(line, { ...at(5_000), restLeftMs: 12_000 }, 60_000);
    expect(clockAt(resting, 72_000)).toBe(5_000);
    expect(clockAt(resting, 72_010)).toBe(5_000 + 10 * RATE);
  });
});
