import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { feature } from 'topojson-client';
import { describe, expect, test } from 'vitest';
import {
  areaDeg2, boundsOf, isInside, isInsidePolygon, isWithinBounds, kmBetween, kmToMultiPolygon, segmentsOf,
  type Bounds, type LngLat, type MultiPolygon,
} from '../../seeds/geography/geometry.ts';
import { normaliseName } from '../../seeds/geography/officialNames.ts';
import { LocalityList, type Locality } from '../../shared/domain/locality.ts';

type TopoGeometry = { type: string; id?: string; properties?: Record<string, string>; arcs?: number[][] | number[][][]; coordinates?: LngLat };
interface EditionTopology {
  type: 'Topology';
  transform: { scale: LngLat; translate: LngLat };
  arcs: LngLat[][];
  objects: Record<string, { type: 'GeometryCollection'; geometries: TopoGeometry[] }>;
}
interface Shape { code: string; properties: Record<string, string>; outline: MultiPolygon }
interface Islet { properties: Record<string, string>; lngLat: LngLat }
interface ArchipelagoFile {
  archipelagos: Array<{
    id: string; name: string; labelLngLat: LngLat; frame: Bounds; isletCount: number;
    unitsByEdition: Record<string, { province: string; code: string }>;
  }>;
  eastSea: { name: string; lngLat: LngLat };
  clearNeighbourBox: Bounds;
}
interface CrosswalkFile {
  provinces: Array<{ from: string; to: string }>;
  composition: Array<{ code: string; name: string; from: string[] }>;
}

const FOLDER = new URL('../../seeds/geography/', import.meta.url);
const readText = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');
const readJson = (name: string): unknown => JSON.parse(readText(name));

function readShapes(topology: EditionTopology, layer: string): Shape[] {
  const collection = feature(topology as never, topology.objects[layer] as never) as unknown as GeoJSON.FeatureCollection;
  return collection.features.map(({ id, properties, geometry }) => {
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') throw new Error(`${layer} ${id} is a ${geometry.type}`);
    const outline = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as MultiPolygon;
    return { code: String(id), properties: properties as Record<string, string>, outline };
  });
}

function readIslets(topology: EditionTopology): Islet[] {
  const collection = feature(topology as never, topology.objects.islets as never) as unknown as GeoJSON.FeatureCollection<GeoJSON.Point>;
  return collection.features.map(({ properties, geometry }) => ({
    properties: properties as Record<string, string>, lngLat: geometry.coordinates as LngLat,
  }));
}

function readEdition(edition: '2021' | '2025') {
  const topology = readJson(`edition-${edition}.topo.json`) as EditionTopology;
  const { localities, asOf } = LocalityList.parse(readJson(`localities-${edition}.json`));
  return {
    edition, topology, localities, asOf,
    provinces: readShapes(topology, 'provinces'),
    neighbours: readShapes(topology, 'neighbours'),
    islets: readIslets(topology),
  };
}

const of2021 = readEdition('2021');
const of2025 = readEdition('2025');
const editions = [of2021, of2025];
const cells = readShapes(of2021.topology, 'districts');
const cellsByCode = new Map(cells.map((cell) => [cell.code, cell.outline]));
const { archipelagos, eastSea, clearNeighbourBox } = readJson('archipelagos.json') as ArchipelagoFile;
const crosswalk = readJson('crosswalk-2021-2025.json') as CrosswalkFile;

const atLevel = (localities: readonly Locality[], level: Locality['level']) => localities.filter((l) => l.level === level);
const outlinesOf = (shapes: readonly Shape[]) => new Map(shapes.map(({ code, outline }) => [code, outline]));
const sortedCodes = (units: ReadonlyArray<{ code: string }>) => units.map(({ code }) => code as string).toSorted();

// Islands that no outline package draws: four are districts of one island group, the fifth is Kiên Hải.
const POINT_DISTRICTS = ['318', '471', '498', '576', '912'];
// Areas are sums of exact multiples of the grid; what is left is the last bit of a double.
const AREA_TOLERANCE_RATIO = 1e-9;

