const HOUR_MS = 3_600_000;

/** Quick steps through time, backwards and forwards. */
export const STEPS = [
  { name: 'week', ms: 7 * 24 * HOUR_MS }, { name: 'day', ms: 24 * HOUR_MS }, { name: 'hour', ms: HOUR_MS },
] as const;

/** Less than this behind the present is the present: a step forward from there has arrived. */
const ARRIVED_MS = 1_000;

/** The moment a step from `atMs` leads to; `null`: it leads to now. Never before what is kept begins. Pure. */
export function stepFrom(atMs: number, byMs: number, { beginsAtMs, nowMs }: { readonly beginsAtMs: number | null; readonly nowMs: number }): number | null {
  const toMs = Math.max(atMs + byMs, Math.min(beginsAtMs ?? Number.NEGATIVE_INFINITY, atMs));
  return toMs > nowMs - ARRIVED_MS ? null : toMs;
}
