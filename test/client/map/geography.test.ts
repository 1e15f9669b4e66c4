import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ARCHIPELAGOS, NATION_BOUNDS } from '../../../client/map/archipelagos.ts';
import { drawLabels } from '../../../client/map/drawLabels.ts';
import { decodeGeography } from '../../../client/map/geography.ts';
import { HATCHES } from '../../../client/map/hatchPatterns.ts';
import { cameraFor, pixelsPerDegree, projectorFor, unprojectorFor } from '../../../client/map/mercator.ts';
import { outlineShapes } from '../../../client/map/outlineShapes.ts';
import type { MapLabel } from '../../../client/map/placeLabels.ts';
import { buildStyle, focusFilters } from '../../../client/map/style.ts';
import { THEMES } from '../../../client/theme/tokens.ts';

const fileOf = (edition: '2021' | '2025'): unknown => JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../seeds/geography/edition-${edition}.topo.json`), 'utf8'));
const geography = decodeGeography('2021', fileOf('2021'));
const style = buildStyle(geography, { colors: THEMES.dark, lineScale: 1 });
const NO_PADDING = { left: 0, top: 0, right: 0, bottom: 0 };
const layerIds = style.layers.map(({ id }) => id);

describe('[MP1] both archipelagos and the East Sea are in every view', () => {
  test.each(['2021', '2025'] as const)('the map file of %s carries the islets of both', (edition) => {
    const { islets } = decodeGeography(edition, fileOf(edition));
    const inside = ([west, south, east, north]: readonly number[]) => islets.features
      .filter(({ geometry: { coordinates: [lng, lat] } }) => lng! >= west! && lng! <= east! && lat! >= south! && lat! <= north!).length;
    expect(ARCHIPELAGOS.map(({ name, frame }) => [name, inside(frame)])).toEqual([['Quần đảo Hoàng Sa', 11], ['Quần đảo Trường Sa', 12]]);
  });

  test('frames and islets are drawn, and all three names are said, with labels or without any', () => {
    for (const id of ['frames', 'islets']) expect(layerIds).toContain(id);
    const sizes = { lineScale: 1, archipelagoPx: 50, archipelagoPoints: {}, eastSeaPx: 55, haloPx: 5 };
    const drawing = { marks: [], covered: [], camera: { center: [108, 16] as const, zoom: 5 }, size: { widthPx: 1_000, heightPx: 1_600 }, sizes, padding: NO_PADDING, scalePx: 20, eastSeaName: 'BIỂN ĐÔNG', measure: (text: string, sizePx: number) => text.length * sizePx * 0.6 };
    const crowd = Array.from({ length: 60 }, (_, i): MapLabel => ({ id: `crowd-${i}`, lngLat: [112, 7 + i / 4], lines: ['Quần đảo'], priority: 0, tone: 'strong', sizePx: 20, symbolRadiusPx: 4 }));
    for (const labels of [[], crowd]) {
      const words = drawLabels({ ...drawing, labels });
      expect(words.slice(0, 3).map(({ text }) => text)).toEqual(['Quần đảo Hoàng Sa', 'Quần đảo Trường Sa', 'BIỂN ĐÔNG']);
      expect(words.length > 3).toBe(labels.length > 0);
    }
  });

  test('the view of the whole country holds both frames', () => {
    const [west, south, east, north] = NATION_BOUNDS;
    for (const { frame } of ARCHIPELAGOS) expect(frame[0] >= west && frame[1] >= south && frame[2] <= east && frame[3] <= north).toBe(true);
  });

  test('no neighbour is drawn in the waters around them', () => {
    for (const { geometry } of geography.neighbours.features) {
      const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
      const offending = rings.filter((ring) => ring.every(([lng, lat]) => lng! > 110.5 && lng! < 116.5 && lat! > 7 && lat! < 17.5));
      expect(offending).toEqual([]);
    }
  });
});

describe('[MP3] the geography is what the edition says', () => {
  test('63 provinces with 700 schematic cells, or 34 provinces without any', () => {
    const later = decodeGeography('2025', fileOf('2025'));
    expect([geography.provinces.features.length, geography.districts.features.length]).toEqual([63, 700]);
    expect([later.provinces.features.length, later.districts.features.length]).toEqual([34, 0]);
  });

  test('a file that is not ours is refused by name, not drawn as an empty sea', () => {
    expect(() => decodeGeography('2021', { type: 'FeatureCollection', features: [] })).toThrow(/map file of edition 2021/);
  });

  test('every province has an outline for displays without WebGL', () => {
    const shapes = outlineShapes(geography.provinces);
    expect(shapes.map(({ code }) => code).sort()).toEqual(geography.provinces.features.map(({ properties }) => properties.code).sort());
    for (const { path } of shapes) expect(path).toMatch(/^M[\d.]+ [\d.]+L.*Z$/);
  });

  test('a hatch is left out until an area carries it, and then drawn by area', () => {
    const hatches = style.layers.filter(({ id }) => id.includes('-hatch-'));
    expect(hatches.length).toBe(2 * HATCHES.length);
    for (const { layout, paint } of hatches) {
      expect(layout).toMatchObject({ visibility: 'none' });
      expect(JSON.stringify(paint)).toContain('feature-state');
    }
  });

  test('a focus shows the cells of that province and no others', () => {
    const filters = focusFilters('68');
    expect(filters.get('districts')).toEqual(['==', ['get', 'parent'], '68']);
    expect([...filters.keys()].every((id) => layerIds.includes(id))).toBe(true);
  });
});

describe('[MP4] the camera shows what it was asked to, between the columns', () => {
  const size = { width: 3840, height: 2160 };
  const padding = { left: 1010, top: 200, right: 1400, bottom: 360 };

  test('all four corners of the country lie inside the padding, and two sides touch it', () => {
    const camera = cameraFor(NATION_BOUNDS, size.width, size.height, padding);
    const project = projectorFor(camera, size.width, size.height);
    const [x0, y0] = project([NATION_BOUNDS[0], NATION_BOUNDS[3]]);
    const [x1, y1] = project([NATION_BOUNDS[2], NATION_BOUNDS[1]]);
    expect(x0).toBeGreaterThanOrEqual(padding.left - 0.01);
    expect(x1).toBeLessThanOrEqual(size.width - padding.right + 0.01);
    expect(y0).toBeCloseTo(padding.top, 3);
    expect(y1).toBeCloseTo(size.height - padding.bottom, 3);
    expect(pixelsPerDegree(camera)).toBeGreaterThan(80);
  });

  test('[MP4] project and unproject are inverse', () => {
    const place = fc.tuple(fc.double({ min: 95, max: 122, noNaN: true }), fc.double({ min: 4, max: 26, noNaN: true }));
    const camera = fc.record({ center: place, zoom: fc.double({ min: 3, max: 12, noNaN: true }) });
    fc.assert(fc.property(camera, place, (view, [lng, lat]) => {
      const [x, y] = projectorFor(view, 1920, 1080)([lng, lat]);
      const back = unprojectorFor(view, 1920, 1080)(x, y);
      expect(back[0]).toBeCloseTo(lng, 6);
      expect(back[1]).toBeCloseTo(lat, 6);
    }));
  });
});