function expectSameArea(actualDeg2: number, expectedDeg2: number) {
  expect(Math.abs(actualDeg2 / expectedDeg2 - 1)).toBeLessThan(AREA_TOLERANCE_RATIO);
}

describe('units', () => {
  test('[G1] edition 2021 has 63 provinces and 705 districts', () => {
    expect(of2021.provinces).toHaveLength(63);
    expect(atLevel(of2021.localities, 'province')).toHaveLength(63);
    expect(atLevel(of2021.localities, 'district')).toHaveLength(705);
    expect(of2021.localities).toHaveLength(1 + 63 + 705);
  });

  test('[G1] edition 2025 has 34 provinces, 3,321 communes and no district', () => {
    expect(of2025.provinces).toHaveLength(34);
    expect(atLevel(of2025.localities, 'province')).toHaveLength(34);
    expect(atLevel(of2025.localities, 'commune')).toHaveLength(3321);
    expect(of2025.localities).toHaveLength(1 + 34 + 3321);
    expect(of2025.topology.objects).not.toHaveProperty('districts');
  });

  test.each(editions)('[G1] every province of $edition has one polygon under its own code', ({ provinces, localities }) => {
    expect(sortedCodes(provinces)).toEqual(sortedCodes(atLevel(localities, 'province')));
    for (const { code, properties } of provinces) expect(properties).toEqual({ code });
  });

  test('[G1] 700 districts have a cell and five island districts are points', () => {
    const drawnAs = Map.groupBy(atLevel(of2021.localities, 'district'), ({ geometry }) => geometry);
    expect(sortedCodes(cells)).toEqual(sortedCodes(drawnAs.get('cell') ?? []));
    expect(sortedCodes(drawnAs.get('point') ?? [])).toEqual(POINT_DISTRICTS);
    expect(cells).toHaveLength(700);
  });

  test.each(editions)('[G2] every code of $edition is a GSO code of its level and unique', ({ localities }) => {
    const shapeByLevel = { nation: /^VN$/, province: /^\d{2}$/, district: /^\d{3}$/, commune: /^\d{5}$/ };
    for (const { code, level } of localities) expect(code).toMatch(shapeByLevel[level]);
    expect(new Set(localities.map(({ code }) => code)).size).toBe(localities.length);
  });

  test.each(editions)('[G2] $edition lists VN, then each province by code followed by its children by code', ({ localities }) => {
    const byCode = (a: Locality, b: Locality) => (a.code < b.code ? -1 : 1);
    const [nation, ...others] = localities;
    const provinces = atLevel(others, 'province').toSorted(byCode);
    const expected = provinces.flatMap((province) => [province, ...others.filter(({ parent }) => parent === province.code).toSorted(byCode)]);
    expect(nation).toMatchObject({ code: 'VN', parent: null });
    expect(others.map(({ code }) => code)).toEqual(expected.map(({ code }) => code));
    for (const { parent } of provinces) expect(parent).toBe('VN');
  });

  test('[G2] Lâm Đồng has its 12 districts, Đà Lạt among them', () => {
    const lamDong = of2021.localities.filter(({ parent }) => parent === '68');
    expect(lamDong).toHaveLength(12);
    expect(lamDong).toContainEqual(expect.objectContaining({ code: '672', name: 'Đà Lạt', fullName: 'Thành phố Đà Lạt' }));
  });

  test.each(editions)('[G3] every name of $edition is NFC, in one spelling, and unambiguous within its parent', ({ localities }) => {
    for (const { name, fullName } of localities) {
      expect([name, fullName]).toEqual([normaliseName(name), normaliseName(fullName)]);
      expect(fullName.toLowerCase()).toContain(name.replace(/^(TP|TX) /, '').toLowerCase());
    }
    for (const siblings of Map.groupBy(localities, ({ parent }) => parent).values()) {
      expect(new Set(siblings.map(({ name }) => name)).size).toBe(siblings.length);
    }
  });

  test('[G3] a bare number keeps its kind, and a town beside a rural district of its name carries its own', () => {
    const namesByCode = new Map(of2021.localities.map(({ code, name }) => [code as string, name]));
    expect(['760', '866', '873', '449', '447'].map((code) => namesByCode.get(code)))
      .toEqual(['Quận 1', 'TP Cao Lãnh', 'Cao Lãnh', 'TX Kỳ Anh', 'Kỳ Anh']);
  });
});

