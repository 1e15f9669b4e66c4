import { type Freshness, FRESHNESS_STATES, type FreshnessLimits, freshnessAt } from '../../shared/domain/freshness.ts';
import { ages, PROVENANCES } from '../../shared/domain/provenance.ts';

/** Numbers of the freshness bits of a status byte: positions in `FRESHNESS_STATES`. */
export const NEVER = 0, FRESH = 1, LATE = 2, STALE = 3, DEAD = 4;

const NUMBER_OF = Object.fromEntries(FRESHNESS_STATES.map((state, number) => [state, number])) as Record<Freshness, number>;

/** By the provenance bits of a status byte. */
const AGES_BY_NUMBER = PROVENANCES.map(ages);

export function agesByStatus(status: number): boolean {
  return AGES_BY_NUMBER[(status >> 3) & 7] ?? true;
}

/** [F1] Freshness number of a reading observed at `observedAtMs` (whole seconds, as walls know it). */
export function freshnessNumberAt(nowMs: number, observedAtMs: number, limits: FreshnessLimits): number {
  return NUMBER_OF[freshnessAt(nowMs - observedAtMs, limits)];
}

/** The last moment at which a reading in this state still is in it. */
export function stateEndsAtMs(freshness: number, observedAtMs: number, limits: FreshnessLimits): number {
  switch (freshness) {
    case FRESH: return observedAtMs + limits.lateAfterMs;
    case LATE: return observedAtMs + limits.staleAfterMs;
    case STALE: return observedAtMs + limits.deadAfterMs;
    default: return Number.POSITIVE_INFINITY;
  }
}
