import { AlarmRule } from '../../shared/domain/alarmRule.ts';
import type { Indicator } from '../../shared/domain/indicator.ts';

/** Without delays, over without anybody's word, except for what the caller names. */
export function aRule(overrides: Partial<Record<keyof AlarmRule, unknown>>): AlarmRule {
  return AlarmRule.parse({
    id: 'a-rule', version: 1, name: { vi: 'Quy tắc', en: 'Rule' }, isOn: true, kind: 'state', when: { type: 'silence' }, severity: 'medium', onDelayMs: 0, offDelayMs: 0,
    isLatching: false, needsAckOnReturn: false, reAlarmAfterMs: null, ...overrides,
  });
}

/** One of each kind that these indicators allow, as the catalogue has them. */
export function rulesOf(indicators: readonly Indicator[]): AlarmRule[] {
  const has = (id: string) => indicators.some((indicator) => indicator.id === id);
  return [
    ...indicators.flatMap(({ id, states }) => states.flatMap(({ value, alarm }) => (alarm === undefined ? []
      : [aRule({ id: `state-${id}-${value}`, kind: 'state', severity: alarm, when: { type: 'state', indicator: id, equals: value } })]))),
    ...(has('alerts-critical') ? [aRule({ id: 'critical', kind: 'security', severity: 'critical', when: { type: 'band', indicator: 'alerts-critical', level: 'province', side: 'above', raiseAt: 1, clearAt: 1, per: null } })] : []),
    ...(has('dossiers-overdue') && has('dossiers-waiting')
      ? [aRule({ id: 'overdue', kind: 'overdue', when: { type: 'band', indicator: 'dossiers-overdue', level: 'province', side: 'above', raiseAt: 0.2, clearAt: 0.15, per: { indicator: 'dossiers-waiting', atLeast: 100 } } })] : []),
    aRule({ id: 'silent', kind: 'source-silent', when: { type: 'silence' } }),
  ];
}
