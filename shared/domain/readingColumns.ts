import { COMPARATORS, type Comparator, PROVENANCES, type Provenance } from './provenance.ts';
import { FRESHNESS_STATES, type Freshness } from './freshness.ts';

/**
 * The latest reading of every series, one typed array per property, indexed by series. The server's state and the client's
 * mirror hold the same columns, so that "the mirror equals the server" is a comparison of arrays.
 */
export interface ReadingColumns {
  readonly seriesCount: number;
  /** Rounded to the indicator's decimals. NaN: no reading (never, or the source said null). */
  readonly value: Float64Array;
  /** Parts of a ratio or share. NaN: not a ratio, or the parts are not stated. */
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  /** Epoch ms, whole seconds. For an aggregate: the oldest input it needed. NaN: never. */
  readonly observedAtMs: Float64Array;
  /** Freshness, provenance and comparator packed by `packStatus`. */
  readonly status: Uint8Array;
  /** Members with a fresh or late reading, and members expected. 0 and 0 for an observed series. */
  readonly membersFresh: Uint16Array;
  readonly membersExpected: Uint16Array;
}

export function createReadingColumns(seriesCount: number): ReadingColumns {
  const nan = () => new Float64Array(seriesCount).fill(Number.NaN);
  return {
    seriesCount, value: nan(), numerator: nan(), denominator: nan(), observedAtMs: nan(),
    status: new Uint8Array(seriesCount), membersFresh: new Uint16Array(seriesCount), membersExpected: new Uint16Array(seriesCount),
  };
}

export interface ReadingStatus {
  readonly freshness: Freshness;
  readonly provenance: Provenance;
  readonly comparator: Comparator;
}

/** Bits 0-2 freshness, 3-5 provenance, 6-7 comparator, each the position in its list. A never-read series is 0. */
export function packStatus({ freshness, provenance, comparator }: ReadingStatus): number {
  return FRESHNESS_STATES.indexOf(freshness) | (PROVENANCES.indexOf(provenance) << 3) | (COMPARATORS.indexOf(comparator) << 6);
}

function named<T>(name: T | undefined, status: number): T {
  if (name === undefined) throw new Error(`Invariant: status byte ${status} names no freshness or provenance; both ends must share one protocol version.`);
  return name;
}

export function freshnessOf(status: number): Freshness {
  return named(FRESHNESS_STATES[status & 7], status);
}

export function provenanceOf(status: number): Provenance {
  return named(PROVENANCES[(status >> 3) & 7], status);
}

export function unpackStatus(status: number): ReadingStatus {
  return { freshness: freshnessOf(status), provenance: provenanceOf(status), comparator: named(COMPARATORS[(status >> 6) & 3], status) };
}
