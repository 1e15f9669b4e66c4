import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { useNow } from '../../../store/mirrorHooks.tsx';
import { byUrgency } from './alarmOrder.ts';
import { newsOf, saidOf } from './alarmNews.ts';
import type { Wording } from './alarmWords.ts';

const BATCH_MS = 10_000;

interface AnnouncerProps {
  readonly alarms: readonly Alarm[];
  /** What there was when the page opened is not news. */
  readonly isKnown: boolean;
  readonly wording: Wording;
}

/** [DK8] New alarms for who listens: level 1 at once, all others together at most every ten seconds. */
export function Announcer({ alarms, isKnown, wording }: AnnouncerProps) {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const said = useRef<ReadonlySet<string> | null>(null);
  const waiting = useRef<readonly Alarm[]>([]);
  const lastMs = useRef(0);
  const [urgent, setUrgent] = useState('');
  const [calm, setCalm] = useState('');
  useEffect(() => {
    if (!isKnown) return;
    if (said.current !== null) {
      const { critical, others } = newsOf(said.current, alarms);
      const [worst] = critical;
      if (worst !== undefined) {
        const { place, what } = wording.wordsOf(worst);
        setUrgent(t('alarms.news.critical', { place, what }));
      }
      waiting.current = [...waiting.current, ...others];
    }
    said.current = saidOf(alarms);
  }, [alarms, isKnown, wording, t]);
  useEffect(() => {
    const [first, ...more] = waiting.current.toSorted(byUrgency);
    if (first === undefined || serverNowMs - lastMs.current < BATCH_MS) return;
    lastMs.current = serverNowMs;
    waiting.current = [];
    const level = t(`severity.${first.severity}`);
    setCalm(more.length === 0 ? t('alarms.news.one', { level }) : t('alarms.news.several', { count: formatNumber(more.length + 1), level }));
  }, [serverNowMs, t]);
  return <><p className="visuallyHidden" aria-live="assertive">{urgent}</p><p className="visuallyHidden" aria-live="polite">{calm}</p></>;
}
