import { ARCHIPELAGOS, EAST_SEA_LNG_LAT } from './archipelagos.ts';
import type { DrawingSizes } from './drawingSizes.ts';
import type { MapWord } from './MapWords.tsx';

export const EAST_SEA_TRACKING_EM = 0.42;

/** [MP1] The names of both archipelagos and of the sea: on every map, whatever else it says. */
export function mapNames({ archipelagoPx, archipelagoPoints, eastSeaPx }: DrawingSizes, eastSeaName: string): MapWord[] {
  const names = ARCHIPELAGOS.map(({ id, name, labelLngLat }): MapWord => (
    { id, lngLat: archipelagoPoints[id] ?? labelLngLat, text: name, tone: 'archipelago', sizePx: archipelagoPx, justify: 'center' }));
  return [...names, { id: 'east-sea', lngLat: EAST_SEA_LNG_LAT, text: eastSeaName, tone: 'sea', sizePx: eastSeaPx, justify: 'center' }];
}
