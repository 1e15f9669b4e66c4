import type { AlarmRule, RuleOf } from '../../shared/domain/alarmRule.ts';
import type { IndicatorId, LocalityCode } from '../../shared/domain/ids.ts';
import type { Indicator } from '../../shared/domain/indicator.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ConditionMemories, ConditionMemory } from './conditionMemory.ts';
import { type ConditionSlot, createConditionSlot } from './conditionSlot.ts';
import type { RaisedConditions } from './raisedConditions.ts';
import { lifeOf } from './ruleBook.ts';

const toCauseId = (provinceCode: string, ruleId: string) => `cause:${provinceCode}:${ruleId}`;

/** [CG1] Ids of the causes whose members alarms of this rule are there. */
export function createCausesOf(rules: readonly RuleOf<'members'>[]): (ruleId: string, locality: Locality) => readonly string[] {
  return (ruleId, { level, parent }) => (level === 'nation' || level === 'province' || parent === null ? [] : rules.filter(({ when }) => when.of === ruleId).map(({ id }) => toCauseId(parent, id)));
}

interface Cause {
  readonly id: string;
  readonly rule: RuleOf<'members'>;
  readonly province: LocalityCode;
  readonly indicator: Indicator;
  readonly memberCount: number;
  readonly slot: ConditionSlot;
}

interface CauseOptions {
  readonly table: SeriesTable;
  readonly rules: readonly RuleOf<'members'>[];
  readonly allRules: readonly AlarmRule[];
  readonly raised: RaisedConditions;
  readonly memories: ConditionMemories;
}

/** So many units of one province at once have one cause, whatever it is: one alarm, and they are its members. */
export function createCauseConditions({ table, rules, allRules, raised, memories }: CauseOptions): { settle(nowMs: number): void; shiftClock(byMs: number): void; memories(): ConditionMemories } {
  const toStanding = ({ id, rule, province, indicator }: Cause, sinceMs: number, count: number) => ({
    condition: {
      id, kind: rule.kind, ruleId: rule.id, severity: rule.severity, domain: indicator.domain, localityCode: province, isPlaced: true,
      indicatorId: indicator.id as IndicatorId, sourceId: null, value: count, title: null, dependsOn: [], tlp: null, attack: null,
    },
    sinceMs, life: lifeOf(rule),
  });

  const causes = rules.flatMap((rule): Cause[] => {
    const { when } = allRules.find(({ id }) => id === rule.when.of) ?? {};
    const indicator = table.indicators.find(({ id }) => when !== undefined && 'indicator' in when && id === when.indicator);
    if (indicator === undefined) return [];
    return table.localities.filter(({ level }) => level === 'province').flatMap(({ code }) => {
      const memberCount = table.childrenOf(code).filter((child) => table.indexOf(child.code, indicator.id) !== undefined).length;
      if (memberCount === 0) return [];
      const memory = memories.get(toCauseId(code, rule.id));
      const cause: Cause = { id: toCauseId(code, rule.id), rule, province: code, indicator, memberCount, slot: createConditionSlot(memory === undefined ? null : { ...memory, rule }) };
      if (memory?.isRaised === true) raised.restore(toStanding(cause, memory.sinceMs, memory.value ?? 0), [], memory.isLost);
      return [cause];
    });
  });

  return {
    shiftClock(byMs) {
      for (const { slot } of causes) slot.shiftClock(byMs);
    },
    settle(nowMs) {
      for (const cause of causes) {
        const { rule, rule: { when: { of, raiseRatio, clearRatio, atLeast } }, province, memberCount, slot } = cause;
        const count = raised.countOf(of, province);
        const isRaised = slot.raisedBy !== null;
        if (count === 0 && !isRaised && !slot.isWaiting) continue;
        const isMet = isRaised ? count >= clearRatio * memberCount && count > 0 : count >= atLeast && count >= raiseRatio * memberCount;
        for (const news of slot.hear(isMet ? rule : null, nowMs)) {
          if (news.kind === 'over') raised.over(cause.id, news.atMs);
          else raised.holds(toStanding(cause, news.sinceMs, count), []);
        }
      }
    },
    memories: () => new Map(causes.flatMap(({ id, rule, province, slot }): [string, ConditionMemory][] => {
      const memory = slot.memory();
      const held = raised.get(id);
      return memory === null ? [] : [[id, { ...memory, ruleId: rule.id, value: held?.condition.value ?? null, isLost: held?.isLost ?? false, localityCode: province }]];
    })),
  };
}
