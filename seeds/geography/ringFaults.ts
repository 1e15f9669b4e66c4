import { isWithinBounds, segmentsOf, signedAreaDeg2, type Bounds, type LngLat } from './geometry.ts';

const VIETNAM_BOUNDS: Bounds = [102, 6, 118, 24];

type Segment = [LngLat, LngLat];

function side([a, b]: Segment, [x, y]: LngLat): number {
  return Math.sign((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]));
}

/** Touching is allowed: official rings often meet themselves in a point. */
function cross(s: Segment, t: Segment): boolean {
  return side(s, t[0]) * side(s, t[1]) < 0 && side(t, s[0]) * side(t, s[1]) < 0;
}

function maxLng([a, b]: Segment): number {
  return Math.max(a[0], b[0]);
}

function minLng([a, b]: Segment): number {
  return Math.min(a[0], b[0]);
}

function findSelfCrossing(ring: readonly LngLat[]): LngLat | null {
  const westToEast = [...segmentsOf(ring)].toSorted((s, t) => minLng(s) - minLng(t));
  for (const [i, segment] of westToEast.entries()) {
    for (let j = i + 1; j < westToEast.length; j++) {
      const other = westToEast[j];
      if (other === undefined || minLng(other) > maxLng(segment)) break;
      if (cross(segment, other)) return segment[0];
    }
  }
  return null;
}

/** Why a ring cannot be a boundary, or null. */
export function findRingFault(ring: readonly LngLat[]): string | null {
  const first = ring[0];
  const last = ring.at(-1);
  if (first === undefined || last === undefined || ring.length < 4) return `has a ring of ${ring.length} positions; expected at least 4`;
  if (first[0] !== last[0] || first[1] !== last[1]) return 'has a ring that is not closed';
  const stray = ring.find((lngLat) => !isWithinBounds(lngLat, VIETNAM_BOUNDS));
  if (stray !== undefined) {
    return `has a position ${stray[0]}, ${stray[1]} outside lon/lat ${VIETNAM_BOUNDS.join(', ')}; it must be WGS 84 degrees, longitude first`;
  }
  if (signedAreaDeg2(ring) === 0) return 'has a ring without area';
  const crossing = findSelfCrossing(ring);
  return crossing === null ? null : `has a ring that crosses itself near ${crossing[0]}, ${crossing[1]}`;
}
