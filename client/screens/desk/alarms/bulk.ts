import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { ALARM_LIMITS } from '../../../../shared/domain/alarmEvent.ts';
import { byUrgency } from './alarmOrder.ts';

export interface BulkPlan {
  /** What will be acknowledged, worst first. */
  readonly alarms: readonly Alarm[];
  /** Left out: each needs an answer of its own. */
  readonly critical: number;
  /** Left out: more than go at once. */
  readonly beyond: number;
}

/** [DK18] Of what was chosen, what can be acknowledged in one go: what still waits, never a critical one, and no more than people read. Pure. */
export function bulkPlan(chosen: readonly Alarm[]): BulkPlan {
  const waiting = chosen.filter(({ state }) => state === 'UNACK' || state === 'RTN_UNACK');
  const plain = waiting.filter(({ severity }) => severity !== 'critical').sort(byUrgency);
  return { alarms: plain.slice(0, ALARM_LIMITS.bulk), critical: waiting.length - plain.length, beyond: Math.max(0, plain.length - ALARM_LIMITS.bulk) };
}
