import type { Candidate, Observation } from '../../shared/domain/observation.ts';
import { SourceId } from '../../shared/domain/ids.ts';

/** 2026-01-01T00:00:00Z: a round moment to count from. */
export const START_MS = Date.UTC(2026, 0, 1);

/** Valid except for what the test names: a district's dossiers, measured and received at `START_MS`. */
export function aCandidate(overrides: Partial<Record<keyof Candidate, unknown>> = {}): Record<string, unknown> {
  return {
    sourceId: 'feed-a', localityCode: '001', indicatorId: 'dossiers-received', observedAtMs: START_MS, value: 12, provenance: 'measured', ...overrides,
  };
}

/** An admitted observation of series 0, measured and received at `START_MS`, except for what the test names. */
export function anObservation({ sourceId = 'feed-a', ...overrides }: Partial<Omit<Observation, 'sourceId'>> & { sourceId?: string } = {}): Observation {
  const observedAtMs = overrides.observedAtMs ?? START_MS;
  return {
    seriesIndex: 0, sourceId: SourceId.parse(sourceId), eventId: null, observedAtMs, receivedAtMs: observedAtMs, value: 12,
    numerator: null, denominator: null, comparator: 'exactly', provenance: 'measured', ref: null, ...overrides,
  };
}
