import { z } from 'zod';

/**
 * How old a reading is against the cadence its indicator promises. `never`: no reading yet.
 * The position in this list is the number on the wire (`shared/frame/README.md`); do not reorder.
 */
export const FRESHNESS_STATES = ['never', 'fresh', 'late', 'stale', 'dead'] as const;
export const Freshness = z.enum(FRESHNESS_STATES);
export type Freshness = z.infer<typeof Freshness>;

/** All ages in ms, counted from `observedAtMs`. A reading is late after `lateAfterMs`, and so on; each bound is exclusive. */
export interface FreshnessLimits {
  readonly expectEveryMs: number;
  readonly lateAfterMs: number;
  readonly staleAfterMs: number;
  readonly deadAfterMs: number;
}

/** [F1] The state at a given age. Pure, so server, client and history cannot disagree. */
export function freshnessAt(ageMs: number, limits: FreshnessLimits): Exclude<Freshness, 'never'> {
  if (ageMs > limits.deadAfterMs) return 'dead';
  if (ageMs > limits.staleAfterMs) return 'stale';
  if (ageMs > limits.lateAfterMs) return 'late';
  return 'fresh';
}

/** Of a source or feed by when it was last heard, as multiples of the cadence it promises (UI.md §8, [F4]). */
export function sourceLimits(expectEveryMs: number): FreshnessLimits {
  return { expectEveryMs, lateAfterMs: 1.5 * expectEveryMs, staleAfterMs: 3 * expectEveryMs, deadAfterMs: 12 * expectEveryMs };
}
