import { InputError } from './inputError.ts';
import { findRingFault } from './ringFaults.ts';
import { boundsOf, isInside, isWithinBounds, kmToMultiPolygon, largestPolygonOf, type Bounds, type LngLat, type MultiPolygon } from './geometry.ts';

/** Tried in this order when no `--code-property` is given. */
export const CODE_PROPERTIES = ['code', 'GSO', 'gso', 'gso_code', 'ma_huyen', 'MA_HUYEN', 'maHuyen', 'MaHuyen', 'district_code'];

const SAMPLES_PER_SIDE = 16;
const MIN_INSIDE_PCT = 50;
// Seats placed by hand are good to 3 km, and a rural district may be run from the town beside it.
const SEAT_TOLERANCE_KM = 5;

export interface ExpectedDistrict {
  code: string;
  fullName: string;
  parent: string;
  /** Where an island district that no province outline draws must lie; null for all others. */
  islandBounds: Bounds | null;
  /** Where it is known to be run from; null when that says nothing of its outline. */
  seat: LngLat | null;
}

export interface JoinReport {
  codeProperty: string;
  featureCount: number;
  expectedCount: number;
  /** District codes whose official outline is used. */
  joined: string[];
  /** Features whose code is no district of the edition. `code` as found, null when the property is absent. */
  unknown: Array<{ featureIndex: number; code: string | null }>;
  /** None of the features of a duplicated code is used: either could be the wrong one. */
  duplicated: Array<{ code: string; featureIndexes: number[] }>;
  invalid: Array<{ featureIndex: number; code: string; reason: string }>;
  outside: Array<{ featureIndex: number; code: string; reason: string }>;
  /** Joined all the same, because seats are less sure than codes; two districts of one province may be exchanged. */
  farFromSeat: Array<{ featureIndex: number; code: string; km: number }>;
  /** District codes that keep their schematic cell (or point), for whatever reason. */
  missing: string[];
}

interface FeatureLike { properties: Record<string, unknown>; geometry: unknown }
interface CodedFeature { featureIndex: number; code: string; geometry: unknown }

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readFeatures(geojson: unknown): FeatureLike[] {
  if (!isRecord(geojson) || geojson.type !== 'FeatureCollection' || !Array.isArray(geojson.features)) {
    const got = isRecord(geojson) ? `type "${String(geojson.type)}"` : typeof geojson;
    throw new InputError(`Official districts must be a GeoJSON FeatureCollection, got ${got}. Export it as GeoJSON, WGS 84.`);
  }
  return geojson.features.map((candidate: unknown) => {
    const feature = isRecord(candidate) ? candidate : {};
    return { properties: isRecord(feature.properties) ? feature.properties : {}, geometry: feature.geometry };
  });
}

function chooseCodeProperty(features: readonly FeatureLike[], requested: string | undefined): string {
  const candidates = requested === undefined ? CODE_PROPERTIES : [requested];
  const found = candidates.find((property) => features.some(({ properties }) => property in properties));
  if (found !== undefined) return found;
  const seen = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))];
  throw new InputError(`No feature has a property ${candidates.join(', ')}; found ${seen.join(', ') || 'none'}. ` +
    'Name the one that holds the GSO district code with --code-property=<name>.');
}

/** "1", 1 and "001" are the same district; null when it cannot be a district code. */
export function parseDistrictCode(raw: unknown): string | null {
  if (typeof raw !== 'string' && typeof raw !== 'number') return null;
  const text = String(raw).trim();
  return /^\d{1,3}$/.test(text) ? text.padStart(3, '0') : null;
}

function isLngLat(value: unknown): value is LngLat {
  return Array.isArray(value) && value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]);
}

/** The outline, or the reason why it is none. Heights are dropped. */
function decodeOutline(geometry: unknown): MultiPolygon | string {
  if (!isRecord(geometry)) return 'has no geometry';
  const { type, coordinates } = geometry;
  if (type !== 'Polygon' && type !== 'MultiPolygon') return `is a ${String(type)}; expected Polygon or MultiPolygon`;
  const polygons: unknown = type === 'Polygon' ? [coordinates] : coordinates;
  if (!Array.isArray(polygons) || polygons.length === 0) return 'has no coordinates';
  const outline: MultiPolygon = [];
  for (const rings of polygons) {
    if (!Array.isArray(rings) || rings.length === 0) return 'has a polygon without rings';
    for (const ring of rings) {
      if (!Array.isArray(ring) || !ring.every(isLngLat)) return 'has a position that is not [lng, lat]';
      const fault = findRingFault(ring);
      if (fault !== null) return fault;
    }
    outline.push(rings.map((ring: LngLat[]) => ring.map(([lng, lat]): LngLat => [lng, lat])));
  }
  return outline;
}

