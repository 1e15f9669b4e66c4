import { describe, expect, test } from 'vitest';
import { PROVENANCES } from '../../../shared/domain/provenance.ts';
import { aChannelState } from '../../support/aChannelState.ts';
import { anIndicator } from '../../support/aCatalogue.ts';
import { START_MS } from '../../support/anObservation.ts';

const RECEIVED = anIndicator({ levels: ['local'] });
const ID = RECEIVED.id;

describe('[F1] a reading ages by its observed time, in whole seconds, past each limit', () => {
  test.each([
    [0, 'fresh'], [90_000, 'fresh'], [90_001, 'late'], [180_000, 'late'], [180_001, 'stale'], [720_000, 'stale'], [720_001, 'dead'],
  ])('%i ms old: %s', (ageMs, freshness) => {
    const state = aChannelState({ indicators: [RECEIVED] });
    state.tell('001', ID, { observedAtMs: START_MS + 999 });
    state.settle(START_MS + ageMs);
    expect(state.shown('001', ID)).toMatchObject({ freshness, observedAtMs: START_MS, value: 12 });
  });

  test('each transition is told once, and in between there is nothing to tell', () => {
    const state = aChannelState({ indicators: [RECEIVED] });
    state.tell('001', ID);
    const index = state.indexOf('001', ID);
    const told = [0, 1, 90_000, 90_001, 90_002, 180_001, 500_000, 720_001, 9_000_000].map((ageMs) => [...state.settle(START_MS + ageMs)].includes(index));
    expect(told).toEqual([true, false, false, true, false, true, false, true, false]);
    expect(state.shown('001', ID)).toMatchObject({ freshness: 'dead', value: 12 });
  });

  test('the same value again is news: it confirms', () => {
    const state = aChannelState({ indicators: [RECEIVED] });
    state.tell('001', ID);
    state.settle(START_MS + 100_000);
    state.tell('001', ID, { observedAtMs: START_MS + 100_000 });
    state.settle(START_MS + 100_000);
    expect(state.shown('001', ID)).toMatchObject({ freshness: 'fresh', observedAtMs: START_MS + 100_000 });
  });

  test('a source whose clock runs a little ahead is fresh', () => {
    const state = aChannelState({ indicators: [RECEIVED] });
    state.tell('001', ID, { observedAtMs: START_MS + 60_000 });
    state.settle(START_MS);
    expect(state.shown('001', ID).freshness).toBe('fresh');
  });
});

test.each(PROVENANCES)('[F2] only reported, derived and illustrative figures never age: %s', (provenance) => {
  const state = aChannelState({ indicators: [RECEIVED] });
  state.tell('001', ID, { provenance });
  state.settle(START_MS + 10 * 365 * 86_400_000);
  expect(state.shown('001', ID).freshness).toBe(['reported', 'derived', 'illustrative'].includes(provenance) ? 'fresh' : 'dead');
});

test('[F3] a clock that steps back makes nothing fresh again', () => {
  const state = aChannelState({ indicators: [RECEIVED] });
  state.tell('001', ID);
  state.settle(START_MS + 100_000);
  expect([...state.settle(START_MS)]).toEqual([]);
  state.tell('002', ID);
  state.settle(START_MS + 1_000);
  expect(['001', '002'].map((place) => state.shown(place, ID).freshness)).toEqual(['late', 'late']);
});
