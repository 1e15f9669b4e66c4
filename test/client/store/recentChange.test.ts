import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RECENT_MS, type RecentChange, recentChange, recentStep, type ShownNow } from '../../../client/store/recentChange.ts';

const FIRST: ShownNow = { seriesIndex: 7, shown: '95,6', revision: 10, newsAfter: 9, nowMs: 1_000_000, isLinkLive: true };
const shownAfter = (...steps: readonly Partial<ShownNow>[]) => {
  let now = FIRST;
  let held = recentChange(null, now);
  for (const step of steps) { now = { ...now, ...step }; held = recentChange(held, now); }
  return { held, step: recentStep(held, now.nowMs) };
};

describe('[RM1] a figure is marked when a live frame changed its digits', () => {
  test('for 30 s, fading in three steps; the digits before are known', () => {
    const { held } = shownAfter({ shown: '95,7', revision: 11 });
    expect(held.before).toBe('95,6');
    expect([0, 9, 10, 19, 20, 29].map((second) => recentStep(held, FIRST.nowMs + second * 1_000))).toEqual([3, 3, 2, 2, 1, 1]);
    expect(shownAfter({ shown: '95,7', revision: 11 }, { nowMs: FIRST.nowMs + RECENT_MS }).step).toBeNull();
  });

  test('a further change begins again', () => {
    expect(shownAfter({ shown: '95,7', revision: 11 }, { nowMs: FIRST.nowMs + 25_000, shown: '95,8', revision: 12 })).toMatchObject({ step: 3, held: { before: '95,7' } });
  });

  test('a reading confirmed with the same digits keeps what was there', () => {
    expect(shownAfter({ revision: 11 }).step).toBeNull();
    expect(shownAfter({ shown: '95,7', revision: 11 }, { revision: 12, nowMs: FIRST.nowMs + 5_000 }).step).toBe(3);
  });

  test.each<[string, readonly Partial<ShownNow>[]]>([
    ['in its first picture', []],
    ['after a snapshot, a resync, a reconnect or a seek', [{ shown: '95,7', revision: 11, newsAfter: 11 }]],
    ['after a change of scene', [{ seriesIndex: 8, shown: '462', revision: 11 }]],
    ['when it only grew old or another language was chosen', [{ shown: '—' }]],
    ['without a link', [{ shown: '95,7', revision: 11, isLinkLive: false }]],
    ['when a snapshot came after the change', [{ shown: '95,7', revision: 11 }, { newsAfter: 12 }]],
    ['once the link was lost', [{ shown: '95,7', revision: 11 }, { isLinkLive: false }, { isLinkLive: true }]],
  ])('not %s', (_when, steps) => {
    expect(shownAfter(...steps).step).toBeNull();
  });
});

test('[RM2] in every order: never for longer than 30 s after the digits changed, never for what is no news, and told twice it is the same', () => {
  const shownNow = fc.record({ seriesIndex: fc.nat({ max: 1 }), shown: fc.constantFrom('1', '2', '3'), grows: fc.nat({ max: 2 }), isNews: fc.boolean(), passesMs: fc.integer({ min: -1_000, max: 15_000 }), isLinkLive: fc.boolean() });
  fc.assert(fc.property(fc.array(shownNow, { maxLength: 60 }), (steps) => {
    let held: RecentChange | null = null;
    let [revision, newsAfter, nowMs, changedAtMs] = [1, 1, 1_000_000, Number.NEGATIVE_INFINITY];
    let lastShown: string | null = null;
    for (const { seriesIndex, shown, grows, isNews, passesMs, isLinkLive } of steps) {
      revision += grows;
      if (!isNews) newsAfter = revision;
      nowMs += passesMs;
      if (shown !== lastShown) changedAtMs = nowMs;
      lastShown = shown;
      const now: ShownNow = { seriesIndex, shown, revision, newsAfter, nowMs, isLinkLive };
      held = recentChange(held, now);
      expect(recentChange(held, now)).toEqual(held);
      const step = recentStep(held, nowMs);
      if (step === null) continue;
      expect(isLinkLive && revision > newsAfter && nowMs - changedAtMs < RECENT_MS).toBe(true);
      expect(held.before).not.toBe(shown);
      expect([1, 2, 3]).toContain(step);
    }
  }));
});