/** By evenly spread points, not by vertices: half of a border's vertices lie outside a border drawn elsewhere. */
function insidePct(outline: MultiPolygon, province: MultiPolygon): number {
  const largest = [largestPolygonOf(outline)];
  const [west, south, east, north] = boundsOf(largest);
  const samples = Array.from({ length: SAMPLES_PER_SIDE ** 2 }, (_, i): LngLat => [
    west + ((east - west) * ((i % SAMPLES_PER_SIDE) + 0.5)) / SAMPLES_PER_SIDE,
    south + ((north - south) * (Math.floor(i / SAMPLES_PER_SIDE) + 0.5)) / SAMPLES_PER_SIDE,
  ]).filter((lngLat) => isInside(lngLat, largest));
  return (100 * samples.filter((lngLat) => isInside(lngLat, province)).length) / Math.max(1, samples.length);
}

function findPlaceFault(outline: MultiPolygon, district: ExpectedDistrict, province: MultiPolygon): string | null {
  if (district.islandBounds !== null) {
    const bounds = district.islandBounds;
    const isThere = outline.flat(2).every((lngLat) => isWithinBounds(lngLat, bounds));
    return isThere ? null : `reaches outside its islands' box ${bounds.join(', ')}`;
  }
  const pct = insidePct(outline, province);
  return pct >= MIN_INSIDE_PCT ? null : `only ${pct.toFixed(0)} % of it lies in its province ${district.parent}`;
}

interface CodedFeatures { known: Map<string, CodedFeature[]>; unknown: JoinReport['unknown'] }

function groupByCode(features: readonly FeatureLike[], codeProperty: string, codes: ReadonlySet<string>): CodedFeatures {
  const unknown: JoinReport['unknown'] = [];
  const known: CodedFeature[] = [];
  for (const [featureIndex, { properties, geometry }] of features.entries()) {
    const raw = properties[codeProperty];
    const code = parseDistrictCode(raw);
    if (code !== null && codes.has(code)) known.push({ featureIndex, code, geometry });
    else unknown.push({ featureIndex, code: raw === undefined || raw === null ? null : String(raw) });
  }
  return { known: Map.groupBy(known, ({ code }) => code), unknown };
}

/**
 * Joins official outlines to the edition's districts by GSO code. Pure: nothing is used that the report does not name,
 * and every district that is not `joined` is `missing`.
 */
export function joinOfficialDistricts(
  geojson: unknown,
  districts: readonly ExpectedDistrict[],
  outlinesByProvince: ReadonlyMap<string, MultiPolygon>,
  requestedCodeProperty?: string,
): { outlinesByDistrict: Map<string, MultiPolygon>; report: JoinReport } {
  const features = readFeatures(geojson);
  if (features.length === 0) throw new InputError('The file of official districts has no features. Export it again with one feature per district.');
  const codeProperty = chooseCodeProperty(features, requestedCodeProperty);
  const { known, unknown } = groupByCode(features, codeProperty, new Set(districts.map(({ code }) => code)));
  const outlinesByDistrict = new Map<string, MultiPolygon>();
  const duplicated: JoinReport['duplicated'] = [];
  const invalid: JoinReport['invalid'] = [];
  const outside: JoinReport['outside'] = [];
  const farFromSeat: JoinReport['farFromSeat'] = [];
  for (const district of districts) {
    const { code, parent } = district;
    const [first, ...others] = known.get(code) ?? [];
    if (first === undefined) continue;
    const { featureIndex } = first;
    if (others.length > 0) {
      duplicated.push({ code, featureIndexes: [first, ...others].map((feature) => feature.featureIndex) });
      continue;
    }
    const outline = decodeOutline(first.geometry);
    if (typeof outline === 'string') {
      invalid.push({ featureIndex, code, reason: outline });
      continue;
    }
    const fault = findPlaceFault(outline, district, outlinesByProvince.get(parent) ?? []);
    if (fault !== null) {
      outside.push({ featureIndex, code, reason: fault });
      continue;
    }
    outlinesByDistrict.set(code, outline);
    const km = district.seat === null ? 0 : kmToMultiPolygon(district.seat, outline);
    if (km > SEAT_TOLERANCE_KM) farFromSeat.push({ featureIndex, code, km });
  }
  const joined = [...outlinesByDistrict.keys()];
  const missing = districts.map(({ code }) => code).filter((code) => !outlinesByDistrict.has(code));
  const counts = { featureCount: features.length, expectedCount: districts.length };
  return { outlinesByDistrict, report: { codeProperty, ...counts, joined, unknown, duplicated, invalid, outside, farFromSeat, missing } };
}
