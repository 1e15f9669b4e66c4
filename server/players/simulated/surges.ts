import type { World } from './model.ts';

/** Offices work through a surge one calendar day behind it. */
const RESOLVED_AFTER_MS = 24 * 3_600_000;

export interface Surges {
  /** Extra dossiers received from one moment to another. */
  received(unit: number, fromMs: number, toMs: number): number;
  /** Extra dossiers waiting at a moment. */
  waiting(unit: number, atMs: number): number;
}

/** What scripted surges add to the usual flow of a unit. */
export function createSurges({ script, calendar }: World, daily: Float64Array): Surges {
  function received(unit: number, fromMs: number, toMs: number): number {
    let extra = 0;
    for (const surge of script.surgesByUnit.get(unit) ?? []) {
      extra += (surge.factor - 1) * calendar.workedBetween(Math.max(fromMs, surge.fromMs), Math.min(toMs, surge.toMs));
    }
    return extra * (daily[unit] ?? 0);
  }
  const everReceived = (unit: number, untilMs: number) => received(unit, Number.NEGATIVE_INFINITY, untilMs);
  return {
    received,
    waiting: (unit, atMs) => (script.surgesByUnit.has(unit) ? everReceived(unit, atMs) - everReceived(unit, atMs - RESOLVED_AFTER_MS) : 0),
  };
}
