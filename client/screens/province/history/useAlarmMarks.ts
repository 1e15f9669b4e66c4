import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useAlarms } from '../../../store/mirrorHooks.tsx';
import { useAsOf } from '../past/asOf.tsx';
import type { ChartMark } from './chartModel.ts';

/**
 * When the open alarms of a place and what lies in it began, with `more` of them, oldest first. Of alarms that are over no record is kept, and of
 * those of a past moment it is not known when they began: neither has a mark.
 */
export function useAlarmMarks(localityCode: string, domain: string, more: readonly ChartMark[]): readonly ChartMark[] {
  const { t, i18n } = useTranslation();
  const { locality, indicator } = useCatalogue();
  const alarms = useAlarms();
  const isPast = useAsOf() !== null;
  const language = currentLanguage(i18n);
  return useMemo(() => {
    const own = isPast ? [] : alarms.filter((alarm) => alarm.domain === domain && (alarm.localityCode === localityCode || locality(alarm.localityCode)?.parent === localityCode));
    return [...own.map((alarm): ChartMark => {
      const what = alarm.indicatorId === null ? t('attention.silent') : indicator(alarm.indicatorId)?.shortName[language] ?? alarm.indicatorId;
      return { atMs: alarm.sinceMs, kind: 'alarm', label: `${t(`severity.${alarm.severity}`)} · ${what} · ${locality(alarm.localityCode)?.name ?? alarm.localityCode}` };
    }), ...more].sort((a, b) => a.atMs - b.atMs);
  }, [alarms, isPast, domain, localityCode, locality, indicator, language, more, t]);
}
