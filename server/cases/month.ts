import { startOfDayMs, VIETNAM_OFFSET_MS } from '../../shared/domain/instant.ts';

/** A calendar month in Viet Nam: from `startMs` until before `endMs`. Epoch ms. */
export interface Month {
  readonly startMs: number;
  readonly endMs: number;
}

export function monthOf(atMs: number): Month {
  const day = new Date(atMs + VIETNAM_OFFSET_MS);
  const startOf = (monthsLater: number) => startOfDayMs(new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + monthsLater, 1)).toISOString().slice(0, 10));
  return { startMs: startOf(0), endMs: startOf(1) };
}

export const isWithin = ({ startMs, endMs }: Month, atMs: number | undefined): boolean => atMs !== undefined && atMs >= startMs && atMs < endMs;
