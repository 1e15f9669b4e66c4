import type { LocalityCode } from '../../shared/domain/ids.ts';
import type { DryRunFigures } from '../../shared/protocol/alarmRules.ts';
import type { ConditionChange } from '../ports/conditions.ts';

/** Vietnam has no other time. */
const ZONE_MS = 7 * 3_600_000;
const MOST_EXAMPLES = 5;

const dayOf = (atMs: number) => new Date(atMs + ZONE_MS).toISOString().slice(0, 10);

interface Occurrence {
  readonly localityCode: LocalityCode;
  readonly sinceMs: number;
  untilMs: number | null;
}

/** Counts what conditions say of one rule. */
export interface DryRunTally {
  /** `isBefore`: what holds now held before the time that is asked about. */
  note(changes: readonly ConditionChange[], isBefore: boolean): void;
  figures(toMs: number): DryRunFigures;
}

export function createDryRunTally(ruleId: string): DryRunTally {
  const openById = new Map<string, Occurrence>();
  const began: Occurrence[] = [];

  return {
    note(changes, isBefore) {
      for (const change of changes) {
        if (change.kind === 'holds' && change.standing.condition.ruleId === ruleId) {
          const { condition: { id, localityCode }, sinceMs } = change.standing;
          if (openById.has(id)) continue;
          const occurrence = { localityCode, sinceMs, untilMs: null };
          openById.set(id, occurrence);
          if (!isBefore) began.push(occurrence);
        } else if (change.kind === 'over') {
          const occurrence = openById.get(change.alarmId);
          if (occurrence !== undefined) occurrence.untilMs = change.atMs;
          openById.delete(change.alarmId);
        }
      }
    },
    figures(toMs) {
      const days = Map.groupBy(began, ({ sinceMs }) => dayOf(sinceMs));
      return {
        raised: began.length, standing: openById.size,
        byDay: [...days].map(([day, occurrences]) => ({ day, count: occurrences.length })).sort((a, b) => (a.day < b.day ? -1 : 1)),
        longestMs: began.reduce<number | null>((longest, { sinceMs, untilMs }) => Math.max(longest ?? 0, (untilMs ?? toMs) - sinceMs), null),
        examples: began.toSorted((a, b) => b.sinceMs - a.sinceMs).slice(0, MOST_EXAMPLES).map((occurrence) => ({ ...occurrence })),
      };
    },
  };
}
