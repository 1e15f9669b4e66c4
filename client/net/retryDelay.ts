import { z } from 'zod';
import { parseRetryHint, TRY_AGAIN_LATER } from '../../shared/protocol/retryHint.ts';

export interface RetryRange {
  readonly minMs: number;
  readonly maxMs: number;
}

export const RETRY_RANGE: RetryRange = { minMs: 500, maxMs: 30_000 };
/** However long the server says. */
const LONGEST_HINT_MS = 60_000;

const ClosedForNow = z.object({ context: z.object({ code: z.literal(TRY_AGAIN_LATER), reason: z.string() }) });

/** Full jitter: anywhere up to the doubled bound, so that walls cut off together do not come back together. `attempt` counts from 0. */
export function retryDelayMs(attempt: number, { minMs, maxMs }: RetryRange, random: () => number): number {
  return Math.round(random() * Math.min(maxMs, minMs * 2 ** attempt));
}

/** What a server that has too many to let in says when it closes; `null`: the line did not come up for another reason. */
export function hintMsOf(connectError: unknown): number | null {
  const parsed = ClosedForNow.safeParse(connectError);
  return parsed.success ? parseRetryHint(parsed.data.context.reason) : null;
}

/** The server spreads those who wait; chance only keeps apart those whom several servers, or a broken one, told the same. */
export function hintedDelayMs(hintMs: number, { minMs }: RetryRange, random: () => number): number {
  return Math.round(Math.min(hintMs, LONGEST_HINT_MS) + random() * minMs);
}
