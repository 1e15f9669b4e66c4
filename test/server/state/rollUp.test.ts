import { describe, expect, test } from 'vitest';
import { aChannelState } from '../../support/aChannelState.ts';
import { aLand, anIndicator } from '../../support/aCatalogue.ts';
import { START_MS } from '../../support/anObservation.ts';

const RECEIVED = anIndicator({ id: 'received', decimals: 1 });
const RESOLVED = anIndicator({ id: 'resolved' });
const RATIO = anIndicator({ id: 'ratio', observedAt: null, decimals: 1, rollUp: { rule: 'ratio', numerator: 'resolved', denominator: 'received' } });
const LINK = anIndicator({ id: 'link', levels: ['local'], rollUp: { rule: 'none' } });
const LINK_SHARE = anIndicator({ id: 'link-share', levels: ['nation', 'province'], observedAt: null, decimals: 1, rollUp: { rule: 'share', of: 'link', atLeast: 2 } });
const SOC = anIndicator({ id: 'soc', levels: ['province'], observedAt: 'province', rollUp: { rule: 'none' } });
const SOC_SHARE = anIndicator({ id: 'soc-share', levels: ['nation'], observedAt: null, decimals: 1, rollUp: { rule: 'share', of: 'soc', atLeast: 1 } });

/** Two provinces of two districts: 001, 002 in 01; 003, 004 in 02. */
const LAND = aLand({ provinces: 2, localsPerProvince: 2 });
const MINUTE_MS = 60_000;

describe('[U1] a sum adds the members that have a value', () => {
  test('district to province to nation, rounded to the indicator', () => {
    const state = aChannelState({ indicators: [RECEIVED], land: LAND });
    for (const [place, value] of [['001', 0.1], ['002', 0.2], ['003', 5]] as const) state.tell(place, 'received', { value });
    state.settle(START_MS);
    expect(state.shown('01', 'received')).toMatchObject({ value: 0.3, membersFresh: 2, membersExpected: 2, freshness: 'fresh' });
    expect(state.shown('02', 'received')).toMatchObject({ value: 5, membersFresh: 1, membersExpected: 2, freshness: 'stale' });
    expect(state.shown('VN', 'received')).toMatchObject({ value: 5.3, membersFresh: 3, membersExpected: 4, freshness: 'stale' });
  });

  test('a dead member stays in the sum with its last value, and the coverage says so', () => {
    const state = aChannelState({ indicators: [RECEIVED], land: LAND });
    state.tell('001', 'received', { value: 7, observedAtMs: START_MS });
    state.tell('002', 'received', { value: 1, observedAtMs: START_MS + 30 * MINUTE_MS });
    state.settle(START_MS + 30 * MINUTE_MS);
    expect(state.shown('001', 'received')).toMatchObject({ value: 7, freshness: 'dead' });
    expect(state.shown('01', 'received')).toMatchObject({ value: 8, membersFresh: 1, membersExpected: 2, freshness: 'stale' });
  });

  test('[R4] "no reading" adds nothing and covers nothing: it is not zero', () => {
    const state = aChannelState({ indicators: [RECEIVED], land: LAND });
    state.tell('001', 'received', { value: null });
    state.settle(START_MS);
    expect(state.shown('001', 'received')).toMatchObject({ value: Number.NaN, freshness: 'fresh', observedAtMs: START_MS });
    expect(state.shown('01', 'received')).toMatchObject({ value: Number.NaN, freshness: 'never', membersFresh: 0, membersExpected: 2, observedAtMs: Number.NaN });
    state.tell('002', 'received', { value: 0 });
    state.settle(START_MS);
    expect(state.shown('01', 'received')).toMatchObject({ value: 0, membersFresh: 1 });
  });
});

