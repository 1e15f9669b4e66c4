import { describe, expect, test } from 'vitest';
import { describeAttribution } from '../../seeds/geography/attribution.ts';
import { areaDeg2, rectangleOf, type Bounds, type LngLat, type MultiPolygon } from '../../seeds/geography/geometry.ts';
import { snapShapesTogether, snapToGrid } from '../../seeds/geography/grid.ts';
import { formatJoinReport } from '../../seeds/geography/joinReport.ts';
import { joinOfficialDistricts, parseDistrictCode, type ExpectedDistrict } from '../../seeds/geography/officialDistricts.ts';

// Two provinces side by side, three districts with land and one of islands only.
const PROVINCES = new Map<string, MultiPolygon>([['48', [rectangleOf([108, 16, 109, 17])]], ['68', [rectangleOf([107, 11, 109, 12])]]]);
const DISTRICTS: ExpectedDistrict[] = [
  { code: '002', fullName: 'Quận Hai', parent: '48', islandBounds: null, seat: null },
  { code: '498', fullName: 'Huyện Hoàng Sa', parent: '48', islandBounds: [110.75, 15.4, 113.1, 17.35], seat: null },
  { code: '672', fullName: 'Thành phố Đà Lạt', parent: '68', islandBounds: null, seat: [108.45, 11.94] },
  { code: '673', fullName: 'Thị xã Bảo Lộc', parent: '68', islandBounds: null, seat: [107.8, 11.55] },
];

function aFeature(code: unknown, bounds: Bounds, property = 'code') {
  return { type: 'Feature', properties: { [property]: code }, geometry: { type: 'Polygon', coordinates: rectangleOf(bounds) as unknown } };
}
const aCollection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
const join = (geojson: unknown, codeProperty?: string) => joinOfficialDistricts(geojson, DISTRICTS, PROVINCES, codeProperty);
const provinceOf = (code: string) => DISTRICTS.find((district) => district.code === code)!.parent;

const daLat = aFeature('672', [108, 11.5, 108.5, 12]);
const baoLoc = aFeature('673', [107.6, 11.4, 107.9, 11.7]);

describe('joining official district boundaries', () => {
  test('[G10] a district joins by its GSO code, and every other one is named as missing', () => {
    const { outlinesByDistrict, report } = join(aCollection(daLat));
    expect([...outlinesByDistrict]).toEqual([['672', [rectangleOf([108, 11.5, 108.5, 12])]]]);
    expect(report).toEqual({
      codeProperty: 'code', featureCount: 1, expectedCount: 4, joined: ['672'],
      unknown: [], duplicated: [], invalid: [], outside: [], farFromSeat: [], missing: ['002', '498', '673'],
    });
  });

  test.each([
    { raw: 2, code: '002' }, { raw: '2', code: '002' }, { raw: ' 02', code: '002' }, { raw: '002', code: '002' },
    { raw: '0002', code: null }, { raw: 2.5, code: null }, { raw: '', code: null }, { raw: null, code: null }, { raw: 'VN-2', code: null },
  ])('[G10] the code $raw is read as $code', ({ raw, code }) => {
    expect(parseDistrictCode(raw)).toBe(code);
  });

  test.each(['code', 'GSO', 'ma_huyen', 'MaHuyen'])('[G10] the code is found under the property %s', (property) => {
    expect(join(aCollection(aFeature(672, [108, 11.5, 108.5, 12], property))).report).toMatchObject({ codeProperty: property, joined: ['672'] });
  });

  test('[G10] any other property is found when it is named, and asked for when it is not', () => {
    const collection = aCollection(aFeature('672', [108, 11.5, 108.5, 12], 'DIST_ID'));
    expect(join(collection, 'DIST_ID').report.joined).toEqual(['672']);
    expect(() => join(collection)).toThrow(/found DIST_ID.*--code-property/);
  });

  test('[G10] a file that is no FeatureCollection is refused with what it is', () => {
    expect(() => join({ type: 'Topology' })).toThrow(/FeatureCollection, got type "Topology"/);
    expect(() => join(aCollection())).toThrow(/has no features/);
  });

  test('[G11] a code that is no district, or no code, is reported with its feature', () => {
    const { report } = join(aCollection(daLat, aFeature('999', [108, 11, 108.5, 11.5]), { type: 'Feature', properties: null, geometry: null }));
    expect(report.unknown).toEqual([{ featureIndex: 1, code: '999' }, { featureIndex: 2, code: null }]);
    expect(report.joined).toEqual(['672']);
  });

  test('[G11] a code given twice is used from neither feature', () => {
    const { report, outlinesByDistrict } = join(aCollection(daLat, baoLoc, daLat));
    expect(report).toMatchObject({ duplicated: [{ code: '672', featureIndexes: [0, 2] }], joined: ['673'], missing: ['002', '498', '672'] });
    expect(outlinesByDistrict.has('672')).toBe(false);
  });

  test.each([
    { fault: 'a point', coordinates: [108, 11.5], type: 'Point', reason: 'is a Point; expected Polygon or MultiPolygon' },
    { fault: 'an open ring', coordinates: [[[108, 11.5], [108.5, 11.5], [108.5, 12], [108, 12]]], reason: 'not closed' },
    { fault: 'too short a ring', coordinates: [[[108, 11.5], [108.5, 11.5], [108, 11.5]]], reason: 'expected at least 4' },
    { fault: 'latitude first', coordinates: [[[11.5, 108], [12, 108], [12, 108.5], [11.5, 108]]], reason: 'longitude first' },
    { fault: 'metres of VN-2000', coordinates: [[[571000, 1271000], [572000, 1271000], [572000, 1272000], [571000, 1271000]]], reason: 'WGS 84' },
    { fault: 'a bow tie', coordinates: [[[108, 11.5], [108.5, 12], [108.5, 11.5], [108, 11.8], [108, 11.5]]], reason: 'crosses itself' },
    { fault: 'a line there and back', coordinates: [[[108, 11.5], [108.5, 12], [108, 11.5], [108, 11.5]]], reason: 'without area' },
    { fault: 'a word for a number', coordinates: [[['x', 11.5], [108.5, 12], [108, 12], ['x', 11.5]]], reason: 'not [lng, lat]' },
    { fault: 'nothing', coordinates: [], reason: 'no coordinates', type: 'MultiPolygon' },
  ])('[G11] $fault is no boundary, and the report says so', ({ coordinates, reason, type = 'Polygon' }) => {
    const { report } = join(aCollection({ type: 'Feature', properties: { code: '672' }, geometry: { type, coordinates } }));
    expect(report.joined).toEqual([]);
    expect(report.invalid).toEqual([{ featureIndex: 0, code: '672', reason: expect.stringContaining(reason) }]);
    expect(report.missing).toContain('672');
  });

  test('[G11] an outline lying in another province is not used', () => {
    const { report } = join(aCollection(aFeature('672', [108, 16, 108.5, 16.5])));
    expect(report).toMatchObject({ joined: [], outside: [{ code: '672', reason: 'only 0 % of it lies in its province 68' }] });
  });

  test('[G11] an outline drawn a little over the province line is used', () => {
    expect(join(aCollection(aFeature('672', [108.5, 11.5, 109.1, 12.1]))).report.joined).toEqual(['672']);
  });

  test('[G11] an outline far from the seat of its district is used, and named, for its code may be of another', () => {
    const { report } = join(aCollection(aFeature('673', [108, 11.5, 108.5, 12]), aFeature('672', [107.6, 11.4, 107.9, 11.7])));
    expect(report).toMatchObject({ joined: ['672', '673'], farFromSeat: [{ featureIndex: 1, code: '672' }, { featureIndex: 0, code: '673' }] });
    expect(formatJoinReport(report, provinceOf)).toMatch(/far from its seat; is the code right\?: 2\n {4}- 672 \(feature 1\): \d+ km/);
  });

  test('[G11] an island district joins where its islands are, and nowhere else', () => {
    expect(join(aCollection(aFeature('498', [111.5, 16.4, 111.7, 16.6]))).report.joined).toEqual(['498']);
    expect(join(aCollection(aFeature('498', [108.2, 16.2, 108.4, 16.4]))).report.outside).toHaveLength(1);
  });

  test('[G11] the printed report counts what joined and names the rest', () => {
    const { report } = join(aCollection(daLat, aFeature('999', [108, 11, 108.5, 11.5]), aFeature('498', [108.2, 16.2, 108.4, 16.4])));
    const text = formatJoinReport(report, provinceOf);
    expect(text).toContain('joined 1/4 by property "code", 3 features read');
    expect(text).toContain('feature 1: "999"');
    expect(text).toContain("498 (feature 2): reaches outside its islands' box");
    expect(text).toContain('keeps its schematic cell or point: 3: 002, 498, 673');
    expect(text).toContain('68: 1 official, schematic 673');
  });
});

