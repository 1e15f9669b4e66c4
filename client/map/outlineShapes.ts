import type { UnitCollection, UnitShape } from './geography.ts';
import { toMercator } from './mercator.ts';

export interface OutlineShape {
  readonly code: string;
  /** SVG path data in the outline map's own units. */
  readonly path: string;
}

/** Units of the outline map: ten thousandths of the world's width, so that coordinates are short and near 1. */
const UNITS = 10_000;

export function toOutline(lngLat: readonly [number, number]): readonly [number, number] {
  const [x, y] = toMercator(lngLat);
  return [x * UNITS, y * UNITS];
}

function ringPath(ring: readonly (readonly number[])[]): string {
  const points = ring.map(([lng = 0, lat = 0]) => {
    const [x, y] = toOutline([lng, lat]);
    return `${x.toFixed(2)} ${y.toFixed(2)}`;
  });
  return `M${points.join('L')}Z`;
}

function shapePath(geometry: UnitShape): string {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) => rings.map(ringPath).join('')).join('');
}

/** Province outlines as SVG paths: for the locator inset and for displays without WebGL. */
export function outlineShapes(provinces: UnitCollection): OutlineShape[] {
  return provinces.features.map(({ geometry, properties }) => ({ code: properties.code, path: shapePath(geometry) }));
}