test.each([['max', 9], ['min', 2]])('[U2] the worst of the members by %s', (pick, worst) => {
  const state = aChannelState({ indicators: [anIndicator({ id: 'latency', rollUp: { rule: 'worst', pick } })], land: LAND });
  for (const [place, value] of [['001', 5], ['002', 2], ['003', 9]] as const) state.tell(place, 'latency', { value });
  state.settle(START_MS);
  expect(state.shown('VN', 'latency').value).toBe(worst);
});

describe('[U3] a ratio divides totals, never averages percentages', () => {
  test('at every level', () => {
    const state = aChannelState({ indicators: [RECEIVED, RESOLVED, RATIO], land: LAND });
    for (const [place, received, resolved] of [['001', 1, 1], ['002', 99, 0], ['003', 10, 5], ['004', 10, 10]] as const) {
      state.tell(place, 'received', { value: received });
      state.tell(place, 'resolved', { value: resolved });
    }
    state.settle(START_MS);
    expect(state.shown('001', 'ratio')).toMatchObject({ value: 100, numerator: 1, denominator: 1, membersFresh: 1, membersExpected: 1 });
    expect(state.shown('01', 'ratio')).toMatchObject({ value: 1, numerator: 1, denominator: 100, membersFresh: 2, membersExpected: 2, freshness: 'fresh' });
    expect(state.shown('VN', 'ratio')).toMatchObject({ value: 13.3, numerator: 16, denominator: 120, membersFresh: 4, membersExpected: 4 });
  });

  test('nothing to divide by is neither 0 nor 100: it does not apply', () => {
    const state = aChannelState({ indicators: [RECEIVED, RESOLVED, RATIO], land: LAND });
    state.tell('001', 'received', { value: 0 });
    state.tell('001', 'resolved', { value: 0 });
    state.settle(START_MS);
    expect(state.shown('001', 'ratio')).toMatchObject({ value: Number.NaN, numerator: 0, denominator: 0, freshness: 'fresh' });
  });

  test('one part alone makes no ratio', () => {
    const state = aChannelState({ indicators: [RECEIVED, RESOLVED, RATIO], land: LAND });
    state.tell('001', 'received', { value: 3 });
    state.settle(START_MS);
    expect(state.shown('001', 'ratio')).toMatchObject({ value: Number.NaN, denominator: Number.NaN, freshness: 'never' });
  });

  test('its state, age and coverage are those of the worse part', () => {
    const state = aChannelState({ indicators: [RECEIVED, RESOLVED, RATIO], land: LAND });
    state.tell('001', 'received', { value: 3, observedAtMs: START_MS - 2 * MINUTE_MS });
    state.tell('001', 'resolved', { value: 3 });
    state.tell('002', 'resolved', { value: 3 });
    state.settle(START_MS);
    expect(state.shown('001', 'ratio')).toMatchObject({ freshness: 'late', observedAtMs: START_MS - 2 * MINUTE_MS });
    expect(state.shown('01', 'ratio')).toMatchObject({ freshness: 'stale', membersFresh: 1, membersExpected: 2 });
  });
});

describe('[U4] a share counts members against all that are expected', () => {
  test('at the nation its members are all districts, not the provinces', () => {
    const state = aChannelState({ indicators: [LINK, LINK_SHARE], land: aLand({ provinces: 2, localsPerProvince: 3 }) });
    for (const [place, value] of [['001', 2], ['002', 2], ['003', 2], ['004', 1], ['005', 0]] as const) state.tell(place, 'link', { value });
    state.settle(START_MS);
    expect(state.shown('01', 'link-share')).toMatchObject({ value: 100, numerator: 3, denominator: 3, membersFresh: 3, membersExpected: 3 });
    expect(state.shown('02', 'link-share')).toMatchObject({ value: 0, numerator: 0, denominator: 3, membersFresh: 2, membersExpected: 3, freshness: 'stale' });
    expect(state.shown('VN', 'link-share')).toMatchObject({ value: 50, numerator: 3, denominator: 6, membersFresh: 5, membersExpected: 6 });
  });

  test('districts of a province that never spoke are expected all the same', () => {
    const state = aChannelState({ indicators: [LINK, LINK_SHARE], land: LAND });
    state.tell('001', 'link', { value: 2 });
    state.tell('002', 'link', { value: 2 });
    state.settle(START_MS);
    expect(state.shown('02', 'link-share')).toMatchObject({ value: Number.NaN, freshness: 'never', membersExpected: 2 });
    expect(state.shown('VN', 'link-share')).toMatchObject({ value: 50, numerator: 2, denominator: 4, membersFresh: 2, membersExpected: 4 });
  });

  test('of something observed per province its members are the provinces', () => {
    const state = aChannelState({ indicators: [SOC, SOC_SHARE], land: LAND });
    state.tell('01', 'soc', { value: 1 });
    state.tell('02', 'soc', { value: 0 });
    state.settle(START_MS);
    expect(state.shown('VN', 'soc-share')).toMatchObject({ value: 50, numerator: 1, denominator: 2, membersFresh: 2, membersExpected: 2 });
  });
});

