import { ARCHIPELAGOS, EAST_SEA_LNG_LAT } from './archipelagos.ts';
import type { DrawingSizes } from './drawingSizes.ts';
import { EAST_SEA_TRACKING_EM } from './mapNames.ts';
import type { PlacementOptions, Rect } from './placeLabels.ts';

/** Where no label may go: both archipelagos with their frames and names, and the name of the sea. */
export function archipelagoObstacles(project: PlacementOptions['project'], measure: PlacementOptions['measure'], { archipelagoPx, archipelagoPoints, eastSeaPx }: DrawingSizes, eastSeaName: string): Rect[] {
  const rects = ARCHIPELAGOS.flatMap(({ id, name, labelLngLat, frame: [west, south, east, north] }): Rect[] => {
    const [x0, y0] = project([west, north]);
    const [x1, y1] = project([east, south]);
    const [middle] = project(archipelagoPoints[id] ?? labelLngLat);
    const width = measure(name, archipelagoPx, 'plain');
    return [{ x: x0, y: y0, width: x1 - x0, height: y1 - y0 }, { x: middle - width / 2, y: y0 - archipelagoPx * 1.5, width, height: archipelagoPx * 1.5 }];
  });
  const [x, y] = project(EAST_SEA_LNG_LAT);
  const width = measure(eastSeaName, eastSeaPx, 'plain') + eastSeaName.length * EAST_SEA_TRACKING_EM * eastSeaPx;
  return [...rects, { x: x - width / 2, y: y - eastSeaPx * 0.8, width, height: eastSeaPx * 1.6 }];
}
