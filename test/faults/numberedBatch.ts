import type { Observation } from '../../shared/domain/observation.ts';
import type { EventFingerprints } from '../../server/ports/ingest.ts';
import { anObservation, START_MS } from '../support/anObservation.ts';
import { SERIES } from '../support/storeContract.ts';

/** Batch `number`: of 1 to 40 observations, each telling the number and its place in the batch. */
export function numberedBatch(number: number): Observation[] {
  return Array.from({ length: 1 + (number * 7) % 40 }, (_, place) => anObservation({
    seriesIndex: (number + place) % SERIES, observedAtMs: START_MS + number * 1000 + (place % 3), receivedAtMs: START_MS + number * 1000 + 500,
    value: number, numerator: place, denominator: 40, eventId: `batch-${number}-${place}`,
  }));
}

export function fingerprintsOf(number: number): EventFingerprints {
  return { words: Uint32Array.of(number, number ^ 0xffff, 7) };
}
