import { useEffect } from 'react';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { AlarmHistoryDto } from '../../../../shared/protocol/alarms.ts';
import { useAnswer } from '../../answers.tsx';

const EVERY_MS = 15_000;

/** Everything that happened to an alarm; asked again as soon as the alarm is another. */
export function useAlarmHistory(alarmId: string, alarm: Alarm | null) {
  const query = useAnswer(AlarmHistoryDto, `/api/v1/alarms/${encodeURIComponent(alarmId)}/history`, { everyMs: EVERY_MS });
  const { refetch } = query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the alarm is not read, its change is the reason to ask.
  useEffect(() => { void refetch(); }, [alarm, refetch]);
  return query;
}
