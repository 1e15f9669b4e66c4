import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { FiledReport } from '../../shared/domain/filedReport.ts';
import { SEVERITIES } from '../../shared/domain/severity.ts';

/** Alerts of so long count as those of the last day, and so long is a clear needed. */
export const RECENT_MS = 24 * 3_600_000;

export type FiledAlert = FiledReport & { readonly report: AlertReport };

/** What is known of one alert that has two ends. `null`: no report said so yet. */
export interface Occurrence {
  /** Its earliest raise: when it began. What is only said to be still raised has none. */
  readonly first: FiledAlert | null;
  /** The latest that says it is raised: what it is now. */
  readonly newest: FiledAlert | null;
  /** Its earliest clear. It closes the occurrence whenever it comes, and whatever time it states. */
  readonly cleared: FiledAlert | null;
}

export const UNHEARD: Occurrence = { first: null, newest: null, cleared: null };

/**
 * One order of all reports, so that which of two stands never depends on which came first: by time, then the worse, then as texts.
 * When we got them says nothing.
 */
export function compareAlerts({ report: a }: FiledAlert, { report: b }: FiledAlert): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  if (a.severity !== b.severity) return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
  const [textA, textB] = [JSON.stringify(a), JSON.stringify(b)];
  return textA === textB ? 0 : textA < textB ? -1 : 1;
}

/** Newest `condition-cleared` of each condition of a feed. */
export type ConditionEnds = ReadonlyMap<string, FiledAlert>;

/** When it ended: by a clear of its own, or with its condition. Epoch ms; `null`: it is open. */
export function endedAtMs({ newest, cleared }: Occurrence, ends: ConditionEnds): number | null {
  if (cleared !== null) return cleared.report.atMs;
  const end = newest === null ? undefined : ends.get(newest.report.conditionId);
  return end !== undefined && newest !== null && end.report.atMs >= newest.report.atMs ? end.report.atMs : null;
}

/**
 * Nothing said of it will ever count again. What ended with its condition is over with its last raise: a newer end says no more of it.
 * @param recentFromMs `RECENT_MS` before now
 */
export function isOver(occurrence: Occurrence, ends: ConditionEnds, recentFromMs: number): boolean {
  const endMs = endedAtMs(occurrence, ends);
  if (endMs === null) return false;
  const { newest, cleared } = occurrence;
  return (cleared === null && newest !== null ? newest.report.atMs : endMs) <= recentFromMs;
}

/** The same reference if it says nothing new. */
export function withReport(held: Occurrence, filed: FiledAlert): Occurrence {
  if (filed.report.transition === 'cleared') {
    return held.cleared === null || compareAlerts(filed, held.cleared) < 0 ? { ...held, cleared: filed } : held;
  }
  const isFirst = filed.report.transition === 'raised' && (held.first === null || compareAlerts(filed, held.first) < 0);
  const isNewest = held.newest === null || compareAlerts(filed, held.newest) > 0;
  return isFirst || isNewest ? { ...held, first: isFirst ? filed : held.first, newest: isNewest ? filed : held.newest } : held;
}
