import type { Alarm } from '../../../../shared/domain/alarm.ts';

const HOUR_MS = 3_600_000;
const VIETNAM_OFFSET_MS = 7 * HOUR_MS;
/** UI.md §7 says from when; until the first shift comes in is our reading. */
const NIGHT = { fromHour: 22, toHour: 6 } as const;
const NIGHT_BRIGHTNESS = 0.7;

const isSerious = ({ severity }: Alarm) => severity === 'critical' || severity === 'high';

/** [AP3] 1: full. Never dimmed while an alarm of level 1 or 2 is open, answered or not, nor while nobody knows whether one is. */
export function brightnessAt(nowMs: number, alarms: readonly Alarm[], isLinkLive: boolean): number {
  const hour = new Date(nowMs + VIETNAM_OFFSET_MS).getUTCHours();
  const isNight = hour >= NIGHT.fromHour || hour < NIGHT.toHour;
  return isNight && isLinkLive && !alarms.some(isSerious) ? NIGHT_BRIGHTNESS : 1;
}
