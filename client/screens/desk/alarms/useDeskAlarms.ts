import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { Source } from '../../../../shared/domain/source.ts';
import { AlarmListDto, ClosedAlarmsDto } from '../../../../shared/protocol/alarms.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useAlarms, useAreAlarmsKnown, useNow } from '../../../store/mirrorHooks.tsx';
import { useAnswer } from '../../answers.tsx';
import { useDeskSession } from '../deskSession.tsx';
import { dayStartMs } from '../load/loadFacts.ts';
import { mergedAlarms } from './alarmList.ts';
import { createWording, type Wording } from './alarmWords.ts';

const RESTRICTED_EVERY_MS = 5_000;
const CLOSED_EVERY_MS = 10_000;
const Sources = z.array(Source);
const NONE: readonly Alarm[] = [];
const NO_SOURCES: readonly Source[] = [];

export interface DeskAlarms {
  /** Every alarm that is not closed, restricted ones too if somebody is signed in. The same array while they are unchanged. */
  readonly open: readonly Alarm[];
  /** `false`: the server has not said yet, so that none says nothing. */
  readonly isKnown: boolean;
  /** Of today, latest end first. */
  readonly closed: readonly Alarm[];
  /** How many closed today; `null`: not known yet. */
  readonly closedCount: number | null;
  readonly closedLeftOff: number;
}

export function useDeskAlarms(): DeskAlarms {
  const alarms = useAlarms();
  const isKnown = useAreAlarmsKnown();
  const { person } = useDeskSession();
  const { dataNowMs } = useNow();
  const restricted = useAnswer(AlarmListDto, person === null ? null : '/api/v1/alarms/restricted', { everyMs: RESTRICTED_EVERY_MS }).data?.alarms ?? NONE;
  const isTimed = dataNowMs > 0;
  const closed = useAnswer(ClosedAlarmsDto, isTimed ? `/api/v1/alarms/closed?from=${new Date(dayStartMs(dataNowMs)).toISOString()}` : null, { everyMs: CLOSED_EVERY_MS }).data;
  const open = useMemo(() => mergedAlarms(alarms, person === null ? NONE : restricted), [alarms, person, restricted]);
  return { open, isKnown, closed: closed?.alarms ?? NONE, closedCount: closed === undefined ? null : closed.alarms.length + closed.leftOff, closedLeftOff: closed?.leftOff ?? 0 };
}

/** The same while language, catalogue and sources are. */
export function useWording(): Wording {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const sources = useAnswer(Sources, '/api/v1/sources').data ?? NO_SOURCES;
  const language = currentLanguage(i18n);
  return useMemo(() => createWording({ catalogue, sources, language, t }), [catalogue, sources, language, t]);
}
