import { startOfDayMs, DAY_MS } from '../../../shared/domain/instant.ts';
import type { Locality } from '../../../shared/domain/locality.ts';
import type { ReceivedCandidate } from '../../ports/player.ts';
import { saltOf } from '../simulated/noise.ts';
import { shuffled } from '../simulated/spread.ts';
import { FIRST_DAY_MS, illustrate } from './illustration.ts';

/** Fact `tslcd-districts-2020-07`: 96 %, which of 705 is 677. */
export const REPORTED_LINKS = { connected: 677, byDay: (startOfDayMs('2020-07-31') - FIRST_DAY_MS) / DAY_MS };

const INDICATOR = 'tslcd-link-state';
const PLANNED = 1, CONNECTED = 2;
const ORDER_SALT = saltOf('illustrative-links');

/** Districts in the order in which they connect; those behind the reported number never do. Every province is among the first. */
function orderOf(districts: readonly Locality[]): readonly Locality[] {
  const order = shuffled(ORDER_SALT, districts.map((_, i) => i), (i) => saltOf(districts[i]?.code ?? '')).flatMap((i) => districts[i] ?? []);
  const firstOfProvince = new Set(new Map(order.toReversed().map((district) => [district.parent, district])).values());
  return [...order.filter((district) => firstOfProvince.has(district)), ...order.filter((district) => !firstOfProvince.has(district))];
}

/**
 * [IL1] The rule "illustrative-links". `districts` of edition 2021; with fewer than reported, as many as there are connect. Pure.
 */
export function illustrateLinks(districts: readonly Locality[]): ReceivedCandidate[] {
  const connecting = orderOf(districts).slice(0, REPORTED_LINKS.connected);
  const say = (code: string, day: number, state: number) => illustrate('illustrative-links', code, INDICATOR, day, state);
  return [
    ...districts.map(({ code }) => say(code, 0, PLANNED)),
    ...connecting.map(({ code }, rank) => say(code, Math.ceil(((rank + 1) / connecting.length) * REPORTED_LINKS.byDay), CONNECTED)),
  ];
}
