import type { Observation } from '../../shared/domain/observation.ts';
import { packStatus } from '../../shared/domain/readingColumns.ts';
import { COMPARATORS, type Comparator, type Provenance, PROVENANCES } from '../../shared/domain/provenance.ts';

/**
 * The newest observation of every series, as it arrives. Walls are shown the settled columns, which follow at the next settle:
 * what a snapshot says between two ticks is what the last tick said.
 */
export interface HeldReadings {
  readonly value: Float64Array;
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  /** Full milliseconds; NaN: nothing held. */
  readonly observedAtMs: Float64Array;
  readonly receivedAtMs: Float64Array;
  readonly offset: Float64Array;
  /** Position in the state's list of sources; -1: nothing held. */
  readonly source: Int32Array;
  readonly ref: (string | null)[];
  /** Provenance and comparator in their bits of the status byte; the freshness bits are 0. */
  readonly statusBits: Uint8Array;
  /** 1: changed since the last settle. */
  readonly isDirty: Uint8Array;
}

export function createHeldReadings(seriesCount: number): HeldReadings {
  const nan = () => new Float64Array(seriesCount).fill(Number.NaN);
  return {
    value: nan(), numerator: nan(), denominator: nan(), observedAtMs: nan(), receivedAtMs: nan(), offset: new Float64Array(seriesCount).fill(-1),
    source: new Int32Array(seriesCount).fill(-1), ref: new Array<string | null>(seriesCount).fill(null),
    statusBits: new Uint8Array(seriesCount), isDirty: new Uint8Array(seriesCount),
  };
}

const bitsOf = (provenance: Provenance, comparator: Comparator) => packStatus({ freshness: 'never', provenance, comparator });
const STATUS_BITS = Object.fromEntries(PROVENANCES.map((provenance) =>
  [provenance, Object.fromEntries(COMPARATORS.map((comparator) => [comparator, bitsOf(provenance, comparator)]))])) as Record<Provenance, Record<Comparator, number>>;

/**
 * [R1] The newest `observedAtMs` wins, ties to the later arrival: sources re-send a time to correct it.
 * Returns whether the observation is now the held one.
 */
export function holdNewest(held: HeldReadings, observation: Observation, offset: number, source: number): boolean {
  const { seriesIndex: series } = observation;
  // NaN compares false: the first observation is always newest.
  if ((held.observedAtMs[series] ?? Number.NaN) > observation.observedAtMs) return false;
  held.value[series] = observation.value ?? Number.NaN;
  held.numerator[series] = observation.numerator ?? Number.NaN;
  held.denominator[series] = observation.denominator ?? Number.NaN;
  held.observedAtMs[series] = observation.observedAtMs;
  held.receivedAtMs[series] = observation.receivedAtMs;
  held.offset[series] = offset;
  held.source[series] = source;
  held.ref[series] = observation.ref;
  held.statusBits[series] = STATUS_BITS[observation.provenance][observation.comparator];
  held.isDirty[series] = 1;
  return true;
}
