import { describe, expect, test } from 'vitest';
import { aChannelState } from '../../support/aChannelState.ts';
import { anIndicator, aSource } from '../../support/aCatalogue.ts';
import { START_MS } from '../../support/anObservation.ts';

const INDICATORS = [anIndicator({ id: 'received' }), anIndicator({ id: 'layers', expectEveryMs: 86_400_000, lateAfterMs: 129_600_000, staleAfterMs: 259_200_000, deadAfterMs: 1_036_800_000 })];
const NONE = { fresh: 0, late: 0, stale: 0, dead: 0, never: 0 };

describe('[F4] a source ages by when it was last heard, against the cadence it promises', () => {
  test.each([[90_000, 'fresh'], [90_001, 'late'], [180_001, 'stale'], [720_001, 'dead']])('%i ms after: %s', (ageMs, freshness) => {
    const state = aChannelState({ indicators: INDICATORS, sources: [aSource()] });
    state.tell('001', 'received', { receivedAtMs: START_MS });
    expect(state.sources(START_MS + ageMs)).toEqual([{ sourceId: 'feed-a', lastReceivedAtMs: START_MS, freshness }]);
    expect(state.sourceHealth(START_MS + ageMs)).toEqual({ ...NONE, [freshness]: 1 });
  });

  test('old news is heard too: the source speaks, even if its reading is not the newest', () => {
    const state = aChannelState({ indicators: INDICATORS });
    state.tell('001', 'received', { observedAtMs: START_MS, receivedAtMs: START_MS });
    state.tell('001', 'received', { observedAtMs: START_MS - 1_000, receivedAtMs: START_MS + 5_000 });
    expect(state.sources(START_MS)[0]?.lastReceivedAtMs).toBe(START_MS + 5_000);
  });

  test('an unlisted source is held to the slowest cadence it has sent', () => {
    const state = aChannelState({ indicators: INDICATORS });
    state.tell('001', 'received', { sourceId: 'feed-x', receivedAtMs: START_MS });
    expect(state.sources(START_MS + 600_000)[0]?.freshness).toBe('stale');
    state.tell('001', 'layers', { sourceId: 'feed-x', receivedAtMs: START_MS });
    state.tell('001', 'received', { sourceId: 'feed-x', receivedAtMs: START_MS });
    expect(state.sources(START_MS + 600_000)[0]?.freshness).toBe('fresh');
  });

  test('one that promises no cadence is fresh once it was heard', () => {
    const state = aChannelState({ indicators: INDICATORS, sources: [aSource({ expectEveryMs: null })] });
    expect(state.sources(START_MS)[0]?.freshness).toBe('never');
    state.tell('001', 'received', { receivedAtMs: START_MS });
    state.settle(START_MS + 365 * 86_400_000);
    expect([state.sources(START_MS + 365 * 86_400_000)[0]?.freshness, state.openAlarms()]).toEqual(['fresh', []]);
  });

  test('a listed feed falls silent also when it last gave a figure that does not age', () => {
    const state = aChannelState({ indicators: INDICATORS, sources: [aSource()] });
    state.tell('001', 'received', { provenance: 'derived', receivedAtMs: START_MS });
    expect(state.sources(START_MS + 180_001)[0]?.freshness).toBe('stale');
  });

  test('a source of facts does not fall silent', () => {
    const state = aChannelState({ indicators: INDICATORS });
    state.tell('001', 'received', { provenance: 'reported', observedAtMs: Date.UTC(2019, 0, 1), receivedAtMs: START_MS });
    expect(state.sourceHealth(START_MS + 10 * 365 * 86_400_000)).toEqual({ ...NONE, fresh: 1 });
  });
});

describe('[F5] a source counts once it was heard; a listed feed counts as never until then', () => {
  const sources = [aSource({ id: 'pushed' }), aSource({ id: 'pulled', entryMethod: 'pull' }), aSource({ id: 'typed', entryMethod: 'manual' }), aSource({ id: 'rare', expectEveryMs: null })];

  test('a document nobody has typed in yet is not a missing feed', () => {
    const state = aChannelState({ indicators: INDICATORS, sources });
    expect(state.sourceHealth(START_MS)).toEqual({ ...NONE, never: 2 });
    expect(state.sources(START_MS).map(({ freshness }) => freshness)).toEqual(['never', 'never', 'never', 'never']);
    state.tell('001', 'received', { sourceId: 'typed' });
    state.tell('001', 'received', { sourceId: 'unlisted' });
    expect(state.sourceHealth(START_MS)).toEqual({ ...NONE, fresh: 2, never: 2 });
  });
});
