import { COMPARATORS, PROVENANCES, type Provenance } from '../../shared/domain/provenance.ts';
import type { ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { agesByStatus, DEAD, FRESH, LATE, NEVER, STALE } from './freshness.ts';

/** Freshness states a reading can be in once there is one. */
const STATES = 4;

/**
 * [U6] The least certain input names the whole: simulated before illustrative, before declared, before anything reported or
 * derived (together: derived), before measured.
 */
const CERTAINTY: readonly Provenance[] = ['measured', 'derived', 'declared', 'illustrative', 'simulated'];
const DOUBT_BY_NUMBER = PROVENANCES.map((provenance) => CERTAINTY.indexOf(provenance === 'reported' ? 'derived' : provenance));
const PROVENANCE_BITS = CERTAINTY.map((provenance) => PROVENANCES.indexOf(provenance) << 3);
const ABOUT_BITS = COMPARATORS.indexOf('about') << 6;

/**
 * What is known of the units under one computed series: how many are in each freshness state and the oldest of each. One is
 * reused for every series, because a fresh object per series and tick is garbage at wall rates.
 */
export interface MemberTally {
  begin(): void;
  /** A reading that is not itself computed from members; it speaks for `weight` units. Without a value it speaks for none. */
  addReading(series: number, weight: number): void;
  /** A computed series: its units count, not it. */
  addUnitsOf(series: number): void;
  /** Remembers the tally as that of `series`, so that a parent can add it. */
  keepFor(series: number): void;
  /** Units with a fresh or late reading. */
  liveUnits(): number;
  /** Freshness, provenance and comparator of the whole as a status byte; 0: no unit has a reading. */
  status(expected: number, quorumRatio: number): number;
  /** [U5] The oldest input no staler than the whole. Facts do not age: theirs is asked only if there is nothing else. */
  oldestAtMs(freshness: number): number;
}

export function createMemberTally(columns: ReadingColumns): MemberTally {
  const { seriesCount, status, value, observedAtMs } = columns;
  const keptUnits = new Uint16Array(seriesCount * STATES);
  const keptOldest = new Float64Array(seriesCount * STATES).fill(Number.POSITIVE_INFINITY);
  const keptOldestFact = new Float64Array(seriesCount).fill(Number.POSITIVE_INFINITY);
  const units = new Uint32Array(STATES);
  const oldest = new Float64Array(STATES);
  let oldestFact = Number.POSITIVE_INFINITY;
  let doubt = 0;
  let isExact = true;

  const unitsIn = (freshness: number) => units[freshness - 1] ?? 0;
  function noteStatus(memberStatus: number): void {
    doubt = Math.max(doubt, DOUBT_BY_NUMBER[(memberStatus >> 3) & 7] ?? 0);
    if (memberStatus >> 6 !== 0) isExact = false;
  }
  function freshnessOfWhole(expected: number, quorumRatio: number): number {
    const fresh = unitsIn(FRESH), live = fresh + unitsIn(LATE);
    if (live + unitsIn(STALE) + unitsIn(DEAD) === 0) return NEVER;
    // k / n compares exactly with a quorum written as a decimal: both are the double nearest to the same fraction.
    if (fresh > 0 && fresh / expected >= quorumRatio) return FRESH;
    if (live > 0 && live / expected >= quorumRatio) return LATE;
    return live + unitsIn(STALE) > 0 ? STALE : DEAD;
  }

  return {
    begin() {
      units.fill(0);
      oldest.fill(Number.POSITIVE_INFINITY);
      oldestFact = Number.POSITIVE_INFINITY;
      doubt = 0;
      isExact = true;
    },
    addReading(series, weight) {
      const memberStatus = status[series] ?? NEVER;
      const state = (memberStatus & 7) - 1;
      if (state < 0 || Number.isNaN(value[series])) return;
      units[state] = (units[state] ?? 0) + weight;
      const atMs = observedAtMs[series] ?? Number.NaN;
      if (!agesByStatus(memberStatus)) oldestFact = Math.min(oldestFact, atMs);
      else oldest[state] = Math.min(oldest[state] ?? 0, atMs);
      noteStatus(memberStatus);
    },
    addUnitsOf(series) {
      const memberStatus = status[series] ?? NEVER;
      if ((memberStatus & 7) === NEVER) return;
      for (let state = 0; state < STATES; state++) {
        const at = series * STATES + state;
        units[state] = (units[state] ?? 0) + (keptUnits[at] ?? 0);
        oldest[state] = Math.min(oldest[state] ?? 0, keptOldest[at] ?? 0);
      }
      oldestFact = Math.min(oldestFact, keptOldestFact[series] ?? 0);
      noteStatus(memberStatus);
    },
    keepFor(series) {
      keptUnits.set(units, series * STATES);
      keptOldest.set(oldest, series * STATES);
      keptOldestFact[series] = oldestFact;
    },
    liveUnits: () => unitsIn(FRESH) + unitsIn(LATE),
    status(expected, quorumRatio) {
      const freshness = freshnessOfWhole(expected, quorumRatio);
      return freshness === NEVER ? 0 : freshness | (PROVENANCE_BITS[doubt] ?? 0) | (isExact ? 0 : ABOUT_BITS);
    },
    oldestAtMs(freshness) {
      let atMs = Number.POSITIVE_INFINITY;
      for (let state = 0; state < freshness; state++) atMs = Math.min(atMs, oldest[state] ?? 0);
      return atMs === Number.POSITIVE_INFINITY ? oldestFact : atMs;
    },
  };
}
