import type { AlarmCondition, AlarmKind } from '../../shared/domain/alarm.ts';
import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { Series, SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ConditionMemories, ConditionMemory } from './conditionMemory.ts';
import { type ConditionSlot, createConditionSlot, type SlotNews } from './conditionSlot.ts';
import type { RaisedConditions } from './raisedConditions.ts';
import { applies, fulfils, isObserved, lifeOf, type ReadingRule, type RuleGroup } from './ruleBook.ts';

/** `sourceId` `null`: not known, or of none. */
export type HeardReading = Pick<Observation, 'seriesIndex' | 'value' | 'observedAtMs'> & { readonly sourceId: string | null };

export interface ReadingConditions {
  handleReading(observation: HeardReading): void;
  /** Conditions on settled figures, and on time. */
  settle(nowMs: number): void;
  shiftClock(byMs: number): void;
  memories(): ConditionMemories;
}

export interface ReadingConditionsOptions {
  readonly table: SeriesTable;
  readonly groups: readonly RuleGroup[];
  readonly raised: RaisedConditions;
  readonly memories: ConditionMemories;
  /** Ids of the causes that may explain an alarm of this rule there. */
  readonly causesOf: (ruleId: string, locality: Locality) => readonly string[];
  /** The settled value; `null`: not known now. */
  readonly currentValue: (series: number) => number | null;
  /** The last value, however old. */
  readonly lastKnown: (series: number) => number | null;
  /** [AI4] Its alerts are alarms by themselves, and their count is not one beside them. */
  readonly tellsAlerts: (sourceId: string) => boolean;
  readonly sourceIdOf: (series: number) => string | null;
}

/** One condition of one place. */
interface Entry {
  readonly id: string;
  readonly series: Series;
  readonly kind: AlarmKind;
  /** Those about this place, worst first. */
  readonly rules: readonly ReadingRule[];
  readonly slot: ConditionSlot;
  /** What the figure is divided by. */
  readonly per: number | null;
  /** The value it was raised by, or will be. */
  value: number | null;
}

export function createReadingConditions({ table, groups, raised, memories, causesOf, currentValue, lastKnown, tellsAlerts, sourceIdOf }: ReadingConditionsOptions): ReadingConditions {
  const entriesBySeries = new Map<number, Entry[]>();
  const settledEntries: Entry[] = [];
  /** Entries for which time alone may bring something. */
  const waiting = new Set<Entry>();

  function conditionOf({ id, series: { locality, indicator }, kind, value }: Entry, rule: AlarmRule): AlarmCondition {
    return {
      id, kind, ruleId: rule.id, severity: rule.severity, domain: indicator.domain, localityCode: locality.code, isPlaced: true,
      indicatorId: indicator.id, sourceId: null, value, title: null, dependsOn: [...causesOf(rule.id, locality)], tlp: null, attack: null,
    };
  }

  const behind = ({ series, per }: Entry) => (per === null ? [series.index] : [series.index, per]);

  /** By what it goes on; `undefined`: nothing that these rules state. */
  function ruleFor({ ruleId, isRaised, value }: ConditionMemory, rules: readonly ReadingRule[], series: number, per: number | null): ReadingRule | undefined {
    const own = rules.find(({ id }) => id === ruleId);
    const known = lastKnown(series) ?? value;
    if (own !== undefined || !isRaised || known === null) return own;
    return rules.find((rule) => fulfils(rule, known, per === null ? null : lastKnown(per), false));
  }

  function createEntry(series: Series, kind: AlarmKind, rules: readonly ReadingRule[]): Entry {
    const id = `${kind}:${series.locality.code}:${series.indicator.id}`;
    const perId = rules.flatMap(({ when }) => (when.type === 'band' && when.per !== null ? [when.per.indicator] : []))[0];
    const per = perId === undefined ? null : table.indexOf(series.locality.code, perId) ?? null;
    const memory = memories.get(id);
    const rule = memory === undefined ? undefined : ruleFor(memory, rules, series.index, per);
    const slot = createConditionSlot(memory === undefined || rule === undefined ? null : { ...memory, rule });
    const entry: Entry = { id, series, kind, rules, slot, per, value: memory?.value ?? null };
    if (rule !== undefined && memory?.isRaised === true) raised.restore({ condition: conditionOf(entry, rule), sinceMs: memory.sinceMs, life: lifeOf(rule) }, behind(entry), memory.isLost);
    if (slot.isWaiting) waiting.add(entry);
    return entry;
  }

  function tell(entry: Entry, news: readonly SlotNews[]): void {
    for (const each of news) {
      if (each.kind === 'over') raised.over(entry.id, each.atMs);
      else raised.holds({ condition: conditionOf(entry, each.rule), sinceMs: each.sinceMs, life: lifeOf(each.rule) }, behind(entry));
    }
    if (entry.slot.isWaiting) waiting.add(entry);
    else waiting.delete(entry);
  }

  function hear(entry: Entry, value: number, perValue: number | null, atMs: number, sourceId: string | null): void {
    const { rules, slot } = entry;
    const isToldByAlerts = entry.kind === 'security' && sourceId !== null && tellsAlerts(sourceId);
    const match = isToldByAlerts ? null : rules.find((rule) => fulfils(rule, value, perValue, slot.raisedBy?.id === rule.id)) ?? null;
    // The many readings that are in order cost no more than this.
    if (match === null && slot.raisedBy === null && !slot.isWaiting) return;
    if (match !== null && slot.raisedBy?.id !== match.id) entry.value = value;
    tell(entry, slot.hear(match, atMs));
  }

  for (const series of table.series) {
    for (const { kind, rules } of groups) {
      const here = rules.filter((rule) => applies(rule, series));
      if (here.length === 0) continue;
      const entry = createEntry(series, kind, here);
      if (!here.every((rule) => isObserved(rule, series.indicator))) settledEntries.push(entry);
      else entriesBySeries.set(series.index, [...entriesBySeries.get(series.index) ?? [], entry]);
    }
  }

  return {
    handleReading({ seriesIndex, value, observedAtMs, sourceId }) {
      // "No reading" is a kind of silence, and silence neither raises nor clears ([A3]).
      if (value === null) return;
      for (const entry of entriesBySeries.get(seriesIndex) ?? []) hear(entry, value, null, observedAtMs, sourceId);
    },
    shiftClock(byMs) {
      for (const { slot } of waiting) slot.shiftClock(byMs);
    },
    settle(nowMs) {
      for (const entry of settledEntries) {
        const value = currentValue(entry.series.index);
        const perValue = entry.per === null ? null : currentValue(entry.per);
        if (value !== null && (entry.per === null || perValue !== null)) hear(entry, value, perValue, nowMs, sourceIdOf(entry.series.index));
      }
      for (const entry of waiting) tell(entry, entry.slot.passTo(nowMs));
    },
    memories: () => new Map([...entriesBySeries.values(), settledEntries].flat().flatMap(({ id, slot, value, series }): [string, ConditionMemory][] => {
      const memory = slot.memory();
      return memory === null ? [] : [[id, { ...memory, ruleId: memory.rule.id, value, isLost: raised.get(id)?.isLost ?? false, localityCode: series.locality.code }]];
    })),
  };
}
