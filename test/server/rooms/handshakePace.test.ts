import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HandshakePace } from '../../../server/rooms/handshakePace.ts';

interface Visit { readonly atMs: number; readonly visits: number }

/** Everybody does as told, and comes late by up to `lateMs`. When each was let in, in order, and how often each came. */
function queueUp(admission: HandshakePace, arrivalsMs: readonly number[], lateMs: () => number): readonly Visit[] {
  const waiting: Visit[] = arrivalsMs.map((atMs) => ({ atMs, visits: 1 }));
  const admitted: Visit[] = [];
  const byTime = (a: Visit, b: Visit) => b.atMs - a.atMs;
  waiting.sort(byTime);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const waitMs = admission.ask(next.atMs);
    if (waitMs === null) admitted.push(next);
    else {
      expect(waitMs).toBeLessThanOrEqual(30_001);
      const again = { atMs: next.atMs + waitMs + lateMs(), visits: next.visits + 1 };
      const place = waiting.findLastIndex(({ atMs }) => atMs > again.atMs);
      waiting.splice(place + 1, 0, again);
    }
  }
  return admitted;
}

const aRate = fc.record({ perSec: fc.integer({ min: 1, max: 300 }), burst: fc.integer({ min: 1, max: 300 }) });

describe('the pace of handshakes', () => {
  test('[O4] whoever comes whenever: in no span of time are more let in than the rate allows, beyond the burst', () => {
    fc.assert(fc.property(aRate, fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), ({ perSec, burst }, gapsMs) => {
      const admission = new HandshakePace(perSec, burst, 0);
      let nowMs = 0;
      const letInMs = gapsMs.flatMap((gapMs) => {
        nowMs += gapMs;
        return admission.ask(nowMs) === null ? [nowMs] : [];
      });
      for (const [from, fromMs] of letInMs.entries()) {
        for (const [to, toMs] of letInMs.entries()) if (to >= from) expect(to - from + 1).toBeLessThanOrEqual(burst + (perSec * (toMs - fromMs)) / 1000 + 1e-6);
      }
    }));
  });

  test('[O4] those who come in one moment are let in in turn, each at the second visit, as fast as the rate allows', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 1, max: 2000 }), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 }), (perSec, asked, lateness) => {
      const burst = 2 + Math.ceil(perSec / 2);
      const clients = Math.min(asked, burst + perSec * 29);
      let turn = 0;
      const admitted = queueUp(new HandshakePace(perSec, burst, 0), Array(clients).fill(0), () => (lateness[turn++ % lateness.length] ?? 0) * 500);
      expect(Math.max(...admitted.map(({ visits }) => visits))).toBeLessThanOrEqual(2);
      expect(admitted.at(-1)?.atMs).toBeLessThanOrEqual(Math.max(0, clients - burst) * 1000 / perSec + 502);
    }), { numRuns: 50 });
  });

  test('[O4] those who come over some time, more of them than there are places within the longest wait, are all let in soon after the rate allows', () => {
    fc.assert(fc.property(fc.integer({ min: 10, max: 30 }), fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 1500, size: 'max' }), fc.nat(), (perSec, arrivalsMs, seed) => {
      let state = seed;
      const lateMs = () => {
        state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
        return state / 2 ** 31 * 500;
      };
      const admitted = queueUp(new HandshakePace(perSec, perSec / 2, 0), arrivalsMs, lateMs);
      expect(admitted.length).toBe(arrivalsMs.length);
      const idealMs = Math.max(...arrivalsMs) + arrivalsMs.length * 1000 / perSec;
      expect(admitted.at(-1)?.atMs).toBeLessThanOrEqual(idealMs * 1.1 + 1000);
    }), { numRuns: 20 });
  });

  test('[O4] a clock that was set back by an hour makes nobody wait for an hour', () => {
    const admission = new HandshakePace(1, 1, 3_600_000);
    expect([admission.ask(3_600_000), admission.ask(3_600_000), admission.ask(0)]).toEqual([null, 1001, 15_001]);
    expect(admission.ask(1001)).toBe(null);
  });
});
