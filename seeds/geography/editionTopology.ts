import type { Feature, FeatureCollection, MultiPolygon as GeoJsonMultiPolygon, Point } from 'geojson';
import { feature, mergeArcs, quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { filter, filterAttachedWeight, presimplify, simplify } from 'topojson-simplify';
import type { GeometryObject, MultiPolygon as TopoMultiPolygon, Topology } from 'topojson-specification';
import { ARCHIPELAGOS, type Edition } from './archipelagos.ts';
import type { MultiPolygon } from './geometry.ts';
import { GRID_STEPS_PER_DEG, snapToGrid } from './grid.ts';

type Properties = Record<string, string>;
// The type packages of server and client disagree on whether properties may be null.
type PlainTopology = Topology<Record<string, GeometryObject<Properties>>>;

// West and south of everything drawn, so that the first vertex of an arc is a small positive number.
const TRANSFORM = { scale: [1 / GRID_STEPS_PER_DEG, 1 / GRID_STEPS_PER_DEG] as [number, number], translate: [95, 4] as [number, number] };
// 100 m x 100 m: the resolution of the province outlines. Official boundaries can be a hundred times finer.
const OFFICIAL_DETAIL_DEG2 = 8e-7;

export interface OutlinedUnit { code: string; properties: Properties; outline: MultiPolygon }

function toFeature({ code, properties, outline }: OutlinedUnit): Feature<GeoJsonMultiPolygon, Properties> {
  return { type: 'Feature', id: code, properties: { code, ...properties }, geometry: { type: 'MultiPolygon', coordinates: outline } };
}

function toCollection(units: readonly OutlinedUnit[]): FeatureCollection<GeoJsonMultiPolygon, Properties> {
  return { type: 'FeatureCollection', features: units.map(toFeature) };
}

function describeIslets(edition: Edition): FeatureCollection<Point, Properties> {
  const features = ARCHIPELAGOS.flatMap(({ id, islets, unitsByEdition }) =>
    islets.map(({ name, lngLat }): Feature<Point, Properties> => ({
      type: 'Feature',
      properties: { name, archipelago: id, parent: unitsByEdition[edition].province, unit: unitsByEdition[edition].code },
      geometry: { type: 'Point', coordinates: snapToGrid(lngLat) },
    })),
  );
  return { type: 'FeatureCollection', features };
}

/** Two shapes on the same side of a line overlap, whatever their areas add up to. */
function assertNoOverlap(geometries: readonly TopoMultiPolygon[]): void {
  const ownersByArc = new Map<number, string>();
  for (const { id, arcs } of geometries) {
    for (const arc of arcs.flat(2)) {
      const owner = ownersByArc.get(arc);
      if (owner !== undefined) throw new Error(`Areas ${owner} and ${id} overlap along a line. Check snapShapesTogether in grid.ts.`);
      ownersByArc.set(arc, String(id));
    }
  }
}

/** Joins areas of a group by their shared arcs, so that a province is exactly the sum of its cells. */
export function dissolve(areas: Iterable<[code: string, area: MultiPolygon]>, groupOf: (code: string) => string): Map<string, MultiPolygon> {
  const cells = topology({ cells: toCollection([...areas].map(([code, outline]) => ({ code, properties: {}, outline }))) });
  const collection = cells.objects.cells;
  if (collection?.type !== 'GeometryCollection') throw new Error('Invariant: cells are a collection.');
  const geometries = collection.geometries as TopoMultiPolygon[];
  assertNoOverlap(geometries);
  const groups = [...Map.groupBy(geometries, ({ id }) => groupOf(String(id)))].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(groups.map(([group, members]) => {
    const { geometry } = feature(cells, mergeArcs(cells, members) as TopoMultiPolygon);
    return [group, geometry.coordinates as MultiPolygon];
  }));
}

export interface EditionLayers {
  provinces: readonly OutlinedUnit[];
  /** Absent in an edition without districts. */
  districts?: readonly OutlinedUnit[];
  neighbours: readonly OutlinedUnit[];
  hasOfficialDetail: boolean;
}

/** Shapes must already be on the grid: then quantising moves nothing and shared lines stay shared. */
export function buildEditionTopology(edition: Edition, layers: EditionLayers): Topology {
  const exact = topology({
    provinces: toCollection(layers.provinces),
    ...(layers.districts && { districts: toCollection(layers.districts) }),
    neighbours: toCollection(layers.neighbours),
    islets: describeIslets(edition),
  });
  // Its types know a number of steps only; a transform is documented and used as it is.
  return quantize((layers.hasOfficialDetail ? reduceDetail(exact) : exact) as PlainTopology, TRANSFORM as unknown as number);
}

function reduceDetail(exact: Topology): Topology {
  const simplified = simplify(presimplify(exact as PlainTopology), OFFICIAL_DETAIL_DEG2);
  // Drops loose islets of less than a hectare.
  return filter(simplified, filterAttachedWeight(simplified, OFFICIAL_DETAIL_DEG2));
}
