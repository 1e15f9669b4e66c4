export interface RetryRange {
  readonly minMs: number;
  readonly maxMs: number;
}

export const RETRY_RANGE: RetryRange = { minMs: 500, maxMs: 30_000 };

/** Full jitter: anywhere up to the doubled bound, so that walls cut off together do not come back together. `attempt` counts from 0. */
export function retryDelayMs(attempt: number, { minMs, maxMs }: RetryRange, random: () => number): number {
  return Math.round(random() * Math.min(maxMs, minMs * 2 ** attempt));
}
