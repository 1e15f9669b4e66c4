import type { Alarm } from '../../shared/domain/alarm.ts';
import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ConditionChange, StandingCondition } from '../ports/conditions.ts';
import { createCauseConditions, createCausesOf } from './causeConditions.ts';
import { type ConditionMemories, memoriesOf } from './conditionMemory.ts';
import { FRESH, LATE, NEVER, STALE } from './freshness.ts';
import { createRaisedConditions, type RaisedConditions } from './raisedConditions.ts';
import { createReadingConditions, type HeardReading } from './readingConditions.ts';
import { readingRulesOf } from './ruleBook.ts';
import type { SettledReadings } from './settledReadings.ts';
import { createSilences, type Silences } from './silences.ts';
import type { HeardSource } from './sourceHealth.ts';

/** What of readings and of silence is an alarm's condition, by the rules. */
export interface Conditions {
  /** Call for each observation that became its series' current reading, in order. */
  handleReading(observation: HeardReading): void;
  handleSourceHeard: Silences['handleSourceHeard'];
  /** The clock of `settle` has stepped: neither a delay nor a silence is longer or shorter by that. */
  shiftClock(byMs: number): void;
  /** Conditions on computed readings and on time. Call once the columns are settled. */
  settle(nowMs: number, sources: readonly HeardSource[]): void;
  /**
   * [RU2] Other rules from now on. What stands goes on by its rule as it is now, or by another that its reading fulfils; what none of them
   * states is over with the next settle. The caller lets the readings held be heard again, so that what fulfils a rule already is raised.
   */
  replaceRules(rules: readonly AlarmRule[], heldValue: (series: number) => number | null): void;
  standing(): readonly StandingCondition[];
  /** What changed since the call before, in order. */
  take(): readonly ConditionChange[];
}

export interface ConditionsOptions {
  readonly table: SeriesTable;
  readonly settled: Pick<SettledReadings, 'columns'>;
  readonly rules: readonly AlarmRule[];
  /** What was an alarm before this start: deadbands, delays and silences go on from there. */
  readonly open: readonly Alarm[];
  /** See `createSources`. Default: as long as there were any. */
  readonly listeningFromMs?: number;
  /** [AI4] Its alerts are alarms by themselves, and their count is not one beside them. Default: nobody's are. */
  readonly tellsAlerts?: (sourceId: string) => boolean;
  /** Of the settled reading; `null`: computed, or none. */
  readonly sourceIdOf?: (series: number) => string | null;
}

/** Conditions on observed readings are judged per observation, so that the log alone decides, not how it was cut in ticks ([A1]). */
export function createConditions({ table, settled, rules, open, listeningFromMs = Number.NEGATIVE_INFINITY, tellsAlerts = () => false, sourceIdOf = () => null }: ConditionsOptions): Conditions {
  const parentByCode = new Map(table.localities.map(({ code, parent, level }) => [code as string, level === 'province' ? code : parent]));
  const raised = createRaisedConditions((code) => parentByCode.get(code) ?? null);
  const { columns } = settled;
  const isUnknown = (series: number) => ((columns.status[series] ?? NEVER) & 7) >= STALE || Number.isNaN(columns.value[series]);
  const fromLog = memoriesOf(open);
  let watchers = createWatchers({ table, settled, raised, rules, memories: fromLog, heldValue: () => null, listeningFromMs, tellsAlerts, sourceIdOf });
  /** Alarms that none of the rules has taken over. */
  const orphans = new Set<string>();
  const noteOrphans = (before: Iterable<string>) => { for (const alarmId of before) if (raised.get(alarmId) === undefined) orphans.add(alarmId); };
  noteOrphans(fromLog.keys());

  return {
    handleReading: (observation) => watchers.readings.handleReading(observation),
    handleSourceHeard: (source, receivedAtMs, isRestored) => watchers.silences.handleSourceHeard(source, receivedAtMs, isRestored),
    shiftClock(byMs) {
      for (const watcher of [watchers.readings, watchers.causes, watchers.silences]) watcher.shiftClock(byMs);
    },
    settle(nowMs, sources) {
      watchers.readings.settle(nowMs);
      watchers.causes.settle(nowMs);
      watchers.silences.settle(nowMs, sources);
      for (const alarmId of orphans) raised.overUnlessRaised(alarmId, nowMs);
      orphans.clear();
      raised.settle(isUnknown);
    },
    replaceRules(next, heldValue) {
      const memories = new Map([...watchers.readings.memories(), ...watchers.causes.memories(), ...watchers.silences.memories()]);
      const before = raised.clear();
      watchers = createWatchers({ table, settled, raised, rules: next, memories, heldValue, listeningFromMs, tellsAlerts, sourceIdOf });
      noteOrphans(before);
    },
    standing: raised.standing,
    take: raised.take,
  };
}

interface WatcherOptions extends Required<Pick<ConditionsOptions, 'table' | 'settled' | 'rules' | 'listeningFromMs' | 'tellsAlerts' | 'sourceIdOf'>> {
  readonly raised: RaisedConditions;
  readonly memories: ConditionMemories;
  /** The newest value heard; `null`: none, or "no reading". */
  readonly heldValue: (series: number) => number | null;
}

function createWatchers({ table, settled: { columns }, raised, rules, memories, heldValue, listeningFromMs, tellsAlerts, sourceIdOf }: WatcherOptions) {
  const { groups, members, silence } = readingRulesOf(rules);
  const currentValue = (series: number) => {
    const freshness = (columns.status[series] ?? NEVER) & 7;
    const value = columns.value[series] ?? Number.NaN;
    return (freshness === FRESH || freshness === LATE) && !Number.isNaN(value) ? value : null;
  };
  const lastKnown = (series: number) => {
    const value = heldValue(series) ?? columns.value[series] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  };
  return {
    readings: createReadingConditions({ table, groups, raised, memories, causesOf: createCausesOf(members), currentValue, lastKnown, tellsAlerts, sourceIdOf }),
    causes: createCauseConditions({ table, rules: members, allRules: rules, raised, memories }),
    silences: createSilences({ table, rule: silence, raised, memories, listeningFromMs }),
  };
}
