import type { TFunction } from 'i18next';
import type { AlarmRule } from '../../../shared/domain/alarmRule.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { formatAge, formatNumber } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';

const SECOND_MS = 1_000;

/** What rules need to be said in words. */
export interface RuleTongue {
  readonly t: TFunction;
  readonly language: Language;
  readonly catalogue: Pick<Catalogue, 'indicator'>;
  readonly rules: readonly AlarmRule[];
}

const percent = (ratio: number) => `${formatNumber(ratio * 100, 1).replace(/,0$/, '')} %`;
export const durationWords = (ms: number, t: TFunction) => (ms < SECOND_MS ? t('age.seconds', { n: 0 }) : formatAge(ms, t));

function conditionWords({ when }: AlarmRule, { t, language, catalogue, rules }: RuleTongue): string {
  const nameOf = (id: string) => catalogue.indicator(id)?.shortName[language] ?? id;
  switch (when.type) {
    case 'state': {
      const state = catalogue.indicator(when.indicator)?.states.find(({ value }) => value === when.equals);
      return `${nameOf(when.indicator)} = ${state?.name[language] ?? when.equals}`;
    }
    case 'band': {
      const [beyond, back] = when.side === 'above' ? ['≥', '<'] : ['≤', '>'];
      const said = when.per === null ? (value: number) => formatNumber(value, Number.isInteger(value) ? 0 : 2) : percent;
      return t('rules.band', {
        figure: when.per === null ? nameOf(when.indicator) : `${nameOf(when.indicator)} / ${nameOf(when.per.indicator)}`, level: t(`rules.level.${when.level}`),
        raise: `${beyond} ${said(when.raiseAt)}`, clear: `${back} ${said(when.clearAt)}`,
      });
    }
    case 'members': return t('rules.members', { of: rules.find(({ id }) => id === when.of)?.name[language] ?? when.of, raise: percent(when.raiseRatio), clear: percent(when.clearRatio), atLeast: when.atLeast });
    case 'alert': return t('rules.alert', { severities: when.severities.map((severity) => t(`severity.${severity}`)).join(', ') });
    case 'silence': return t('rules.silence');
    case 'system': return t('rules.system');
  }
}

/** One rule in a line: "Nối TSLCD = mất nối → Cao; trễ 0 giây". */
export function ruleWords(rule: AlarmRule, tongue: RuleTongue): string {
  const { t } = tongue;
  return [
    rule.when.type === 'alert' ? conditionWords(rule, tongue) : `${conditionWords(rule, tongue)} → ${t(`severity.${rule.severity}`)}`,
    t('rules.delayWords', { age: durationWords(rule.onDelayMs, t) }),
    ...(rule.offDelayMs > 0 ? [t('rules.offDelayWords', { age: durationWords(rule.offDelayMs, t) })] : []),
    ...(rule.isLatching ? [t('rules.latchingWords')] : rule.needsAckOnReturn ? [t('rules.ackWords')] : []),
    ...(rule.reAlarmAfterMs === null ? [] : [t('rules.againWords', { age: durationWords(rule.reAlarmAfterMs, t) })]),
  ].join('; ');
}