describe('[U5] an aggregate is as fresh as its quorum', () => {
  /** Ten districts observed this many ms ago; `null`: never. */
  function ofTen(agesMs: readonly (number | null)[]) {
    const state = aChannelState({ indicators: [RECEIVED], land: aLand({ provinces: 1, localsPerProvince: 10 }) });
    for (const [at, ageMs] of agesMs.entries()) {
      if (ageMs !== null) state.tell(String(at + 1).padStart(3, '0'), 'received', { observedAtMs: START_MS - ageMs });
    }
    state.settle(START_MS);
    const { freshness, observedAtMs, membersFresh } = state.shown('01', 'received');
    return { freshness, membersFresh, ageMs: START_MS - observedAtMs };
  }
  const FRESH = 10_000, LATE = 100_000, STALE = 300_000, DEAD = 3_600_000;
  const ten = (good: number, goodAge: number, rest: number | null) => Array.from({ length: 10 }, (_, at) => (at < good ? goodAge : rest));

  test.each([
    ['nine of ten fresh: fresh, one silent district does not stale the land', ten(9, FRESH, DEAD), 'fresh', 9, FRESH],
    ['eight of ten fresh: stale', ten(8, FRESH, DEAD), 'stale', 8, FRESH],
    ['eight fresh, two late: late, as old as the oldest of them', ten(8, FRESH, LATE), 'late', 10, LATE],
    ['nine fresh, one late: fresh', ten(9, FRESH, LATE), 'fresh', 10, FRESH],
    ['eight fresh, two never: stale', ten(8, FRESH, null), 'stale', 8, FRESH],
    ['all stale', ten(10, STALE, null), 'stale', 0, STALE],
    ['all dead', ten(10, DEAD, null), 'dead', 0, DEAD],
    ['one dead, nine never: dead', ten(1, DEAD, null), 'dead', 0, DEAD],
    ['none ever: never', ten(0, 0, null), 'never', 0, Number.NaN],
  ])('%s', (_what, agesMs, freshness, membersFresh, ageMs) => {
    expect(ofTen(agesMs)).toEqual({ freshness, membersFresh, ageMs });
  });

  test('facts do not age, so their old dates do not age the whole; of facts alone the oldest is told', () => {
    const state = aChannelState({ indicators: [RECEIVED], land: LAND });
    const factMs = Date.UTC(2019, 2, 12);
    state.tell('001', 'received', { observedAtMs: factMs, provenance: 'reported' });
    state.settle(START_MS);
    expect(state.shown('01', 'received')).toMatchObject({ observedAtMs: factMs, membersFresh: 1 });
    state.tell('002', 'received', { observedAtMs: START_MS, provenance: 'declared' });
    state.settle(START_MS);
    expect(state.shown('01', 'received')).toMatchObject({ observedAtMs: START_MS, freshness: 'fresh', membersFresh: 2 });
  });
});

