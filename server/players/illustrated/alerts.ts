import type { Locality } from '../../../shared/domain/locality.ts';
import type { ReceivedCandidate } from '../../ports/player.ts';
import { draw, mix, saltOf } from '../simulated/noise.ts';
import { DAYS, illustrate } from './illustration.ts';

const EVERY_DAYS = 5;
const SALT = saltOf('illustrative-alerts');

/** Whole, from `min` to `max`, both in. */
function between(key: number, word: number, min: number, max: number): number {
  return min + Math.floor(draw(key, word) * (max - min + 1));
}

/** [IL2] The rule "illustrative-alerts". Pure. */
export function illustrateAlerts(provinces: readonly Locality[]): ReceivedCandidate[] {
  const say = (code: string, day: number, high: number, medium: number) => [
    illustrate('illustrative-alerts', code, 'alerts-high', day, high), illustrate('illustrative-alerts', code, 'alerts-open', day, high + medium),
  ];
  const received = provinces.flatMap(({ code }) => say(code, 0, 0, 0));
  const busyUntil = new Map<string, number>();
  for (let day = EVERY_DAYS; day < DAYS; day += EVERY_DAYS) {
    const key = mix(SALT, day);
    const free = provinces.filter(({ code }) => (busyUntil.get(code) ?? -1) < day);
    const hit = free[Math.floor(draw(key, 1) * free.length)];
    if (hit === undefined) continue;
    const until = day + between(key, 2, 6, 20);
    busyUntil.set(hit.code, until);
    received.push(...say(hit.code, day, between(key, 3, 1, 3), between(key, 4, 1, 6)));
    if (until <= DAYS) received.push(...say(hit.code, until, 0, 0));
  }
  return received;
}
