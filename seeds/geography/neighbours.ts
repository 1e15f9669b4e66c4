import polygonClipping from 'polygon-clipping';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, MultiPolygon as TopoMultiPolygon, Polygon as TopoPolygon, Topology } from 'topojson-specification';
import { CLEAR_NEIGHBOUR_BOX } from './archipelagos.ts';
import {
  areaDeg2, boundsOf, isWithinBounds, rectangleOf, type Bounds, type LngLat, type MultiPolygon, type Polygon,
} from './geometry.ts';
import { readPackageJson } from './packageFiles.ts';

const MAP_BOUNDS: Bounds = [95, 4, 122, 26];
const VIETNAM = '704';
// Natural Earth's border of Vietnam lies 1.2 km (median) off the provinces'. Neighbours are first widened by this much
// into Natural Earth's Vietnam and then cut along the provinces, so that no sea shows between the two.
const BORDER_REACH_DEG = 0.12;
// 25 km²: smaller islets of other countries only cost bytes, and slivers of the cut go with them.
const SMALLEST_PART_DEG2 = 0.002;

type Countries = Topology<{ countries: GeometryCollection<{ name: string }> }>;
type Country = TopoPolygon<{ name: string }> | TopoMultiPolygon<{ name: string }>;

function polygonsOf(topology: Countries, country: Country): MultiPolygon {
  // One overload for each kind: the compiler picks none for the union of both.
  if (country.type === 'Polygon') return [feature(topology, country).geometry.coordinates as Polygon];
  return feature(topology, country).geometry.coordinates as MultiPolygon;
}

function isNearMap(polygon: Polygon): boolean {
  const [west, south, east, north] = boundsOf([polygon]);
  return west < MAP_BOUNDS[2] && east > MAP_BOUNDS[0] && south < MAP_BOUNDS[3] && north > MAP_BOUNDS[1];
}

function isInClearBox(polygon: Polygon): boolean {
  return polygon.flat().every((lngLat) => isWithinBounds(lngLat, CLEAR_NEIGHBOUR_BOX));
}

function squareAround([lng, lat]: LngLat): Polygon {
  return rectangleOf([lng - BORDER_REACH_DEG, lat - BORDER_REACH_DEG, lng + BORDER_REACH_DEG, lat + BORDER_REACH_DEG]);
}

function pointsAlong(line: readonly LngLat[]): LngLat[] {
  return line.flatMap(([x1, y1], i) => {
    const [x0, y0] = line[i - 1] ?? [x1, y1];
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / BORDER_REACH_DEG));
    return Array.from({ length: steps }, (_, k): LngLat => [
      x0 + ((x1 - x0) * (k + 1)) / steps, y0 + ((y1 - y0) * (k + 1)) / steps,
    ]);
  });
}

/** The strip of Natural Earth's Vietnam along its border with one neighbour. */
function borderStrip(topology: Countries, neighbour: Country, vietnam: Country): MultiPolygon {
  const border = mesh(topology, { type: 'GeometryCollection', geometries: [neighbour, vietnam] }, (a, b) => a !== b);
  const squares = border.coordinates.flatMap((line) => pointsAlong(line as LngLat[]).map(squareAround));
  const [first, ...rest] = squares;
  if (first === undefined) return [];
  return polygonClipping.intersection(polygonClipping.union(first, ...rest), polygonsOf(topology, vietnam));
}

/** The widening leaves crumbs of Natural Earth's Vietnam along our own coast: those are nobody else's. */
function isOwnLand(part: Polygon, land: MultiPolygon): boolean {
  return areaDeg2([part]) >= SMALLEST_PART_DEG2 && polygonClipping.intersection([part], land).length > 0;
}

function assertClearBoxEmpty(code: string, polygons: MultiPolygon): void {
  if (polygonClipping.intersection(polygons, rectangleOf(CLEAR_NEIGHBOUR_BOX)).length > 0) {
    throw new Error(`Country ${code} reaches into lon/lat ${CLEAR_NEIGHBOUR_BOX.join(', ')}, which must show no neighbour. ` +
      'Check the world-atlas version: nothing there may be drawn as another country.');
  }
}

/** Land of other countries by ISO 3166 numeric code, ending exactly where the given provinces begin. */
export function buildNeighbours(outlinesByProvince: ReadonlyMap<string, MultiPolygon>): Map<string, MultiPolygon> {
  const topology = readPackageJson<Countries>('world-atlas/countries-50m.json');
  const countries = topology.objects.countries.geometries as Country[];
  const vietnam = countries.find(({ id }) => id === VIETNAM);
  if (vietnam === undefined) throw new Error(`world-atlas has no country with id ${VIETNAM}. Check its version.`);
  const provinces = [...outlinesByProvince.values()].flat();
  const neighbours = new Map<string, MultiPolygon>();
  for (const country of countries) {
    const land = polygonsOf(topology, country).filter((polygon) => isNearMap(polygon) && !isInClearBox(polygon));
    if (country === vietnam || land.length === 0) continue;
    const widened = polygonClipping.union(land, borderStrip(topology, country, vietnam));
    const inMap = polygonClipping.intersection(widened, rectangleOf(MAP_BOUNDS));
    const cut = polygonClipping.difference(inMap, provinces).filter((part) => isOwnLand(part, land));
    if (cut.length === 0) continue;
    assertClearBoxEmpty(String(country.id), cut);
    neighbours.set(String(country.id), cut);
  }
  return neighbours;
}
