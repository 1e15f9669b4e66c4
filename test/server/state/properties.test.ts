import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { toLevel } from '../../../shared/domain/locality.ts';
import { ages, COMPARATORS, PROVENANCES } from '../../../shared/domain/provenance.ts';
import type { ReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { buildSeriesTable } from '../../../shared/domain/seriesTable.ts';
import { createChannelState } from '../../../server/state/channelState.ts';
import { aLand, anIndicator } from '../../support/aCatalogue.ts';
import { anObservation, START_MS } from '../../support/anObservation.ts';
import { plainColumns } from '../../support/plainState.ts';
import { rulesOf } from '../../support/someRules.ts';

const PROVINCE_UP: Indicator['levels'] = ['nation', 'province'];
/** Every rule, at every place a catalogue may use it. */
const INDICATORS = [
  anIndicator({ id: 'received', decimals: 1, quorumRatio: 0.5 }),
  anIndicator({ id: 'resolved', quorumRatio: 0 }),
  anIndicator({ id: 'resolved-ratio', observedAt: null, decimals: 1, rollUp: { rule: 'ratio', numerator: 'resolved', denominator: 'received' } }),
  anIndicator({ id: 'latency', decimals: 1, rollUp: { rule: 'worst', pick: 'max' }, expectEveryMs: 30_000, lateAfterMs: 45_000, staleAfterMs: 90_000, deadAfterMs: 360_000 }),
  anIndicator({ id: 'rooms-least', rollUp: { rule: 'worst', pick: 'min' }, quorumRatio: 0.5 }),
  anIndicator({ id: 'link', levels: ['local'], rollUp: { rule: 'none' } }),
  anIndicator({ id: 'link-share', levels: PROVINCE_UP, observedAt: null, decimals: 1, rollUp: { rule: 'share', of: 'link', atLeast: 2 } }),
  anIndicator({ id: 'link-share-nation', levels: ['nation'], observedAt: null, decimals: 1, rollUp: { rule: 'share', of: 'link', atLeast: 2 } }),
  anIndicator({ id: 'busy-share', levels: PROVINCE_UP, observedAt: null, decimals: 1, rollUp: { rule: 'share', of: 'received', atLeast: 1 } }),
  anIndicator({ id: 'online', levels: PROVINCE_UP, observedAt: 'province' }),
  anIndicator({ id: 'online-ratio', levels: PROVINCE_UP, observedAt: null, decimals: 1, rollUp: { rule: 'ratio', numerator: 'online', denominator: 'received' } }),
  anIndicator({ id: 'good-provinces', levels: ['nation'], observedAt: null, decimals: 1, quorumRatio: 0.6, rollUp: { rule: 'share', of: 'online-ratio', atLeast: 50 } }),
  anIndicator({ id: 'rank', levels: ['nation'], observedAt: 'nation', rollUp: { rule: 'none' } }),
];
const TABLE = buildSeriesTable(aLand({ provinces: 3, localsPerProvince: 3 }), INDICATORS);

/** Few values and few moments, so that ties, zeros and equal ages are common. */
const anyObservation: fc.Arbitrary<Observation> = fc.record({
  series: fc.constantFrom(...TABLE.series), provenance: fc.constantFrom(...PROVENANCES), comparator: fc.constantFrom(...COMPARATORS),
  value: fc.constantFrom(null, 0, 1, 2, 3, 10, 0.1, 0.2, 0.7), agoMs: fc.oneof(fc.nat(900_000), fc.constantFrom(0, 1_000, 45_000, 90_000, 91_000, 720_000)),
  parts: fc.option(fc.tuple(fc.nat(5), fc.nat(5)), { nil: undefined }),
}).map(({ series, provenance, comparator, value, agoMs, parts }) => anObservation({
  seriesIndex: series.index, comparator, value, observedAtMs: START_MS - agoMs,
  numerator: parts?.[0] ?? null, denominator: parts?.[1] ?? null,
  // What the gate lets pass: only facts stand in place of a computed reading.
  provenance: toLevel(series.locality) === series.indicator.observedAt || !ages(provenance) ? provenance : 'reported',
}));
const anyStep = fc.record({ batch: fc.array(anyObservation, { maxLength: 25 }), forwardMs: fc.constantFrom(0, 500, 1_000, 44_000, 60_000, 100_000, 600_000) });

const snapshotOf = (columns: ReadingColumns): ReadingColumns => structuredClone(columns);
const aState = () => createChannelState({ table: TABLE, sources: [], rules: rulesOf(INDICATORS) });

function differing(before: ReadingColumns, after: ReadingColumns): number[] {
  const keys = ['value', 'numerator', 'denominator', 'observedAtMs', 'status', 'membersFresh', 'membersExpected'] as const;
  return TABLE.series.map(({ index }) => index).filter((index) => keys.some((key) => !Object.is(before[key][index], after[key][index])));
}

describe('the state against the rules written plainly', () => {
  test('[R1] a batch restored from before this start has no offsets', () => {
    const state = aState();
    state.project([0, 1].map((seriesIndex) => anObservation({ seriesIndex })), -1);
    state.settle(START_MS);
    expect([...state.readings.offset.slice(0, 2)]).toEqual([-1, -1]);
    expect(state.readings.sourceIdOf(1)).toBe('feed-a');
  });

  test('[U7] computed step by step, every column equals what is computed from everything at once', () => {
    fc.assert(fc.property(fc.array(anyStep, { minLength: 1, maxLength: 8 }), (steps) => {
      const state = aState();
      const arrived: Observation[] = [];
      let nowMs = START_MS;
      for (const { batch, forwardMs } of steps) {
        nowMs += forwardMs;
        arrived.push(...batch);
        state.project(batch, 0);
        state.settle(nowMs);
        expect(state.readings.columns).toEqual(plainColumns(TABLE, arrived, nowMs));
      }
    }), { numRuns: 400 });
  });

  test('[R3] settle returns, ascending, exactly the series whose columns differ from the settle before', () => {
    let unchanged = 0;
    fc.assert(fc.property(fc.array(anyStep, { minLength: 1, maxLength: 8 }), (steps) => {
      const state = aState();
      let before = snapshotOf(state.readings.columns);
      let nowMs = START_MS;
      for (const { batch, forwardMs } of steps) {
        nowMs += forwardMs;
        state.project(batch, 0);
        const changed = [...state.settle(nowMs)];
        expect(changed).toEqual(differing(before, state.readings.columns));
        if (batch.length > changed.length) unchanged++;
        before = snapshotOf(state.readings.columns);
        expect(state.settle(nowMs)).toHaveLength(0);
      }
    }), { numRuns: 300 });
    expect(unchanged).toBeGreaterThan(0);
  });

  test('[R2] between two settles what is shown does not move', () => {
    fc.assert(fc.property(fc.array(fc.array(anyObservation, { maxLength: 20 }), { maxLength: 4 }), (batches) => {
      const state = aState();
      state.settle(START_MS);
      const shown = snapshotOf(state.readings.columns);
      for (const batch of batches) state.project(batch, 0);
      expect(state.readings.columns).toEqual(shown);
      expect(TABLE.series.every(({ index }) => state.readings.offset[index] === -1 && state.readings.sourceIdOf(index) === null)).toBe(true);
    }), { numRuns: 50 });
  });

  test('[R1] the newest observation wins, whatever the order of arrival', () => {
    // One series and moment never twice: order can then not matter at all.
    const distinct = fc.uniqueArray(anyObservation, { maxLength: 40, selector: ({ seriesIndex, observedAtMs }) => `${seriesIndex}@${observedAtMs}` });
    fc.assert(fc.property(distinct.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), ([list, shuffled]) => {
      const [one, other] = [list, shuffled].map((batch) => {
        const state = aState();
        state.project(batch, 0);
        state.settle(START_MS);
        return state.readings.columns;
      });
      expect(other).toEqual(one);
    }), { numRuns: 300 });
  });

  test('[R1] of several with the newest time the one that arrived last is held, and only their order matters', () => {
    fc.assert(fc.property(fc.array(anyObservation, { minLength: 1, maxLength: 40 }), (batch) => {
      const state = aState();
      state.project(batch, 1_000);
      state.settle(START_MS);
      for (const { index } of TABLE.series) {
        const own = batch.map((observation, at) => ({ observation, at })).filter(({ observation }) => observation.seriesIndex === index);
        const newestMs = Math.max(...own.map(({ observation }) => observation.observedAtMs));
        const winner = own.findLast(({ observation }) => observation.observedAtMs === newestMs);
        expect(state.readings.offset[index]).toBe(winner === undefined ? -1 : 1_000 + winner.at);
      }
    }), { numRuns: 200 });
  });

  test('[R5] the log decides, not how it was cut in batches', () => {
    fc.assert(fc.property(fc.array(anyObservation, { maxLength: 40 }), fc.nat(40), (log, cut) => {
      const whole = aState();
      whole.project(log, 0);
      const parts = aState();
      parts.project(log.slice(0, cut), 0);
      parts.project(log.slice(cut), Math.min(cut, log.length));
      for (const state of [whole, parts]) state.settle(START_MS);
      expect(parts.readings.columns).toEqual(whole.readings.columns);
      expect(parts.readings.offset).toEqual(whole.readings.offset);
      expect(parts.takeConditionChanges()).toEqual(whole.takeConditionChanges());
    }), { numRuns: 100 });
  });
});