test.each([
  ['simulated', ['measured', 'simulated', 'illustrative', 'declared']],
  ['illustrative', ['illustrative', 'declared', 'reported', 'measured']],
  ['declared', ['declared', 'reported', 'measured', 'measured']],
  ['derived', ['reported', 'measured', 'measured', 'measured']],
  ['derived', ['reported', 'reported', 'reported', 'reported']],
  ['measured', ['measured', 'measured', 'measured', 'measured']],
] as const)('[U6] the least certain input names the whole: %s of %o', (expected, provenances) => {
  const state = aChannelState({ indicators: [RECEIVED], land: LAND });
  for (const [at, provenance] of provenances.entries()) state.tell(`00${at + 1}`, 'received', { provenance });
  state.settle(START_MS);
  expect(state.shown('VN', 'received')).toMatchObject({ provenance: expected, comparator: 'exactly' });
  state.tell('001', 'received', { provenance: provenances[0], comparator: 'more-than' });
  state.settle(START_MS);
  expect(state.shown('VN', 'received').comparator).toBe('about');
});

describe('[U8] a stated figure stands in place of the computed one', () => {
  test('it is shown as stated, and its parent uses it for all the units it speaks for', () => {
    const state = aChannelState({ indicators: [RECEIVED], land: LAND });
    for (const place of ['001', '002', '003', '004']) state.tell(place, 'received', { value: 1, provenance: 'illustrative' });
    state.tell('01', 'received', { value: 50, provenance: 'reported', observedAtMs: START_MS - 365 * 86_400_000, ref: 'fact-7' });
    state.settle(START_MS);
    expect(state.shown('01', 'received')).toMatchObject({ value: 50, provenance: 'reported', freshness: 'fresh', membersFresh: 0, membersExpected: 0 });
    expect(state.readings.refOf(state.indexOf('01', 'received'))).toBe('fact-7');
    expect(state.shown('VN', 'received')).toMatchObject({ value: 52, membersFresh: 4, membersExpected: 4, provenance: 'illustrative' });
    state.tell('001', 'received', { value: 9, observedAtMs: START_MS + 1_000 });
    expect([...state.settle(START_MS + 1_000)]).toEqual([state.indexOf('001', 'received')]);
  });

  test('a share stated with its parts joins the nation by them; one stated without parts cannot be added', () => {
    const state = aChannelState({ indicators: [LINK, LINK_SHARE], land: LAND });
    state.tell('003', 'link', { value: 2 });
    state.tell('004', 'link', { value: 1 });
    state.tell('01', 'link-share', { value: 90, numerator: 9, denominator: 10, provenance: 'reported' });
    state.settle(START_MS);
    expect(state.shown('VN', 'link-share')).toMatchObject({ value: 83.3, numerator: 10, denominator: 12, membersFresh: 4, membersExpected: 4 });
    state.tell('01', 'link-share', { value: 90, provenance: 'reported', observedAtMs: START_MS + 1 });
    state.settle(START_MS + 1);
    expect(state.shown('VN', 'link-share')).toMatchObject({ value: 50, numerator: 1, denominator: 2, membersFresh: 2, membersExpected: 4, freshness: 'stale' });
  });
});

describe('the catalogue is checked where it is laid out', () => {
  test.each([
    ['a ratio without its part at some level', [RECEIVED, anIndicator({ id: 'resolved', levels: ['local'] }), RATIO], 'ratio "ratio" exists at VN (nation) but one of its parts does not'],
    ['a share of itself over a ratio', [
      anIndicator({ id: 'a', levels: ['nation'], observedAt: null, rollUp: { rule: 'ratio', numerator: 'b', denominator: 'b' } }),
      anIndicator({ id: 'b', levels: ['nation'], observedAt: null, rollUp: { rule: 'ratio', numerator: 'a', denominator: 'a' } }),
    ], 'is computed from itself'],
  ])('%s stops the start', (_what, indicators, message) => {
    expect(() => aChannelState({ indicators, land: LAND })).toThrow(message);
  });
});