describe('outlines', () => {
  const cellsByProvince = Map.groupBy(cells, ({ properties }) => properties.parent);

  test('[G4] the cells of a province add up to the province', () => {
    for (const { code, outline } of of2021.provinces) {
      const inside = cellsByProvince.get(code) ?? [];
      expectSameArea(inside.reduce((sum, cell) => sum + areaDeg2(cell.outline), 0), areaDeg2(outline));
    }
  });

  test('[G4] a border between two cells is one line: an arc bounds at most two districts, one on each side', () => {
    const uses = of2021.topology.objects.districts!.geometries.flatMap(({ arcs }) => (arcs as number[][]).flat(3) as number[]);
    const usesByArc = Map.groupBy(uses, (arc) => (arc < 0 ? ~arc : arc));
    for (const directions of usesByArc.values()) expect(new Set(directions).size).toBe(directions.length);
  });

  test('[G4] every spot of a province lies in exactly one of its cells', () => {
    const step = 0.0371;
    for (const { code, outline } of of2021.provinces) {
      const [west, south, east, north] = boundsOf(outline);
      const inside = cellsByProvince.get(code) ?? [];
      for (let lng = west + step / 3; lng < east; lng += step) {
        for (let lat = south + step / 3; lat < north; lat += step) {
          const hits = inside.filter((cell) => isInside([lng, lat], cell.outline)).length;
          if (hits !== (isInside([lng, lat], outline) ? 1 : 0)) throw new Error(`${lng}, ${lat} is in ${hits} cells of province ${code}`);
        }
      }
    }
  });

  test('[G4] every cell names its province and says that it is schematic', () => {
    const parents = new Map(of2021.localities.map(({ code, parent }) => [code as string, parent]));
    for (const { code, properties } of cells) expect(properties).toEqual({ code, parent: parents.get(code), boundary: 'schematic' });
  });

  test('[G5] every seat lies in its own cell', () => {
    for (const { code, lngLat, geometry } of atLevel(of2021.localities, 'district')) {
      if (geometry === 'cell') expect(`${code} ${isInside(lngLat, cellsByCode.get(code)!)}`).toBe(`${code} true`);
    }
  });

  test.each(editions)('[G5] every province of $edition has its label point and its bounds on itself', ({ localities, provinces }) => {
    const outlines = outlinesOf(provinces);
    for (const { code, lngLat, bounds } of atLevel(localities, 'province')) {
      const outline = outlines.get(code)!;
      expect(isInside(lngLat, outline)).toBe(true);
      expect(outline.flat(2).every((vertex) => isWithinBounds(vertex, bounds!))).toBe(true);
    }
  });

  test('[G5] every commune of 2025 lies in its province, but for five island zones no outline draws', () => {
    const outlines = outlinesOf(of2025.provinces);
    const offshore = atLevel(of2025.localities, 'commune').filter(({ lngLat, parent }) => !isInside(lngLat, outlines.get(parent!)!));
    expect(offshore.map(({ name }) => name).toSorted()).toEqual(['Bạch Long Vĩ', 'Cồn Cỏ', 'Hoàng Sa', 'Kiên Hải', 'Trường Sa'].toSorted());
    expect(new Set(offshore.map(({ kind }) => kind))).toEqual(new Set(['đặc khu']));
  });
});

