import { Delaunay } from 'd3-delaunay';
import polygonClipping from 'polygon-clipping';
import type { Seat } from './districtSeats.ts';
import {
  boundsOf, isInsidePolygon, kmToPolygon, lngScaleAt, type LngLat, type MultiPolygon, type Polygon,
} from './geometry.ts';
import { snapShapesTogether } from './grid.ts';
import type { NamedUnit } from './officialNames.ts';

type SeatOfDistrict = [districtCode: string, lngLat: LngLat];
export interface CellPiece { district: string; polygon: Polygon }
interface SeatedPiece extends CellPiece { lngLat: LngLat }

/** Voronoi cells in a frame where a degree is equally long both ways, so that "nearest" is nearest on the ground. */
function voronoiCells(seats: readonly SeatOfDistrict[], part: Polygon): Polygon[] {
  const [west, south, east, north] = boundsOf([part]);
  const scale = lngScaleAt((south + north) / 2);
  const flat = seats.map(([, [lng, lat]]): LngLat => [lng * scale, lat]);
  const voronoi = Delaunay.from(flat).voronoi([(west - 1) * scale, south - 1, (east + 1) * scale, north + 1]);
  return seats.map(([code], i) => {
    const ring = voronoi.cellPolygon(i);
    if (ring === null) throw new Error(`Invariant: district ${code} has no Voronoi cell; is its seat given twice?`);
    return [ring.map(([x, y]): LngLat => [x / scale, y])];
  });
}

function nearestSeat(part: Polygon, seats: readonly SeatOfDistrict[]): SeatOfDistrict {
  const [nearest] = seats.toSorted((a, b) => kmToPolygon(a[1], part) - kmToPolygon(b[1], part));
  if (nearest === undefined) throw new Error('Invariant: a province has at least one district with land.');
  return nearest;
}

/**
 * Splits one land part of a province among its seats. A part with no seat goes whole to the nearest one, and a part
 * with one seat is not cut: cutting small islands by distance gives halves of an island to the mainland.
 */
function splitPart(part: Polygon, seats: readonly SeatOfDistrict[]): CellPiece[] {
  const inside = seats.filter(([, lngLat]) => isInsidePolygon(lngLat, part));
  const [only] = inside.length === 0 ? [nearestSeat(part, seats)] : inside;
  if (inside.length < 2 && only !== undefined) return [{ district: only[0], polygon: part }];
  const cells = voronoiCells(inside, part).map((cell) => polygonClipping.intersection(cell, part));
  return assignPieces(inside, cells);
}

/**
 * Where the province line bends in, a Voronoi cell comes out in several pieces. Those without the seat go to the nearest
 * seat whose piece they touch along a line, so that on the mainland a district is one area.
 */
function assignPieces(seats: readonly SeatOfDistrict[], cells: readonly MultiPolygon[]): CellPiece[] {
  const homes: SeatedPiece[] = [];
  const strays: Polygon[] = [];
  for (const [i, [district, lngLat]] of seats.entries()) {
    for (const polygon of cells[i] ?? []) {
      if (isInsidePolygon(lngLat, polygon)) homes.push({ district, lngLat, polygon });
      else strays.push(polygon);
    }
  }
  const joined = strays.map((polygon): CellPiece => {
    const nearestFirst = homes.toSorted((a, b) => kmToPolygon(a.lngLat, polygon) - kmToPolygon(b.lngLat, polygon));
    const target = nearestFirst.find((home) => shareLine(home.polygon, polygon)) ?? nearestFirst[0];
    if (target === undefined) throw new Error('Invariant: a part that is cut has seats in it.');
    return { district: target.district, polygon };
  });
  return [...homes.map(({ district, polygon }) => ({ district, polygon })), ...joined];
}

/** Tried on the grid: polygon-clipping cannot always join pieces whose common line differs in the last bit. */
function shareLine(a: Polygon, b: Polygon): boolean {
  const [onGridA, onGridB] = snapShapesTogether([[a], [b]]);
  return polygonClipping.union(onGridA ?? [], onGridB ?? []).length === 1;
}

function seatsInParts(seats: readonly SeatOfDistrict[], parts: readonly Polygon[]): SeatOfDistrict[] {
  return seats.map(([code, lngLat]) => {
    const isOnLand = parts.some((part) => isInsidePolygon(lngLat, part));
    return [code, isOnLand ? lngLat : pointInNearestPart(lngLat, parts)];
  });
}

/** Only Natural Earth needs this: it puts some seats into the neighbouring province, and they still need a cell. */
function pointInNearestPart(lngLat: LngLat, parts: readonly Polygon[]): LngLat {
  const [part] = parts.toSorted((a, b) => kmToPolygon(lngLat, a) - kmToPolygon(lngLat, b));
  const [centreLng, centreLat] = polygonCentre(part ?? []);
  for (let share = 0; share <= 1; share += 1 / 64) {
    const candidate: LngLat = [lngLat[0] + (centreLng - lngLat[0]) * share, lngLat[1] + (centreLat - lngLat[1]) * share];
    if (part !== undefined && isInsidePolygon(candidate, part)) return candidate;
  }
  throw new Error(`Invariant: no land between the seat ${lngLat.join()} and the middle of its province.`);
}

function polygonCentre(polygon: Polygon): LngLat {
  const [west, south, east, north] = boundsOf([polygon]);
  return [(west + east) / 2, (south + north) / 2];
}

/**
 * Schematic area of each district with land: the ground nearer to its seat than to any other of the province. In pieces,
 * not yet on the grid; the pieces of a district may touch.
 */
export function buildDistrictCells(
  districts: readonly NamedUnit[],
  seatsByDistrict: ReadonlyMap<string, Seat>,
  outlinesByProvince: ReadonlyMap<string, MultiPolygon>,
): CellPiece[] {
  return [...outlinesByProvince].flatMap(([provinceCode, parts]) => {
    const seats = districts.flatMap(({ code, parent }): SeatOfDistrict[] => {
      const seat = seatsByDistrict.get(code);
      return parent === provinceCode && seat?.hasLand ? [[code, seat.lngLat]] : [];
    });
    const seatsOnLand = seatsInParts(seats, parts);
    return parts.flatMap((part) => splitPart(part, seatsOnLand));
  });
}
