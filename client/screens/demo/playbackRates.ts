import { DAY_MS } from '../../../shared/domain/instant.ts';

/** Days of data a second that ↑ and ↓ go through; three of them have buttons. */
const RATE_STEPS = [1, 7, 30, 60, 90, 120] as const;

/** A playhead's rate, which is data ms per real ms, as people say it here. */
export function daysPerSec(rate: number): number {
  return Math.round((rate * 1_000) / DAY_MS);
}

/** The step beside that speed; `null`: it is the last one already. */
export function rateStep(current: number, direction: 'faster' | 'slower'): number | null {
  const step = direction === 'faster' ? RATE_STEPS.find((days) => days > current) : RATE_STEPS.findLast((days) => days < current);
  return step ?? null;
}
