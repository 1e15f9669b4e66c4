import { ExplainDto } from '../../../shared/protocol/answers.ts';
import { type Alarm, isAnnunciated } from '../../../shared/domain/alarm.ts';
import { AlarmsMessage } from '../../../shared/protocol/socket.ts';
import { useAnswer } from '../answers.tsx';
import { waitingOf } from '../wall/preemption.ts';

const EVERY_MS = 2_000;

const NONE_LEFT: ReadonlySet<string> = new Set();

/** [DM13] What really happens while the replay is on: the newest unanswered critical alarm of the live channel. A simulated one is none. `null`: none is known. */
export function useLiveCritical(): Alarm | null {
  const open = useAnswer(AlarmsMessage, '/api/v1/alarms?channel=live', { everyMs: EVERY_MS }).data;
  const [alarm] = waitingOf(open?.alarms.filter(isAnnunciated) ?? [], NONE_LEFT);
  const cause = useAnswer(ExplainDto, alarm?.indicatorId == null ? null : `/api/v1/explain?channel=live&locality=${alarm.localityCode}&indicator=${alarm.indicatorId}&depth=1`);
  // An alert comes from a real feed, and no reading stands behind it.
  if (alarm?.kind === 'alert') return alarm;
  if (alarm === undefined || cause.data === undefined || cause.data.reading.provenance === 'simulated') return null;
  return alarm;
}