describe('Hoàng Sa, Trường Sa and Biển Đông', () => {
  test.each(editions)('[G6] $edition has both archipelagos, each islet under the right province and inside its frame', ({ edition, islets }) => {
    expect(archipelagos.map(({ id, isletCount }) => [id, isletCount])).toEqual([['hoang-sa', 11], ['truong-sa', 12]]);
    for (const { id, frame, isletCount, unitsByEdition } of archipelagos) {
      const own = islets.filter(({ properties }) => properties.archipelago === id);
      const { province, code } = unitsByEdition[edition]!;
      expect(own).toHaveLength(isletCount);
      for (const { properties, lngLat } of own) {
        expect(properties).toMatchObject({ parent: province, unit: code });
        expect(isWithinBounds(lngLat, frame)).toBe(true);
      }
    }
  });

  test.each([
    { place: 'huyện Hoàng Sa', edition: of2021, code: '498', parent: '48', parentName: 'Thành phố Đà Nẵng' },
    { place: 'huyện Trường Sa', edition: of2021, code: '576', parent: '56', parentName: 'Tỉnh Khánh Hòa' },
    { place: 'đặc khu Hoàng Sa', edition: of2025, code: '20333', parent: '48', parentName: 'Thành phố Đà Nẵng' },
    { place: 'đặc khu Trường Sa', edition: of2025, code: '22736', parent: '56', parentName: 'Tỉnh Khánh Hòa' },
  ])('[G6] $place is a unit of $parentName', ({ place, edition, code, parent, parentName }) => {
    const unit = edition.localities.find((locality) => locality.code === code)!;
    const archipelago = archipelagos.find(({ unitsByEdition }) => unitsByEdition[edition.edition]!.code === code)!;
    expect(unit).toMatchObject({ parent, geometry: 'point' });
    expect(unit.fullName.toLowerCase()).toBe(place.toLowerCase());
    expect(edition.localities.find((locality) => locality.code === parent)!.fullName).toBe(parentName);
    expect(archipelago.unitsByEdition[edition.edition]!.province).toBe(parent);
    expect(isWithinBounds(unit.lngLat, archipelago.frame)).toBe(true);
  });

  test.each(editions)('[G6] in $edition the units stand on the islands they are named after', ({ localities, islets }) => {
    for (const name of ['Hoàng Sa', 'Trường Sa']) {
      const island = islets.find(({ properties }) => properties.name === `Đảo ${name}`)!;
      const unit = localities.find((locality) => locality.name === name && ['498', '576', '20333', '22736'].includes(locality.code))!;
      expect(kmBetween(unit.lngLat, island.lngLat), name).toBeLessThan(1);
    }
  });

  test('[G6] the labels read Quần đảo Hoàng Sa, Quần đảo Trường Sa and Biển Đông, at sea', () => {
    expect([...archipelagos.map(({ name }) => name), eastSea.name]).toEqual(['Quần đảo Hoàng Sa', 'Quần đảo Trường Sa', 'Biển Đông']);
    for (const { labelLngLat, frame } of archipelagos) expect(isWithinBounds(labelLngLat, frame)).toBe(true);
    expect(isWithinBounds(eastSea.lngLat, clearNeighbourBox)).toBe(true);
  });

  test.each(editions)('[G7] no polygon of another country reaches into lon 110.5-116.5, lat 7-17.5 in $edition', ({ neighbours }) => {
    expect(clearNeighbourBox).toEqual([110.5, 7, 116.5, 17.5]);
    const [west, south, east, north] = clearNeighbourBox;
    for (const { outline } of neighbours) {
      for (const ring of outline.flat()) {
        for (const segment of segmentsOf(ring)) expect(passesThrough(segment, clearNeighbourBox)).toBe(false);
      }
      // No line enters, so the box is all inside or all outside, and one corner tells which.
      expect(isInside([(west + east) / 2, (south + north) / 2], outline)).toBe(false);
    }
  });

  test.each(editions)('[G7] no neighbour covers a place of Vietnam in $edition, and neighbours meet the border without a gap', ({ neighbours, localities, topology }) => {
    for (const { lngLat } of localities) expect(neighbours.some(({ outline }) => isInside(lngLat, outline))).toBe(false);
    const arcsOf = (layer: string) => topology.objects[layer]!.geometries.flatMap(({ arcs }) => ((arcs ?? []) as number[][]).flat(3) as number[]);
    const neighbourArcs = new Set(arcsOf('neighbours').map((arc) => (arc < 0 ? ~arc : arc)));
    const shared = arcsOf('provinces').filter((arc) => neighbourArcs.has(arc < 0 ? ~arc : arc));
    expect(shared.length).toBeGreaterThan(20);
  });
});

