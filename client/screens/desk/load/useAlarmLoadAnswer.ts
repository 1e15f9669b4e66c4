import { AlarmLoadDto } from '../../../../shared/protocol/alarms.ts';
import { useAnswer } from '../../answers.tsx';

const EVERY_MS = 5_000;

/** Of the last so many hours, asked again and again. */
export function useAlarmLoadAnswer(hours: number) {
  return useAnswer(AlarmLoadDto, `/api/v1/alarm-load?hours=${hours}`, { everyMs: EVERY_MS });
}