describe('what the map must say about itself', () => {
  test('[G12] OpenStreetMap, GeoNames and Natural Earth are credited with their licences', () => {
    expect(describeAttribution('openstreetmap', 0, 700).creditLine)
      .toMatch(/© OpenStreetMap contributors \(ODbL\), GeoNames \(CC BY 4\.0\), .*Natural Earth/);
    expect(describeAttribution('natural-earth', 0, 697).creditLine).not.toContain('OpenStreetMap');
  });

  test.each([
    { officialCount: 0, schematicCount: 700, kind: 'schematic', vi: 'Ranh giới huyện: sơ đồ' },
    { officialCount: 12, schematicCount: 688, kind: 'mixed', vi: 'Ranh giới huyện: sơ đồ 688/700, còn lại chính thức' },
  ])('[G12] with $officialCount official and $schematicCount schematic districts the caption says sơ đồ', ({ officialCount, schematicCount, kind, vi }) => {
    const attribution = describeAttribution('openstreetmap', officialCount, schematicCount);
    expect(attribution.districtCaption?.vi).toBe(vi);
    expect(attribution.districtBoundaries.kind).toBe(kind);
  });

  test('[G12] the caption goes only when every drawn boundary is official', () => {
    expect(describeAttribution('openstreetmap', 700, 0)).toMatchObject({ districtCaption: null, districtNote: null });
  });
});

describe('putting shapes on the grid', () => {
  test('[G4] a corner that meets a line of another shape becomes a vertex of that line, so the areas still add up', () => {
    // Off the grid, so that rounding moves it off the line from (108, 11) to (108.7, 12.3).
    const corner: LngLat = [108 + 0.7 / 3, 11 + 1.3 / 3];
    const shapes: MultiPolygon[] = [
      [[[[108, 11], [107, 11.7], corner, [108, 11]]]],
      [[[corner, [107, 11.7], [108.7, 12.3], corner]]],
      [[[[108, 11], [108.7, 12.3], [109, 11], [108, 11]]]],
    ];
    const snapped = snapShapesTogether(shapes);
    const rounded = snapToGrid(corner).join();
    for (const shape of snapped) expect(shape.flat(2).map((vertex) => vertex.join())).toContain(rounded);
    const whole = snapShapesTogether([[[[[108, 11], [107, 11.7], [108.7, 12.3], [109, 11], [108, 11]]]]]);
    expect(snapped.reduce((sum, shape) => sum + areaDeg2(shape), 0)).toBeCloseTo(areaDeg2(whole[0]!), 12);
  });
});
