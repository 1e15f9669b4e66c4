import type { AlarmKind } from '../../shared/domain/alarm.ts';
import type { AlarmRule, RuleOf } from '../../shared/domain/alarmRule.ts';
import type { Indicator } from '../../shared/domain/indicator.ts';
import { toLevel } from '../../shared/domain/locality.ts';
import type { Series } from '../../shared/domain/seriesTable.ts';
import { SEVERITIES } from '../../shared/domain/severity.ts';

export type ReadingRule = RuleOf<'state'> | RuleOf<'band'>;

/** Rules of one kind on one indicator: together one condition, as bad as the worst that holds. */
export interface RuleGroup {
  readonly kind: AlarmKind;
  /** Worst first. */
  readonly rules: readonly ReadingRule[];
}

const isOfType = <Type extends AlarmRule['when']['type']>(rule: AlarmRule, type: Type): rule is RuleOf<Type> => rule.when.type === type;

export const lifeOf = ({ isLatching, needsAckOnReturn, reAlarmAfterMs }: AlarmRule) => ({ isLatching, needsAckOnReturn, reAlarmAfterMs });

export function readingRulesOf(rules: readonly AlarmRule[]) {
  const active = rules.filter(({ isOn }) => isOn);
  const onReadings = active.filter((rule) => isOfType(rule, 'state') || isOfType(rule, 'band'));
  const groups = [...Map.groupBy(onReadings, (rule) => `${rule.kind}/${rule.when.indicator}`).values()].map((group): RuleGroup => ({
    kind: group[0]?.kind ?? 'state', rules: group.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
  }));
  return { groups, members: active.filter((rule) => isOfType(rule, 'members')), silence: active.find((rule) => isOfType(rule, 'silence')) ?? null };
}

/** Judged by each reading as it is observed; the others by settled figures. */
export const isObserved = ({ when }: ReadingRule, { observedAt }: Indicator) => when.type === 'state' || (when.per === null && when.level === observedAt);

/** Whether the rule is about this series. */
export function applies({ when }: ReadingRule, { locality, indicator }: Series): boolean {
  return when.indicator === indicator.id && toLevel(locality) === (when.type === 'state' ? indicator.observedAt : when.level);
}

/**
 * Whether the reading fulfils the rule. `isRaised`: by this very rule it is an alarm already, and then the deadband keeps it.
 * `perValue` `null`: nothing is known to divide by.
 */
export function fulfils({ when }: ReadingRule, value: number, perValue: number | null, isRaised: boolean): boolean {
  if (when.type === 'state') return value === when.equals;
  const { side, raiseAt, clearAt, per } = when;
  if (per !== null && (perValue === null || perValue < per.atLeast || perValue <= 0)) return false;
  const compared = per === null ? value : value / (perValue ?? 1);
  const limit = isRaised ? clearAt : raiseAt;
  return side === 'above' ? compared >= limit : compared <= limit;
}
