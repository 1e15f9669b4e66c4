import type { UnitShape } from '../../map/geography.ts';

type Ring = readonly (readonly number[])[];

/** Twice the signed area, and the centre of area of one ring, in degrees: good enough to place a name. */
function ringCentre(ring: Ring): { readonly area: number; readonly centre: readonly [number, number] } {
  let [area, x, y] = [0, 0, 0];
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [x0 = 0, y0 = 0] = ring[i] ?? [];
    const [x1 = 0, y1 = 0] = ring[i + 1] ?? [];
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  const [firstX = 0, firstY = 0] = ring[0] ?? [];
  return area === 0 ? { area, centre: [firstX, firstY] } : { area, centre: [x / (3 * area), y / (3 * area)] };
}

/** Where the name of a district stands: the middle of its largest part. Its seat may lie at its edge. Degrees. Pure. */
export function cellCentre(shape: UnitShape): readonly [number, number] {
  const outer = (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates).map(([ring = []]) => ringCentre(ring));
  return outer.reduce((largest, part) => (Math.abs(part.area) > Math.abs(largest.area) ? part : largest), outer[0] ?? { area: 0, centre: [0, 0] as const }).centre;
}
