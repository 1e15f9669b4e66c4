import type { Alarm, AlarmCondition } from '../../shared/domain/alarm.ts';
import type { AlarmRule } from '../../shared/domain/alarmRule.ts';
import { type Locality, toLevel } from '../../shared/domain/locality.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { Series, SeriesTable } from '../../shared/domain/seriesTable.ts';
import { type ConditionSlot, createConditionSlot, type SlotNews } from './conditionSlot.ts';
import type { RaisedConditions } from './raisedConditions.ts';
import { applies, fulfils, lifeOf, type RuleGroup } from './ruleBook.ts';

export interface ReadingConditions {
  handleReading(observation: Observation): void;
  /** Conditions on settled figures, and on time. */
  settle(nowMs: number): void;
  shiftClock(byMs: number): void;
}

export interface ReadingConditionsOptions {
  readonly table: SeriesTable;
  /** Groups judged by each reading as it is observed, and those judged by settled figures at each tick. */
  readonly observed: readonly RuleGroup[];
  readonly settled: readonly RuleGroup[];
  readonly raised: RaisedConditions;
  readonly openById: ReadonlyMap<string, Alarm>;
  /** Ids of the causes that may explain an alarm of this rule there. */
  readonly causesOf: (ruleId: string, locality: Locality) => readonly string[];
  /** The settled value; `null`: not known now. */
  readonly currentValue: (series: number) => number | null;
}

/** One condition of one place. */
interface Entry {
  readonly id: string;
  readonly series: Series;
  readonly group: RuleGroup;
  readonly slot: ConditionSlot;
  /** What the figure is divided by. */
  readonly per: number | null;
  /** The value it was raised by, or will be. */
  value: number | null;
}

export function createReadingConditions({ table, observed, settled, raised, openById, causesOf, currentValue }: ReadingConditionsOptions): ReadingConditions {
  const entriesBySeries = new Map<number, readonly Entry[]>();
  const settledEntries: Entry[] = [];
  /** Entries for which time alone may bring something. */
  const waiting = new Set<Entry>();

  function conditionOf({ id, series: { locality, indicator }, group, value }: Entry, rule: AlarmRule): AlarmCondition {
    return {
      id, kind: group.kind, ruleId: rule.id, severity: rule.severity, domain: indicator.domain, localityCode: locality.code, isPlaced: true,
      indicatorId: indicator.id, sourceId: null, value, title: null, dependsOn: [...causesOf(rule.id, locality)], tlp: null, attack: null,
    };
  }

  const behind = ({ series, per }: Entry) => (per === null ? [series.index] : [series.index, per]);

  function createEntry(series: Series, group: RuleGroup): Entry {
    const id = `${group.kind}:${series.locality.code}:${series.indicator.id}`;
    const alarm = openById.get(id);
    // A rule that is there no more has raised it: the next reading says by which of the others it stands, if by any.
    const rule = alarm === undefined ? undefined : group.rules.find((each) => each.id === alarm.ruleId) ?? group.rules[0];
    const perId = group.rules.flatMap(({ when }) => (when.type === 'band' && when.per !== null ? [when.per.indicator] : []))[0];
    const held = alarm === undefined || rule === undefined ? null : { rule, sinceMs: alarm.sinceMs };
    const entry: Entry = { id, series, group, slot: createConditionSlot(held), per: perId === undefined ? null : table.indexOf(series.locality.code, perId) ?? null, value: alarm?.value ?? null };
    if (held !== null) raised.restore({ condition: conditionOf(entry, held.rule), sinceMs: held.sinceMs, life: lifeOf(held.rule) }, behind(entry), alarm?.dataLost ?? false);
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

  function hear(entry: Entry, value: number, perValue: number | null, atMs: number): void {
    const { group: { rules }, slot } = entry;
    const match = rules.find((rule) => fulfils(rule, value, perValue, slot.raisedBy?.id === rule.id)) ?? null;
    // The many readings that are in order cost no more than this.
    if (match === null && slot.raisedBy === null && !slot.isWaiting) return;
    if (match !== null && slot.raisedBy?.id !== match.id) entry.value = value;
    tell(entry, slot.hear(match, atMs));
  }

  for (const series of table.series) {
    const isHere = (group: RuleGroup) => group.rules.some((rule) => applies(rule, series));
    const own = observed.filter(isHere);
    if (own.length > 0 && toLevel(series.locality) === series.indicator.observedAt) entriesBySeries.set(series.index, own.map((group) => createEntry(series, group)));
    settledEntries.push(...settled.filter(isHere).map((group) => createEntry(series, group)));
  }

  return {
    handleReading({ seriesIndex, value, observedAtMs }) {
      // "No reading" is a kind of silence, and silence neither raises nor clears ([A3]).
      if (value === null) return;
      for (const entry of entriesBySeries.get(seriesIndex) ?? []) hear(entry, value, null, observedAtMs);
    },
    shiftClock(byMs) {
      for (const { slot } of waiting) slot.shiftClock(byMs);
    },
    settle(nowMs) {
      for (const entry of settledEntries) {
        const value = currentValue(entry.series.index);
        const perValue = entry.per === null ? null : currentValue(entry.per);
        if (value !== null && (entry.per === null || perValue !== null)) hear(entry, value, perValue, nowMs);
      }
      for (const entry of waiting) tell(entry, entry.slot.passTo(nowMs));
    },
  };
}
