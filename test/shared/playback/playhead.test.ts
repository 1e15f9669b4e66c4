import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlayhead, type PlayheadOptions } from '../../../shared/playback/playhead.ts';

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

  describe('stops', () => {
    const withStops = (options: Partial<PlayheadOptions> = {}) =>
      aPlayhead({ rate: 10, stopsMs: [START_MS + 1_000, START_MS + 5_000], endMs: START_MS + 8_000, restMs: 500, ...options });

    test('[PH7] it comes to a stop exactly, rests there, and goes on by itself; nobody need have looked meanwhile', () => {
      const { playhead, wait } = withStops();
      expect(playhead.stopMs).toBe(START_MS + 1_000);
      wait(150);
      expect([playhead.nowMs(), playhead.isPlaying, playhead.restLeftMs, playhead.stopMs]).toEqual([START_MS + 1_000, true, 450, START_MS + 5_000]);
      wait(450);
      expect([playhead.nowMs(), playhead.restLeftMs]).toEqual([START_MS + 1_000, 0]);
      // 400 ms to the second stop, 500 of rest, and 100 of the way to the end.
      wait(1_000);
      expect([playhead.nowMs(), playhead.stopMs]).toEqual([START_MS + 6_000, null]);
    });

    test('[PH7] a seek to a stop while it plays rests there; paused it stays, and play leaves a stop at once', () => {
      const { playhead, wait } = withStops();
      playhead.seek(START_MS + 5_000);
      expect([playhead.isPlaying, playhead.restLeftMs]).toEqual([true, 500]);
      playhead.play();
      wait(10);
      expect([playhead.nowMs(), playhead.restLeftMs]).toEqual([START_MS + 5_100, 0]);
      playhead.pause();
      playhead.seek(START_MS + 1_000);
      wait(9_999);
      expect([playhead.nowMs(), playhead.isPlaying]).toEqual([START_MS + 1_000, false]);
    });

    test('[PH7] another rate while it rests neither shortens nor lengthens the rest', () => {
      const { playhead, wait } = withStops();
      wait(300);
      playhead.setRate(1);
      wait(299);
      expect([playhead.nowMs(), playhead.restLeftMs]).toEqual([START_MS + 1_000, 1]);
      wait(101);
      expect(playhead.nowMs()).toBe(START_MS + 1_100);
    });

    test('[PH8] in chapters it waits at every stop for play, also where it already rests', () => {
      const { playhead, wait } = withStops();
      playhead.setChapters(true);
      wait(60_000);
      expect([playhead.nowMs(), playhead.isPlaying, playhead.restLeftMs]).toEqual([START_MS + 1_000, false, 0]);
      playhead.play();
      wait(60_000);
      expect([playhead.nowMs(), playhead.isPlaying]).toEqual([START_MS + 5_000, false]);
      const other = withStops();
      other.wait(200);
      other.playhead.setChapters(true);
      expect(other.playhead.isPlaying).toBe(false);
    });

    test('[PH9] looping, it rests at its end and then is due to begin anew; a pause, a seek or no loop takes that back', () => {
      const atEnd = () => {
        const made = withStops({ stopsMs: [] });
        made.playhead.setLoop(true);
        made.wait(900);
        expect([made.playhead.nowMs(), made.playhead.isPlaying, made.playhead.restLeftMs, made.playhead.isDueAgain]).toEqual([START_MS + 8_000, true, 400, false]);
        made.wait(400);
        expect([made.playhead.isPlaying, made.playhead.isDueAgain]).toEqual([false, true]);
        return made.playhead;
      };
      const acts: ((playhead: ReturnType<typeof atEnd>) => void)[] = [(it) => it.pause(), (it) => it.seek(START_MS), (it) => it.setLoop(false)];
      for (const act of acts) {
        const playhead = atEnd();
        act(playhead);
        expect(playhead.isDueAgain).toBe(false);
      }
    });

    test('[PH10] looked at every moment or once, it is at the same place in the same state', () => {
      const step = fc.oneof(
        fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 2_000 }) }),
        fc.record({ act: fc.constantFrom('play' as const, 'pause' as const) }),
        fc.record({ act: fc.constantFrom('setChapters' as const, 'setLoop' as const), isOn: fc.boolean() }),
        fc.record({ act: fc.constant('setRate' as const), rate: fc.constantFrom(1, 4, 16) }),
        fc.record({ act: fc.constant('seek' as const), toMs: fc.constantFrom(START_MS, START_MS + 999, START_MS + 1_000, START_MS + 5_000, START_MS + 8_000) }),
      );
      fc.assert(fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const [watched, unwatched] = [withStops({ rate: 1 }), withStops({ rate: 1 })];
        const stateOf = ({ playhead }: typeof watched) => [playhead.nowMs(), playhead.isPlaying, playhead.restLeftMs, playhead.stopMs, playhead.isDueAgain];
        for (const each of steps) {
          for (const made of [watched, unwatched]) {
            if (each.act === 'wait') made.wait(each.ms);
            else if (each.act === 'setRate') made.playhead.setRate(each.rate);
            else if (each.act === 'setChapters' || each.act === 'setLoop') made.playhead[each.act](each.isOn);
            else if (each.act === 'seek') made.playhead.seek(each.toMs);
            else made.playhead[each.act]();
          }
          const [atMs, isPlaying] = stateOf(watched);
          expect(atMs).toBeLessThanOrEqual(START_MS + 8_000);
          if (watched.playhead.restLeftMs > 0) expect(isPlaying).toBe(true);
        }
        expect(stateOf(watched)).toEqual(stateOf(unwatched));
      }));
    });
  });
});
