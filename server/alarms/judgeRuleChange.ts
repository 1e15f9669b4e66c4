import { type AlarmRule, isAboutTheSame, whyRulesUnusable } from '../../shared/domain/alarmRule.ts';
import type { Indicator } from '../../shared/domain/indicator.ts';
import type { KnownRule, RuleChange, RuleChangeAnswer } from '../ports/alarms.ts';

export type RuleVerdict =
  | { readonly rule: AlarmRule; readonly basedOn: number | null }
  | { readonly answer: Exclude<RuleChangeAnswer, { outcome: 'done' }> | { readonly outcome: 'again'; readonly known: KnownRule } };

/** Judges one change by the rules as they are. Never throws: what cannot be done is an answer. */
export function judgeRuleChange({ rule: asked, expectedVersion }: RuleChange, before: KnownRule | undefined, inForce: readonly AlarmRule[], indicators: readonly Indicator[]): RuleVerdict {
  if ((before?.rule.version ?? null) !== expectedVersion) return { answer: { outcome: 'moved-on', known: before ?? null } };
  const rule = { ...asked, version: (before?.rule.version ?? 0) + 1 };
  if (before !== undefined && !isAboutTheSame(rule, before.rule)) return { answer: { outcome: 'another', known: before } };
  const next = before === undefined ? [...inForce, rule] : inForce.map((other) => (other.id === rule.id ? rule : other));
  const why = whyRulesUnusable(next, indicators);
  if (why !== null) return { answer: { outcome: 'unusable', detail: why } };
  const isSame = before !== undefined && JSON.stringify({ ...rule, version: before.rule.version }) === JSON.stringify(before.rule);
  if (isSame && !before.isShippedNewer) return { answer: { outcome: 'again', known: before } };
  return { rule, basedOn: before?.shippedVersion ?? null };
}
