import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Alarm, announcementOf } from '../../../shared/domain/alarm.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useRoot, useRootAlarms } from '../../catalogue/RootLocality.tsx';
import { currentLanguage } from '../../i18n/i18n.ts';
import { type AttentionRow, attentionRows } from '../../panels/attentionRows.ts';
import { useMembers, useToday } from '../../panels/alarmHooks.ts';
import { useAlarms, useLink, useNow } from '../../store/mirrorHooks.tsx';
import { leavePreemption, NOTHING_PREEMPTS, preempt, othersLike, PREEMPTION, turnsOf, waitingOf } from './preemption.ts';

/** The critical alarm that stands before the scenes. */
export interface Preempting {
  readonly alarm: Alarm;
  /** As it is now, hidden by a person or by its cause too; `null`: it is over. */
  readonly now: Alarm | null;
  /** The same in words. */
  readonly row: AttentionRow;
  /** 1-based among those that wait, newest first; 1 of 1 once it is answered. */
  readonly position: number;
  readonly count: number;
  /** [FL3] Places with the same alarm that have no turn of their own, because it is a flood. */
  readonly otherCount: number;
  /** Ms until the scenes turn again; `null` while it waits for an answer. */
  readonly backInMs: number | null;
}

export interface PreemptionOnWall {
  readonly preempting: Preempting | null;
  /** Announcements that gave way unanswered. */
  readonly left: ReadonlySet<string>;
  /** A person sends it away. */
  leave(): void;
}

export function usePreemption(isFlood: boolean): PreemptionOnWall {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const root = useRoot();
  const alarms = useRootAlarms();
  const { serverNowMs: nowMs } = useNow();
  const isLinkLost = useLink().state === 'lost';
  const [held, setHeld] = useState(NOTHING_PREEMPTS);
  useEffect(() => {
    if (nowMs > 0) setHeld((before) => preempt(before, { alarms, nowMs, isLinkLost, isFlood }));
  }, [alarms, nowMs, isLinkLost, isFlood]);
  const { shown, answeredAtMs, left } = held;
  const members = useMembers();
  const today = useToday();
  const row = useMemo(() => (shown === null ? undefined : attentionRows([shown], { catalogue, root, language: currentLanguage(i18n), t, members, today })[0]), [shown, catalogue, root, i18n, t, members, today]);
  const now = useAlarms().find(({ occurrenceId }) => occurrenceId === shown?.occurrenceId) ?? null;
  const waiting = turnsOf(waitingOf(alarms, left), held, isFlood);
  const position = waiting.findIndex((alarm) => shown !== null && announcementOf(alarm) === announcementOf(shown));
  return {
    preempting: shown === null || row === undefined ? null : {
      alarm: shown, now, row, position: position < 0 ? 1 : position + 1, count: position < 0 ? 1 : waiting.length, otherCount: position < 0 ? 0 : othersLike(shown, waitingOf(alarms, left), isFlood),
      backInMs: answeredAtMs === null ? null : Math.max(0, PREEMPTION.afterMs - (nowMs - answeredAtMs)),
    },
    left,
    leave: () => setHeld((before) => leavePreemption(before, alarms)),
  };
}
