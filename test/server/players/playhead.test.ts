import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlayhead, type PlayheadOptions } from '../../../server/players/playhead.ts';

const START_MS = 1_000_000;

/** A playhead with a clock that only the test moves. */
function aPlayhead(options: Partial<PlayheadOptions> = {}) {
  let elapsedMs = 500;
  const playhead = createPlayhead({ startMs: START_MS, elapsedMs: () => elapsedMs, ...options });
  return { playhead, wait: (ms: number) => { elapsedMs += ms; } };
}

describe('playhead', () => {
  test('[PH1] it begins at the start and moves at its rate', () => {
    const { playhead, wait } = aPlayhead({ rate: 10 });
    expect(playhead.nowMs()).toBe(START_MS);
    wait(250);
    expect(playhead.nowMs()).toBe(START_MS + 2_500);
  });

  test('[PH2] paused, it stays; playing again, it goes on from there', () => {
    const { playhead, wait } = aPlayhead();
    wait(100);
    playhead.pause();
    wait(5_000);
    expect([playhead.isPlaying, playhead.nowMs()]).toEqual([false, START_MS + 100]);
    playhead.play();
    wait(7);
    expect([playhead.isPlaying, playhead.nowMs()]).toEqual([true, START_MS + 107]);
  });

  test('[PH2] it can begin paused', () => {
    const { playhead, wait } = aPlayhead({ isPlaying: false });
    wait(1_000);
    expect(playhead.nowMs()).toBe(START_MS);
  });

  test('[PH3] it stops at its end, and plays again only after a seek back and play', () => {
    const { playhead, wait } = aPlayhead({ endMs: START_MS + 1_000 });
    wait(999);
    expect(playhead.isPlaying).toBe(true);
    wait(5_000);
    expect([playhead.isPlaying, playhead.nowMs()]).toEqual([false, START_MS + 1_000]);
    playhead.play();
    expect(playhead.isPlaying).toBe(false);
    playhead.seek(START_MS + 200);
    wait(50);
    expect([playhead.isPlaying, playhead.nowMs()]).toEqual([false, START_MS + 200]);
    playhead.play();
    wait(50);
    expect([playhead.isPlaying, playhead.nowMs()]).toEqual([true, START_MS + 250]);
  });

  test('[PH3] time that passed at the end before anyone looked is not played after a seek back', () => {
    const { playhead, wait } = aPlayhead({ endMs: START_MS + 1_000 });
    wait(60_000);
    playhead.seek(START_MS);
    wait(60_000);
    expect([playhead.isPlaying, playhead.nowMs()]).toEqual([false, START_MS]);
  });

  test('[PH4] it cannot be sent before its start or past its end', () => {
    const { playhead } = aPlayhead({ endMs: START_MS + 1_000 });
    playhead.seek(0);
    expect(playhead.nowMs()).toBe(START_MS);
    playhead.seek(START_MS + 9_999);
    expect(playhead.nowMs()).toBe(START_MS + 1_000);
  });

  test('[PH5] a rate of nothing, less than nothing or no number is refused, and the old one stays', () => {
    const { playhead } = aPlayhead({ rate: 2 });
    for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => playhead.setRate(rate)).toThrow(/rate/);
    expect(playhead.rate).toBe(2);
    expect(() => aPlayhead({ rate: 0 })).toThrow(/rate/);
  });

  test('[PH6] whatever is done to it, it is where the stretches it played add up to', () => {
    const endMs = START_MS + 50_000;
    const step = fc.oneof(
      fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 10_000 }) }),
      fc.record({ act: fc.constantFrom('play' as const, 'pause' as const) }),
      fc.record({ act: fc.constant('rate' as const), rate: fc.constantFrom(0.5, 1, 7, 30) }),
      fc.record({ act: fc.constant('seek' as const), toMs: fc.integer({ min: START_MS - 10_000, max: endMs + 10_000 }) }),
    );
    fc.assert(fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const { playhead, wait } = aPlayhead({ endMs });
      const model = { atMs: START_MS, rate: 1, isPlaying: true };
      for (const each of steps) {
        if (each.act === 'wait') {
          wait(each.ms);
          if (model.isPlaying) model.atMs = Math.min(endMs, model.atMs + each.ms * model.rate);
        } else if (each.act === 'rate') {
          playhead.setRate(each.rate);
          model.rate = each.rate;
        } else if (each.act === 'seek') {
          playhead.seek(each.toMs);
          // Arriving at the end while playing stops it, however it got there.
          if (model.isPlaying && model.atMs >= endMs) model.isPlaying = false;
          model.atMs = Math.min(endMs, Math.max(START_MS, each.toMs));
        } else {
          playhead[each.act]();
          model.isPlaying = each.act === 'play';
        }
        if (model.atMs >= endMs) model.isPlaying = false;
        expect([playhead.nowMs(), playhead.isPlaying, playhead.rate]).toEqual([Math.floor(model.atMs), model.isPlaying, model.rate]);
      }
    }));
  });
});