/** Liang-Barsky: does any piece of the segment lie strictly inside the box? */
function passesThrough([[x0, y0], [x1, y1]]: [LngLat, LngLat], [west, south, east, north]: Bounds): boolean {
  let enter = 0;
  let leave = 1;
  for (const [delta, room] of [[x0 - x1, x0 - west], [x1 - x0, east - x0], [y0 - y1, y0 - south], [y1 - y0, north - y0]] as const) {
    if (delta === 0 && room <= 0) return false;
    if (delta < 0) enter = Math.max(enter, room / delta);
    if (delta > 0) leave = Math.min(leave, room / delta);
  }
  return enter < leave;
}

/** Resolution 202/2025/QH15, and the communes of each new province in the resolutions of 16/06/2025: code, name, communes, merged from. */
const PROVINCES_2025: ReadonlyArray<[code: string, name: string, communeCount: number, from: string[]]> = [
  ['08', 'Tuyên Quang', 124, ['Hà Giang', 'Tuyên Quang']],
  ['15', 'Lào Cai', 99, ['Lào Cai', 'Yên Bái']],
  ['19', 'Thái Nguyên', 92, ['Bắc Kạn', 'Thái Nguyên']],
  ['25', 'Phú Thọ', 148, ['Hòa Bình', 'Phú Thọ', 'Vĩnh Phúc']],
  ['24', 'Bắc Ninh', 99, ['Bắc Giang', 'Bắc Ninh']],
  ['33', 'Hưng Yên', 104, ['Hưng Yên', 'Thái Bình']],
  ['31', 'Hải Phòng', 114, ['Hải Dương', 'Hải Phòng']],
  ['37', 'Ninh Bình', 129, ['Hà Nam', 'Nam Định', 'Ninh Bình']],
  ['44', 'Quảng Trị', 78, ['Quảng Bình', 'Quảng Trị']],
  ['48', 'Đà Nẵng', 94, ['Đà Nẵng', 'Quảng Nam']],
  ['51', 'Quảng Ngãi', 96, ['Quảng Ngãi', 'Kon Tum']],
  ['52', 'Gia Lai', 135, ['Bình Định', 'Gia Lai']],
  ['56', 'Khánh Hòa', 65, ['Khánh Hòa', 'Ninh Thuận']],
  ['68', 'Lâm Đồng', 124, ['Bình Thuận', 'Đắk Nông', 'Lâm Đồng']],
  ['66', 'Đắk Lắk', 102, ['Phú Yên', 'Đắk Lắk']],
  ['79', 'Hồ Chí Minh', 168, ['Bình Dương', 'Bà Rịa - Vũng Tàu', 'Hồ Chí Minh']],
  ['75', 'Đồng Nai', 95, ['Bình Phước', 'Đồng Nai']],
  ['80', 'Tây Ninh', 96, ['Tây Ninh', 'Long An']],
  ['92', 'Cần Thơ', 103, ['Cần Thơ', 'Hậu Giang', 'Sóc Trăng']],
  ['86', 'Vĩnh Long', 124, ['Bến Tre', 'Trà Vinh', 'Vĩnh Long']],
  ['82', 'Đồng Tháp', 102, ['Tiền Giang', 'Đồng Tháp']],
  ['96', 'Cà Mau', 64, ['Bạc Liêu', 'Cà Mau']],
  ['91', 'An Giang', 102, ['An Giang', 'Kiên Giang']],
  ['04', 'Cao Bằng', 56, ['Cao Bằng']],
  ['11', 'Điện Biên', 45, ['Điện Biên']],
  ['42', 'Hà Tĩnh', 69, ['Hà Tĩnh']],
  ['12', 'Lai Châu', 38, ['Lai Châu']],
  ['20', 'Lạng Sơn', 65, ['Lạng Sơn']],
  ['40', 'Nghệ An', 130, ['Nghệ An']],
  ['22', 'Quảng Ninh', 54, ['Quảng Ninh']],
  ['38', 'Thanh Hóa', 166, ['Thanh Hóa']],
  ['14', 'Sơn La', 75, ['Sơn La']],
  ['01', 'Hà Nội', 126, ['Hà Nội']],
  ['46', 'Huế', 40, ['Thừa Thiên Huế']],
];

