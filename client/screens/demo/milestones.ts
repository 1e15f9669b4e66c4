import type { Fact } from '../../../shared/domain/fact.ts';
import { DAY_MS, startOfDayMs } from '../../../shared/domain/instant.ts';
import type { Milestone } from '../../../shared/domain/milestones.ts';

/** Position of the latest milestone at or before that time; -1 before the first. */
export function milestoneIndexAt(milestones: readonly Milestone[], nowMs: number): number {
  return milestones.findLastIndex(({ atMs }) => atMs <= nowMs);
}

/** Where ← and → go. `null`: there is none on that side. A day is reached when it has begun. */
export function neighbourMilestone(milestones: readonly Milestone[], nowMs: number, direction: 'previous' | 'next'): Milestone | null {
  if (direction === 'next') return milestones.find(({ completeMs }) => completeMs > nowMs) ?? null;
  // A day of grace, so that pressing twice while it plays does not land on the same milestone again.
  return milestones.findLast(({ completeMs }) => completeMs + DAY_MS <= nowMs) ?? null;
}

/** What had been said of a series by then, newest figure first: the figure shown and the one before it. Planned dates carry none. */
export function reportsOf(facts: readonly Fact[], localityCode: string, indicatorId: string, nowMs: number): Fact[] {
  return facts.filter((fact) => fact.localityCode === localityCode && fact.indicatorId === indicatorId
    && (fact.value !== null || fact.numerator !== null) && startOfDayMs(fact.reportedOn) <= nowMs)
    .sort((a, b) => (a.asOf < b.asOf ? 1 : a.asOf > b.asOf ? -1 : 0));
}
