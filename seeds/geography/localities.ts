import polylabel from 'polylabel';
import { ARCHIPELAGOS, type Edition } from './archipelagos.ts';
import { boundsOf, largestPolygonOf, lngScaleAt, type Bounds, type LngLat, type MultiPolygon } from './geometry.ts';
import { displayNamesByCode, type NamedUnit, type UnitKind } from './officialNames.ts';

/** `cell`: schematic outline; `polygon`: true outline; `point`: a position only; `none`: nothing to draw. */
export type LocalityGeometry = 'cell' | 'polygon' | 'point' | 'none';

export interface Locality {
  /** GSO code, or `VN`. */
  code: string;
  /** For labels: unambiguous within its parent. */
  name: string;
  fullName: string;
  level: 'nation' | 'province' | 'district' | 'commune';
  kind: UnitKind;
  parent: string | null;
  /** Of a nation or province: a point for its label, inside its largest part. Of a district: its seat. */
  lngLat: LngLat;
  geometry: LocalityGeometry;
  /** Provinces and the nation. A province's bounds leave its archipelago out; the nation's have both frames in. */
  bounds?: Bounds;
}

export interface ChildPlacement { lngLat: LngLat; geometry: LocalityGeometry }

export interface EditionLocalities { edition: Edition; asOf: string; localities: Locality[] }

function roundTo4([lng, lat]: LngLat): LngLat {
  return [Math.round(lng * 1e4) / 1e4, Math.round(lat * 1e4) / 1e4];
}

function roundOutward([west, south, east, north]: Bounds): Bounds {
  return [Math.floor(west * 1e4) / 1e4, Math.floor(south * 1e4) / 1e4, Math.ceil(east * 1e4) / 1e4, Math.ceil(north * 1e4) / 1e4];
}

/** The middle of the widest place of the largest part: a centroid falls outside bent provinces. */
function labelPointOf(outline: MultiPolygon): LngLat {
  const largest = largestPolygonOf(outline);
  const scale = lngScaleAt(boundsOf([largest])[1]);
  const [x, y] = polylabel(largest.map((ring) => ring.map(([lng, lat]) => [lng * scale, lat])), 0.001);
  return [(x ?? 0) / scale, y ?? 0];
}

function describeNation(outlines: readonly MultiPolygon[]): Locality {
  const frames = ARCHIPELAGOS.map(({ frame: [west, south, east, north] }): MultiPolygon => [[[[west, south], [east, north]]]]);
  return {
    code: 'VN', name: 'Việt Nam', fullName: 'Cộng hòa xã hội chủ nghĩa Việt Nam', level: 'nation', kind: 'quốc gia',
    parent: null, lngLat: [108.0, 14.6], geometry: 'none', bounds: roundOutward(boundsOf([...outlines, ...frames].flat())),
  };
}

function describeProvince(province: NamedUnit, outline: MultiPolygon, name: string): Locality {
  return {
    code: province.code, name, fullName: province.fullName, level: 'province', kind: province.kind, parent: 'VN',
    lngLat: roundTo4(labelPointOf(outline)), geometry: 'polygon', bounds: roundOutward(boundsOf(outline)),
  };
}

function describeChild(child: NamedUnit, level: Locality['level'], placement: ChildPlacement, name: string): Locality {
  return {
    code: child.code, name, fullName: child.fullName, level, kind: child.kind, parent: child.parent,
    lngLat: roundTo4(placement.lngLat), geometry: placement.geometry,
  };
}

/** The order is part of the wire contract: `VN`, then each province by code followed by its children by code. */
export function listLocalities(
  provinces: readonly NamedUnit[], children: readonly NamedUnit[], level: 'district' | 'commune',
  outlinesByProvince: ReadonlyMap<string, MultiPolygon>, placementsByChild: ReadonlyMap<string, ChildPlacement>,
): Locality[] {
  const childrenByParent = Map.groupBy(children, ({ parent }) => parent);
  const provinceNames = displayNamesByCode(provinces);
  const below = provinces.flatMap((province) => {
    const members = childrenByParent.get(province.code) ?? [];
    const names = displayNamesByCode(members);
    const outline = outlinesByProvince.get(province.code) ?? [];
    return [
      describeProvince(province, outline, provinceNames.get(province.code) ?? province.bareName),
      ...members.map((child) => {
        const placement = placementsByChild.get(child.code);
        if (placement === undefined) throw new Error(`Invariant: ${child.fullName} (${child.code}) has no position.`);
        return describeChild(child, level, placement, names.get(child.code) ?? child.bareName);
      }),
    ];
  });
  return [describeNation([...outlinesByProvince.values()]), ...below];
}
