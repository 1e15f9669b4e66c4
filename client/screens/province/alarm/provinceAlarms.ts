import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { SEVERITIES } from '../../../../shared/domain/severity.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { useRoot, useRootAlarms } from '../../../catalogue/RootLocality.tsx';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useMembers, useToday } from '../../../panels/alarmHooks.ts';
import { isEarlier } from '../../../panels/alarmWords.ts';
import { type AttentionRow, attentionRows } from '../../../panels/attentionRows.ts';
import { useAlarms } from '../../../store/mirrorHooks.tsx';

/** [AW6] Every alarm of the province that people are told of: by level, then the newest first. */
export function useProvinceAlarms(provinceCode: string): readonly Alarm[] {
  const alarms = useRootAlarms();
  const { provinceOf } = useCatalogue();
  return useMemo(() => alarms.filter(({ localityCode, isPlaced }) => isPlaced && provinceOf(localityCode)?.code === provinceCode)
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.sinceMs - a.sinceMs || (a.id < b.id ? -1 : 1)), [alarms, provinceOf, provinceCode]);
}

/** An alarm in the words of a row of its own. */
export function useAlarmRow(alarm: Alarm): AttentionRow | undefined {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const root = useRoot();
  const members = useMembers();
  const today = useToday();
  return useMemo(() => attentionRows([alarm], { catalogue, root, language: currentLanguage(i18n), t, members, today })[0], [alarm, catalogue, root, i18n, t, members, today]);
}

/** What a cause explains, the earliest first. */
export function useMembersOf(causeId: string): readonly Alarm[] {
  const alarms = useAlarms();
  return useMemo(() => alarms.filter(({ suppressedBy }) => suppressedBy === causeId).sort((a, b) => (isEarlier(a, b) ? -1 : 1)), [alarms, causeId]);
}
