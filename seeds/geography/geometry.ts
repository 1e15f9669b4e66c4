/** Plain-number geometry without dependencies, so that tests and the official-boundary join run without the build packages. */

export type LngLat = [lng: number, lat: number];
/** Closed: the first position is repeated at the end. */
export type Ring = LngLat[];
/** Outer ring, then holes. */
export type Polygon = Ring[];
export type MultiPolygon = Polygon[];
export type Bounds = [west: number, south: number, east: number, north: number];

const KM_PER_DEG_LAT = 111.32;

export function* segmentsOf(ring: readonly LngLat[]): Generator<[LngLat, LngLat]> {
  let previous: LngLat | undefined;
  for (const lngLat of ring) {
    if (previous !== undefined) yield [previous, lngLat];
    previous = lngLat;
  }
}

/** Positive for counter-clockwise rings. In square degrees: good for comparing and for tiling, not for km². */
export function signedAreaDeg2(ring: readonly LngLat[]): number {
  let doubled = 0;
  for (const [[x0, y0], [x1, y1]] of segmentsOf(ring)) doubled += x0 * y1 - x1 * y0;
  return doubled / 2;
}

export function areaDeg2(multiPolygon: MultiPolygon): number {
  let total = 0;
  for (const [outer, ...holes] of multiPolygon) {
    if (outer !== undefined) total += Math.abs(signedAreaDeg2(outer));
    for (const hole of holes) total -= Math.abs(signedAreaDeg2(hole));
  }
  return total;
}

function crossesToTheEast([[x0, y0], [x1, y1]]: [LngLat, LngLat], [x, y]: LngLat): boolean {
  return y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0;
}

export function isInsidePolygon(lngLat: LngLat, polygon: Polygon): boolean {
  let isInside = false;
  for (const ring of polygon) {
    for (const segment of segmentsOf(ring)) if (crossesToTheEast(segment, lngLat)) isInside = !isInside;
  }
  return isInside;
}

export function isInside(lngLat: LngLat, multiPolygon: MultiPolygon): boolean {
  return multiPolygon.some((polygon) => isInsidePolygon(lngLat, polygon));
}

export function boundsOf(multiPolygon: MultiPolygon): Bounds {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of multiPolygon.flat(2)) {
    bounds[0] = Math.min(bounds[0], lng);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lng);
    bounds[3] = Math.max(bounds[3], lat);
  }
  return bounds;
}

export function isWithinBounds([lng, lat]: LngLat, [west, south, east, north]: Bounds): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north;
}

export function rectangleOf([west, south, east, north]: Bounds): Polygon {
  return [[[west, south], [east, south], [east, north], [west, north], [west, south]]];
}

/** How much shorter a degree of longitude is than one of latitude. */
export function lngScaleAt(latDeg: number): number {
  return Math.cos((latDeg * Math.PI) / 180);
}

/** Flat-earth distance: its error stays under 0.1 % over the few hundred km a Vietnamese province can span. */
export function kmBetween([lngA, latA]: LngLat, [lngB, latB]: LngLat): number {
  return KM_PER_DEG_LAT * Math.hypot((lngA - lngB) * lngScaleAt((latA + latB) / 2), latA - latB);
}

/** `angle` in radians, counter-clockwise from east. */
export function offsetByKm([lng, lat]: LngLat, angle: number, distanceKm: number): LngLat {
  const distanceDeg = distanceKm / KM_PER_DEG_LAT;
  return [lng + (Math.cos(angle) * distanceDeg) / lngScaleAt(lat), lat + Math.sin(angle) * distanceDeg];
}

function nearestOnSegment([lng, lat]: LngLat, [[x0, y0], [x1, y1]]: [LngLat, LngLat]): LngLat {
  const scale = lngScaleAt(lat);
  const dx = (x1 - x0) * scale;
  const dy = y1 - y0;
  const lengthSquared = dx * dx + dy * dy;
  if (lengthSquared === 0) return [x0, y0];
  const along = ((lng - x0) * scale * dx + (lat - y0) * dy) / lengthSquared;
  const t = Math.min(1, Math.max(0, along));
  return [x0 + t * (x1 - x0), y0 + t * (y1 - y0)];
}

/** 0 inside. */
export function kmToPolygon(lngLat: LngLat, polygon: Polygon): number {
  if (isInsidePolygon(lngLat, polygon)) return 0;
  let nearestKm = Infinity;
  for (const ring of polygon) {
    for (const segment of segmentsOf(ring)) {
      nearestKm = Math.min(nearestKm, kmBetween(lngLat, nearestOnSegment(lngLat, segment)));
    }
  }
  return nearestKm;
}

/** 0 inside; Infinity when there is no polygon at all. */
export function kmToMultiPolygon(lngLat: LngLat, multiPolygon: MultiPolygon): number {
  return Math.min(Infinity, ...multiPolygon.map((polygon) => kmToPolygon(lngLat, polygon)));
}

export function largestPolygonOf(multiPolygon: MultiPolygon): Polygon {
  const [largest] = multiPolygon.toSorted((a, b) => areaDeg2([b]) - areaDeg2([a]));
  if (largest === undefined) throw new Error('Invariant: largestPolygonOf needs at least one polygon, got none.');
  return largest;
}
