import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../catalogue/ChannelProvider.tsx';
import { useRoot, useRootAlarms } from '../catalogue/RootLocality.tsx';
import { currentLanguage } from '../i18n/i18n.ts';
import { useAlarms, useAreAlarmsKnown, useCountedAlarmLoad, useKept, useLink, useNow } from '../store/mirrorHooks.tsx';
import { ALARM_LOAD } from '../theme/tokens.ts';
import { alarmsSince, type AttentionRow, attentionRows, floodAfter, memberCounts } from './attentionRows.ts';

/** Rows of every open alarm of the root; the same array while neither alarms nor language change. `isFlood`: a row a condition. */
export function useAttentionRows(isFlood = false): readonly AttentionRow[] {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const root = useRoot();
  const alarms = useRootAlarms();
  const all = useAlarms();
  const members = useMemo(() => memberCounts(all), [all]);
  return useMemo(() => attentionRows(alarms, { catalogue, root, language: currentLanguage(i18n), t, isFlood, members }), [alarms, catalogue, root, i18n, t, isFlood, members]);
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
