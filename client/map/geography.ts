import type { Feature, FeatureCollection, MultiLineString, MultiPolygon, Point, Polygon } from 'geojson';
import { feature, mesh } from 'topojson-client';
import { z } from 'zod';
import type { EditionId } from '../../shared/domain/ids.ts';

export type UnitShape = Polygon | MultiPolygon;
interface UnitProperties { readonly code: string; readonly parent?: string }
export type UnitCollection = FeatureCollection<UnitShape, UnitProperties>;

/** Everything the map draws that is not data: decoded once, shared by the WebGL map and the outline map. Degrees, WGS 84. */
export interface Geography {
  readonly edition: EditionId;
  readonly provinces: UnitCollection;
  /** Schematic cells; empty in an edition without districts. */
  readonly districts: UnitCollection;
  readonly neighbours: FeatureCollection<UnitShape>;
  readonly islets: FeatureCollection<Point>;
  /** Outer edge of the country: coast and land border. */
  readonly outline: Feature<MultiLineString>;
}

const GeometrySet = z.looseObject({ type: z.literal('GeometryCollection'), geometries: z.array(z.looseObject({ type: z.string() })) });
const TopologyFile = z.looseObject({
  type: z.literal('Topology'),
  objects: z.looseObject({ provinces: GeometrySet, neighbours: GeometrySet, islets: GeometrySet, districts: GeometrySet.optional() }),
});

type MeshObject = NonNullable<Parameters<typeof mesh>[1]>;
type Topology = Parameters<typeof mesh>[0] & { readonly objects: Readonly<Record<string, MeshObject>> };

function isTopology(value: unknown): value is Topology {
  return TopologyFile.safeParse(value).success;
}

/** The edition's TopoJSON → what the map draws. Throws when the file is not one of ours: the page and the map file are of different builds. */
export function decodeGeography(edition: EditionId, file: unknown): Geography {
  const topology = isTopology(file) ? file : undefined;
  const { provinces, neighbours, islets, districts } = topology?.objects ?? {};
  if (topology === undefined || provinces === undefined || neighbours === undefined || islets === undefined) {
    throw new Error(`The map file of edition ${edition} is not a topology with provinces, neighbours and islets; reload the page so that page and map are of one build.`);
  }
  const decode = (object: MeshObject) => featuresOf(feature(topology, object));
  return {
    edition,
    provinces: toUnits(decode(provinces)),
    districts: toUnits(districts === undefined ? [] : decode(districts)),
    neighbours: toShapes(decode(neighbours)),
    islets: toPoints(decode(islets)),
    outline: { type: 'Feature', properties: {}, geometry: edgeOf(topology, provinces) },
  };
}

function featuresOf(decoded: Feature | FeatureCollection): readonly Feature[] {
  return decoded.type === 'FeatureCollection' ? decoded.features : [decoded];
}

/** Arcs that belong to one province only. */
function edgeOf(topology: Topology, provinces: MeshObject): MultiLineString {
  return mesh(topology, provinces, (a, b) => a === b);
}

function isShape(geometry: { type: string }): geometry is UnitShape {
  return geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';
}

function toUnits(source: readonly Feature[]): UnitCollection {
  const features: Feature<UnitShape, UnitProperties>[] = [];
  for (const { geometry, properties } of source) {
    if (!isShape(geometry) || typeof properties?.code !== 'string') continue;
    const parent: unknown = properties.parent;
    features.push({ type: 'Feature', geometry, properties: { code: properties.code, ...(typeof parent === 'string' ? { parent } : {}) } });
  }
  return { type: 'FeatureCollection', features };
}

function toShapes(source: readonly Feature[]): FeatureCollection<UnitShape> {
  const features = source.flatMap(({ geometry }): Feature<UnitShape>[] => (isShape(geometry) ? [{ type: 'Feature', geometry, properties: {} }] : []));
  return { type: 'FeatureCollection', features };
}

function toPoints(source: readonly Feature[]): FeatureCollection<Point> {
  const features = source.flatMap(({ geometry, properties }): Feature<Point>[] => (
    geometry.type === 'Point' ? [{ type: 'Feature', geometry, properties: properties ?? {} }] : []));
  return { type: 'FeatureCollection', features };
}
