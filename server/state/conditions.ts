import type { Alarm } from '../../shared/domain/alarm.ts';
import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ConditionChange, StandingCondition } from '../ports/conditions.ts';
import { createCauseConditions, createCausesOf } from './causeConditions.ts';
import { FRESH, LATE, NEVER, STALE } from './freshness.ts';
import { createRaisedConditions } from './raisedConditions.ts';
import { createReadingConditions } from './readingConditions.ts';
import { readingRulesOf } from './ruleBook.ts';
import type { SettledReadings } from './settledReadings.ts';
import { createSilences, type Silences } from './silences.ts';
import type { HeardSource } from './sourceHealth.ts';

/** What of readings and of silence is an alarm's condition, by the rules. */
export interface Conditions {
  /** Call for each observation that became its series' current reading, in order. */
  handleReading(observation: Observation): void;
  handleSourceHeard: Silences['handleSourceHeard'];
  /** The clock of `settle` has stepped: neither a delay nor a silence is longer or shorter by that. */
  shiftClock(byMs: number): void;
  /** Conditions on computed readings and on time. Call once the columns are settled. */
  settle(nowMs: number, sources: readonly HeardSource[]): void;
  standing(): readonly StandingCondition[];
  /** What changed since the call before, in order. */
  take(): readonly ConditionChange[];
}

export interface ConditionsOptions {
  readonly table: SeriesTable;
  readonly settled: SettledReadings;
  readonly rules: readonly AlarmRule[];
  /** What was an alarm before this start: deadbands, delays and silences go on from there. */
  readonly open: readonly Alarm[];
  /** See `createSources`. */
  readonly listeningFromMs: number;
}

/** Conditions on observed readings are judged per observation, so that the log alone decides, not how it was cut in ticks ([A1]). */
export function createConditions({ table, settled: { columns }, rules, open, listeningFromMs }: ConditionsOptions): Conditions {
  const { observed, settled, members, silence } = readingRulesOf(table, rules);
  const openById = new Map(open.filter(({ returnedAtMs }) => returnedAtMs === null).map((alarm) => [alarm.id as string, alarm]));
  const parentByCode = new Map(table.localities.map(({ code, parent, level }) => [code as string, level === 'province' ? code : parent]));
  const raised = createRaisedConditions((code) => parentByCode.get(code) ?? null);
  const freshnessOf = (series: number) => (columns.status[series] ?? NEVER) & 7;
  const isUnknown = (series: number) => freshnessOf(series) >= STALE || Number.isNaN(columns.value[series]);
  const currentValue = (series: number) => {
    const freshness = freshnessOf(series);
    const value = columns.value[series] ?? Number.NaN;
    return (freshness === FRESH || freshness === LATE) && !Number.isNaN(value) ? value : null;
  };
  const readings = createReadingConditions({ table, observed, settled, raised, openById, causesOf: createCausesOf(members), currentValue });
  const causes = createCauseConditions({ table, rules: members, allRules: rules, raised, openById });
  const silences = createSilences({ table, rule: silence, raised, openById, listeningFromMs });

  return {
    handleReading: readings.handleReading,
    handleSourceHeard: silences.handleSourceHeard,
    shiftClock(byMs) {
      for (const part of [readings, causes, silences]) part.shiftClock(byMs);
    },
    settle(nowMs, sources) {
      readings.settle(nowMs);
      causes.settle(nowMs);
      silences.settle(nowMs, sources);
      raised.settle(isUnknown);
    },
    standing: raised.standing,
    take: raised.take,
  };
}
