import type { Fold } from './fold.ts';
import type { TierTables } from './tierTables.ts';
import { DAY_MS, dayOfHour, HOUR_MS } from './times.ts';

/**
 * Start of the oldest period with a reading: the hour while the minute tier still keeps that day, the day where only the hour tier
 * does; of what is not folded yet, the reading itself. `null`: nothing is kept.
 */
export function historyBeginsAtMs(tables: TierTables, fold: Fold): number | null {
  const day = tables.hour.bounds()?.[0];
  const hour = tables.minute.bounds()?.[0];
  const starts = [oldestOf(fold.hot.columns), oldestOf(fold.folding?.pending.columns)];
  if (hour !== undefined && (day === undefined || dayOfHour(hour) <= day)) starts.push(hour * HOUR_MS);
  else if (day !== undefined) starts.push(day * DAY_MS);
  const beginsAtMs = Math.min(...starts);
  return Number.isFinite(beginsAtMs) ? beginsAtMs : null;
}

function oldestOf(columns: Fold['hot']['columns'] | undefined): number {
  let oldestMs = Number.POSITIVE_INFINITY;
  for (let row = 0; row < (columns?.count ?? 0); row++) oldestMs = Math.min(oldestMs, columns?.observedAtMs[row] ?? oldestMs);
  return oldestMs;
}
