import type { DrawingSizes, PageSize } from './drawingSizes.ts';
import type { MapWord } from './MapWords.tsx';
import { mapNames } from './mapNames.ts';
import { type Camera, type PaddingPx, projectorFor, unprojectorFor } from './mercator.ts';
import { archipelagoObstacles } from './obstacles.ts';
import { type MapLabel, type PlacementOptions, placeLabels, type Rect } from './placeLabels.ts';

/** Something of the overlay that no label may cover. */
export interface Mark { readonly lngLat: readonly [number, number]; readonly radiusPx: number }

export interface Drawing {
  readonly labels: readonly MapLabel[];
  readonly marks: readonly Mark[];
  /** What stands over the map besides its margins, CSS px. */
  readonly covered: readonly Rect[];
  readonly camera: Camera;
  readonly size: PageSize;
  readonly sizes: DrawingSizes;
  readonly padding: PaddingPx;
  readonly scalePx: number;
  readonly eastSeaName: string;
  readonly measure: PlacementOptions['measure'];
}

/** The words of a map as seen from a camera: its names, and the labels that find room. Pure. */
export function drawLabels({ labels, marks, covered, camera, size, sizes, padding, scalePx, eastSeaName, measure }: Drawing): MapWord[] {
  const project = projectorFor(camera, size.widthPx, size.heightPx);
  const unproject = unprojectorFor(camera, size.widthPx, size.heightPx);
  const area: Rect = {
    x: padding.left, y: Math.max(0, padding.top - scalePx),
    width: size.widthPx - padding.left - padding.right, height: size.heightPx - padding.top - padding.bottom + scalePx * 1.5,
  };
  const markRects = marks.map(({ lngLat, radiusPx }): Rect => {
    const [x, y] = project(lngLat);
    return { x: x - radiusPx, y: y - radiusPx, width: radiusPx * 2, height: radiusPx * 2 };
  });
  const obstacles = [...archipelagoObstacles(project, measure, sizes, eastSeaName), ...markRects, ...covered];
  const placed = placeLabels(labels, { project, measure, area, obstacles }).map(({ label, centerPx: [x, y], justify }): MapWord => (
    { id: label.id, lngLat: unproject(x, y), text: label.lines.join('\n'), tone: label.tone, sizePx: label.sizePx, justify }));
  return [...mapNames(sizes, eastSeaName), ...placed];
}
