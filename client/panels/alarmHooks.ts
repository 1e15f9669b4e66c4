import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../shared/domain/alarm.ts';
import { useCatalogue } from '../catalogue/ChannelProvider.tsx';
import { useRoot, useRootAlarms } from '../catalogue/RootLocality.tsx';
import { formatDate } from '../i18n/format.ts';
import { currentLanguage } from '../i18n/i18n.ts';
import { useAlarms, useAreAlarmsKnown, useCountedAlarmLoad, useKept, useLink, useNow } from '../store/mirrorHooks.tsx';
import { ALARM_LOAD } from '../theme/tokens.ts';
import { type HiddenCounts, hiddenCounts, type Members, membersByCause } from './alarmWords.ts';
import { alarmsSince, type AttentionRow, attentionRows, floodAfter } from './attentionRows.ts';

/** Rows of every open alarm of the root; the same array while neither alarms nor language change. `isFlood`: a row a condition. */
export function useAttentionRows(isFlood = false): readonly AttentionRow[] {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const root = useRoot();
  const alarms = useRootAlarms();
  const members = useMembers();
  const today = useToday();
  return useMemo(() => attentionRows(alarms, { catalogue, root, language: currentLanguage(i18n), t, isFlood, members, today }), [alarms, catalogue, root, i18n, t, isFlood, members, today]);
}

/** [CG1] What each cause explains; the same map while alarms are unchanged. */
export function useMembers(): ReadonlyMap<string, Members> {
  const alarms = useAlarms();
  return useMemo(() => membersByCause(alarms), [alarms]);
}

/** "23/11/2026". */
export function useToday(): string {
  return formatDate(useAlarmNowMs());
}

/** Everything open in the root, what is hidden too; of the country what has no place as well. The same array while alarms are unchanged. */
function useAllOfRoot(): readonly Alarm[] {
  const alarms = useAlarms();
  const root = useRoot();
  return useMemo(() => alarms.filter(({ localityCode }) => root.isNation || root.contains(localityCode)), [alarms, root]);
}

/** [AW2] Of the root, or of that province of it. */
export function useHiddenCounts(provinceCode?: string): HiddenCounts {
  const alarms = useAllOfRoot();
  const { provinceOf } = useCatalogue();
  return useMemo(() => hiddenCounts(provinceCode === undefined ? alarms : alarms.filter(({ localityCode }) => provinceOf(localityCode)?.code === provinceCode)), [alarms, provinceOf, provinceCode]);
}

/** Links that are lost now, those that a cause explains or a shelf hides too: they are lost all the same. */
export function useLostLinkCount(): number {
  const alarms = useAllOfRoot();
  return useMemo(() => alarms.filter(({ kind, indicatorId, state }) => kind === 'state' && indicatorId === 'tslcd-link-state' && (state === 'UNACK' || state === 'ACKED')).length, [alarms]);
}

/** Now for alarm ages: they stand still while the link is lost, because nobody knows whether the alarm still stands. */
export function useAlarmNowMs(): number {
  const { dataNowMs, serverNowMs } = useNow();
  const link = useLink();
  const kept = useKept();
  return link.state === 'lost' && kept === null ? dataNowMs - (serverNowMs - link.sinceMs) : dataNowMs;
}

/**
 * New alarms of the last ten minutes; `null`: unknown. The country's as the server counts them; of a province, those of them that are
 * open, which is a floor.
 */
export function useAlarmLoad(): number | null {
  const floor = alarmsSince(useRootAlarms(), useAlarmNowMs() - ALARM_LOAD.windowMs);
  const counted = useCountedAlarmLoad();
  const { isNation } = useRoot();
  const areKnown = useAreAlarmsKnown();
  return isNation && counted !== null ? counted : areKnown ? floor : null;
}

/** [FL1] More alarms than a person can take in one by one. */
export function useIsFlood(): boolean {
  const load = useAlarmLoad();
  const [held, setHeld] = useState(false);
  const isFlood = floodAfter(held, load);
  if (isFlood !== held) setHeld(isFlood);
  return isFlood;
}
