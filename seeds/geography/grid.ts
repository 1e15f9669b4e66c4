import { segmentsOf, signedAreaDeg2, type LngLat, type MultiPolygon, type Polygon, type Ring } from './geometry.ts';

/**
 * Every committed vertex lies on this grid (27 m). A power of two: its multiples are exact in binary, so equal
 * vertices stay equal through every step, and the 1/1024 degree grid of the province source is part of it.
 */
export const GRID_STEPS_PER_DEG = 4096;

const STEP_DEG = 1 / GRID_STEPS_PER_DEG;
const BUCKET_DEG = 0.05;
// A line through the very corner of a pixel counts as touching it, whichever way the line runs.
const PIXEL_REACH_DEG = (0.5 + 1e-6) * STEP_DEG;

export function snapToGrid([lng, lat]: LngLat): LngLat {
  return [Math.round(lng * GRID_STEPS_PER_DEG) * STEP_DEG, Math.round(lat * GRID_STEPS_PER_DEG) * STEP_DEG];
}

function isSame(a: LngLat | undefined, b: LngLat | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
}

/** Drops repeated vertices and there-and-back spikes; null when nothing with an area is left. */
function tidyRing(ring: readonly LngLat[]): Ring | null {
  const kept: Ring = [];
  for (const lngLat of ring.slice(0, -1)) {
    if (isSame(kept.at(-1), lngLat)) continue;
    if (isSame(kept.at(-2), lngLat)) kept.pop();
    else kept.push(lngLat);
  }
  while (kept.length > 2) {
    if (isSame(kept.at(0), kept.at(-1))) kept.pop();
    else if (isSame(kept.at(1), kept.at(-1))) kept.splice(0, 1);
    else if (isSame(kept.at(0), kept.at(-2))) kept.splice(-1, 1);
    else break;
  }
  const [first] = kept;
  return kept.length < 3 || first === undefined ? null : [...kept, first];
}

function bucketKey(lng: number, lat: number): string {
  return `${Math.floor(lng / BUCKET_DEG)}/${Math.floor(lat / BUCKET_DEG)}`;
}

type PixelsByBucket = ReadonlyMap<string, LngLat[]>;

/** The grid points that some vertex is rounded to. */
function collectPixels(shapes: readonly MultiPolygon[]): PixelsByBucket {
  const pixels = new Map(shapes.flat(3).map(snapToGrid).map((lngLat) => [lngLat.join(), lngLat]));
  return Map.groupBy(pixels.values(), ([lng, lat]) => bucketKey(lng, lat));
}

function* bucketsAround([[x0, y0], [x1, y1]]: [LngLat, LngLat]): Generator<string> {
  const west = Math.floor((Math.min(x0, x1) - STEP_DEG) / BUCKET_DEG);
  const east = Math.floor((Math.max(x0, x1) + STEP_DEG) / BUCKET_DEG);
  const south = Math.floor((Math.min(y0, y1) - STEP_DEG) / BUCKET_DEG);
  const north = Math.floor((Math.max(y0, y1) + STEP_DEG) / BUCKET_DEG);
  for (let x = west; x <= east; x++) for (let y = south; y <= north; y++) yield `${x}/${y}`;
}

/** The share of the segment at which it is inside `reach` of `centre` on one axis, as [enter, leave]. */
function spanOnAxis(from: number, to: number, centre: number): [enter: number, leave: number] {
  if (from === to) return Math.abs(from - centre) <= PIXEL_REACH_DEG ? [-Infinity, Infinity] : [Infinity, -Infinity];
  const a = (centre - PIXEL_REACH_DEG - from) / (to - from);
  const b = (centre + PIXEL_REACH_DEG - from) / (to - from);
  return [Math.min(a, b), Math.max(a, b)];
}

function touchesPixel([[x0, y0], [x1, y1]]: [LngLat, LngLat], [lng, lat]: LngLat): boolean {
  const [enterX, leaveX] = spanOnAxis(x0, x1, lng);
  const [enterY, leaveY] = spanOnAxis(y0, y1, lat);
  return Math.max(0, enterX, enterY) <= Math.min(1, leaveX, leaveY);
}

/** The rounded line: every pixel the true segment touches, in order along it. */
function roundSegment(segment: [LngLat, LngLat], pixelsByBucket: PixelsByBucket): LngLat[] {
  const [[x0, y0], [x1, y1]] = segment;
  const along = ([lng, lat]: LngLat) => (lng - x0) * (x1 - x0) + (lat - y0) * (y1 - y0);
  const touched = [...bucketsAround(segment)].flatMap((bucket) =>
    (pixelsByBucket.get(bucket) ?? []).filter((pixel) => touchesPixel(segment, pixel)),
  );
  return touched.toSorted((a, b) => along(a) - along(b));
}

function roundRing(ring: Ring, pixelsByBucket: PixelsByBucket): Ring | null {
  const rounded = [...segmentsOf(ring)].flatMap((segment) => roundSegment(segment, pixelsByBucket));
  const [first] = rounded;
  return first === undefined ? null : tidyRing([...rounded, first]);
}

/** Sources wind their rings either way; two areas are known to overlap by running the same way along a line. */
function windRing(ring: Ring, sign: 1 | -1): Ring {
  return Math.sign(signedAreaDeg2(ring)) === -sign ? ring.toReversed() : ring;
}

function roundPolygon(polygon: Polygon, pixelsByBucket: PixelsByBucket): Polygon {
  const [outer, ...holes] = polygon.map((ring) => roundRing(ring, pixelsByBucket));
  return outer ? [windRing(outer, 1), ...holes.filter((hole) => hole !== null).map((hole) => windRing(hole, -1))] : [];
}

/**
 * Puts shapes on the grid so that a line they shared stays shared, vertex by vertex (snap rounding). Where a corner of
 * one shape lies on a line of another, such as a cell border meeting the province line, that line gets the corner as a
 * vertex; otherwise the two drift apart by a grid step and the sea shines through. All shapes that meet must come in
 * one call and not yet rounded: rounding twice can bend a shared line in two ways.
 */
export function snapShapesTogether(shapes: readonly MultiPolygon[]): MultiPolygon[] {
  const pixelsByBucket = collectPixels(shapes);
  return shapes.map((shape) => shape.map((polygon) => roundPolygon(polygon, pixelsByBucket)).filter(({ length }) => length > 0));
}