describe('from 63 to 34', () => {
  test.each(PROVINCES_2025)('[G8] %s %s has %i communes and comes from %j', (code, name, communeCount, from) => {
    const namesByCode = new Map(of2021.localities.map((locality) => [locality.code as string, locality.name]));
    const composition = crosswalk.composition.find((entry) => entry.code === code)!;
    expect([composition.name, composition.from.map((member) => namesByCode.get(member))]).toEqual([name, from]);
    expect(of2025.localities.find((locality) => locality.code === code)!.name).toBe(name);
    expect(of2025.localities.filter(({ parent }) => parent === code)).toHaveLength(communeCount);
  });

  test('[G1] the communes of 2025 are 2,621 xã, 687 phường and 13 đặc khu', () => {
    const kinds = Map.groupBy(atLevel(of2025.localities, 'commune'), ({ kind }) => kind as string);
    expect(Object.fromEntries([...kinds].map(([kind, units]) => [kind, units.length]))).toEqual({ xã: 2621, phường: 687, 'đặc khu': 13 });
  });

  test('[G8] each province of 2021 goes to exactly one of 2025, and none of 2025 comes from nowhere', () => {
    expect(crosswalk.provinces.map(({ from }) => from)).toEqual(sortedCodes(atLevel(of2021.localities, 'province')));
    expect([...new Set(crosswalk.provinces.map(({ to }) => to))].toSorted()).toEqual(sortedCodes(atLevel(of2025.localities, 'province')));
    expect(crosswalk.composition.flatMap(({ code, from }) => from.map((member) => ({ from: member, to: code }))).toSorted((a, b) => (a.from < b.from ? -1 : 1)))
      .toEqual(crosswalk.provinces);
  });

  test('[G8] 11 provinces are unchanged and 52 became 23', () => {
    expect(crosswalk.composition.filter(({ from }) => from.length === 1)).toHaveLength(11);
    expect(crosswalk.composition.filter(({ from }) => from.length > 1).flatMap(({ from }) => from)).toHaveLength(52);
    expect(PROVINCES_2025).toHaveLength(34);
  });

  test('[G8] a province of 2025 covers exactly what its provinces of 2021 covered', () => {
    const outlines2021 = outlinesOf(of2021.provinces);
    const outlines2025 = outlinesOf(of2025.provinces);
    for (const { code, from } of crosswalk.composition) {
      expectSameArea(areaDeg2(outlines2025.get(code)!), from.reduce((sum, member) => sum + areaDeg2(outlines2021.get(member)!), 0));
    }
    for (const { from, to } of crosswalk.provinces) {
      const { lngLat } = of2021.localities.find(({ code }) => code === from)!;
      expect(isInside(lngLat, outlines2025.get(to)!)).toBe(true);
    }
  });
});

describe('files', () => {
  test.each([
    { file: 'edition-2021.topo.json', maxKb: 85 },
    { file: 'edition-2025.topo.json', maxKb: 60 },
  ])('[G9] $file stays under $maxKb KB gzip, for it is part of the first load', ({ file, maxKb }) => {
    expect(gzipSync(readText(file), { level: 9 }).length).toBeLessThan(maxKb * 1000);
  });

  test.each(editions)('[G9] every vertex of $edition lies on the 1/4096 degree grid', ({ topology }) => {
    expect(topology.transform.scale).toEqual([1 / 4096, 1 / 4096]);
    for (const position of topology.arcs.flat()) expect(position.every(Number.isInteger)).toBe(true);
  });

  test('[G9] Phú Quốc, Côn Đảo, Lý Sơn and Cô Tô are drawn, each whole in its own district', () => {
    for (const code of ['911', '755', '536', '207']) {
      const { lngLat } = of2021.localities.find((locality) => locality.code === code)!;
      const island = cellsByCode.get(code)!.find((polygon) => isInsidePolygon(lngLat, polygon));
      expect(island).toBeDefined();
      expect(kmToMultiPolygon(lngLat, cells.filter((cell) => cell.code !== code).flatMap(({ outline }) => outline))).toBeGreaterThan(1);
    }
  });
});
