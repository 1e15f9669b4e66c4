import type { Bounds } from './archipelagos.ts';

/** Web Mercator, x and y from 0 to 1 over the world, y downwards. */
export function toMercator([lng, lat]: readonly [number, number]): readonly [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lng / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

export interface PaddingPx { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

export interface Camera {
  readonly center: readonly [number, number];
  readonly zoom: number;
}

/** Width of the world at zoom 0 in CSS px, as maplibre counts it. */
const WORLD_PX = 512;

function latitudeOf(mercatorY: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * mercatorY))) * 180) / Math.PI;
}

/**
 * The camera that shows `bounds` as large as the padded rectangle allows, centred in it. Worked out here rather than by the map,
 * so that labels can be placed for a camera the map has not reached yet.
 */
export function cameraFor([west, south, east, north]: Bounds, widthPx: number, heightPx: number, padding: PaddingPx): Camera {
  const [x0, y1] = toMercator([west, south]);
  const [x1, y0] = toMercator([east, north]);
  const innerWidth = Math.max(1, widthPx - padding.left - padding.right);
  const innerHeight = Math.max(1, heightPx - padding.top - padding.bottom);
  const scale = Math.min(innerWidth / (x1 - x0), innerHeight / (y1 - y0));
  const offsetX = (padding.left - padding.right) / 2 / scale;
  const offsetY = (padding.top - padding.bottom) / 2 / scale;
  const [x, y] = [(x0 + x1) / 2 - offsetX, (y0 + y1) / 2 - offsetY];
  return { center: [(x - 0.5) * 360, latitudeOf(y)], zoom: Math.log2(scale / WORLD_PX) };
}

/** Pixel position of a place on a page of the given size under a camera. */
export function projectorFor({ center, zoom }: Camera, widthPx: number, heightPx: number): (lngLat: readonly [number, number]) => readonly [number, number] {
  const scale = WORLD_PX * 2 ** zoom;
  const [cx, cy] = toMercator(center);
  return (lngLat) => {
    const [x, y] = toMercator(lngLat);
    return [(x - cx) * scale + widthPx / 2, (y - cy) * scale + heightPx / 2];
  };
}

/** The inverse of `projectorFor`. */
export function unprojectorFor({ center, zoom }: Camera, widthPx: number, heightPx: number): (xPx: number, yPx: number) => readonly [number, number] {
  const scale = WORLD_PX * 2 ** zoom;
  const [cx, cy] = toMercator(center);
  return (xPx, yPx) => {
    const x = (xPx - widthPx / 2) / scale + cx;
    const y = (yPx - heightPx / 2) / scale + cy;
    return [(x - 0.5) * 360, latitudeOf(y)];
  };
}

/** CSS px of one degree of longitude. */
export function pixelsPerDegree({ zoom }: Camera): number {
  return (WORLD_PX * 2 ** zoom) / 360;
}
