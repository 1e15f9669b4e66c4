import type { Observation } from '../../shared/domain/observation.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ReceivedCandidate } from '../ports/player.ts';

/** Something that happened and can be played again: the seed facts, or the log of an earlier run. It never changes. */
export interface Recording {
  /** Arrival of its first and last candidate, or the wider span it was given. Epoch ms. */
  readonly startMs: number;
  readonly endMs: number;
  /** Candidates with `afterMs` < `receivedAtMs` ≤ `untilMs`, in order of arrival. */
  readBetween(afterMs: number, untilMs: number): Promise<readonly ReceivedCandidate[]>;
  /**
   * One candidate per series: the one the state would hold having received everything up to and including `atMs`, i.e. the
   * newest `observedAtMs`, ties to the later arrival ([R1]). In order of arrival.
   */
  currentAt(atMs: number): Promise<readonly ReceivedCandidate[]>;
}

/**
 * What the gate would turn into this observation again, field for field.
 * @throws Error when the observation's series is not in `table`.
 */
export function toReceivedCandidate(observation: Observation, table: SeriesTable): ReceivedCandidate {
  const series = table.series[observation.seriesIndex];
  if (series === undefined) {
    throw new Error(`A recorded observation is of series ${observation.seriesIndex}, but this catalogue has ${table.series.length} series. ` +
      'The recording was made with another edition or catalogue: start with the ones it was made with.');
  }
  const { sourceId, eventId, observedAtMs, receivedAtMs, value, numerator, denominator, comparator, provenance, ref } = observation;
  return {
    receivedAtMs,
    candidate: {
      sourceId,
      ...(eventId === null ? {} : { eventId }),
      localityCode: series.locality.code,
      indicatorId: series.indicator.id,
      observedAtMs, value,
      ...(numerator === null || denominator === null ? {} : { numerator, denominator }),
      comparator, provenance,
      ...(ref === null ? {} : { ref }),
    },
  };
}
