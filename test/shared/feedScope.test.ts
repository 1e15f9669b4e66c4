import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScopeJudge, type FeedScope } from '../../shared/domain/feedScope.ts';
import { IndicatorId, LocalityCode } from '../../shared/domain/ids.ts';
import { smallNation } from '../support/aChannelView.ts';

const judge = createScopeJudge(smallNation);
const codes = (...texts: string[]) => texts.map((text) => LocalityCode.parse(text));
const ids = (...texts: string[]) => texts.map((text) => IndicatorId.parse(text));

describe('what a feed may speak of', () => {
  test.each([
    ['10', '10', true], ['085', '10', true], ['094', '10', false], ['VN', '10', false], ['11', 'VN', true], ['999', 'VN', true], ['999', '10', false], ['10', '085', false],
  ])('[FK8] locality %s is within %s: %s', (code, scope, isInside) => {
    expect(judge.whyOutside({ localities: codes(scope) }, code, null) === null).toBe(isInside);
  });

  test('[FK8] an indicator must be listed where any are; what is placed nowhere, or is about no indicator, is inside', () => {
    const scope = { localities: codes('10'), indicators: ids('alerts-open') };
    expect(judge.whyOutside(scope, '10', 'alerts-open')).toBeNull();
    expect(judge.whyOutside(scope, '10', 'tslcd-latency')).toMatch(/"tslcd-latency" is not one of alerts-open/);
    expect(judge.whyOutside(scope, null, null)).toBeNull();
  });

  test('[FK8] a scope that is no wider than another allows nothing more', () => {
    const places = smallNation.map(({ code }) => code);
    const scope: fc.Arbitrary<FeedScope> = fc.record({
      localities: fc.subarray(places, { minLength: 1 }), indicators: fc.option(fc.subarray(ids('a', 'b', 'c'), { minLength: 1 }), { nil: undefined }),
    });
    fc.assert(fc.property(scope, scope, (inner, outer) => {
      const allowed = (of: FeedScope) => places.flatMap((place) => ['a', 'b', 'c', 'd'].filter((indicator) => judge.whyOutside(of, place, indicator) === null).map((indicator) => `${place}/${indicator}`));
      const more = allowed(inner).filter((item) => !allowed(outer).includes(item));
      expect([judge.whyWider(inner, outer) === null, more.length === 0]).toEqual([more.length === 0, more.length === 0]);
    }));
  });
});
