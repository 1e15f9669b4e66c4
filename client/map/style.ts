import type { FeatureCollection, LineString } from 'geojson';
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { MAP, type ThemeColors } from '../theme/tokens.ts';
import { frameLines } from './archipelagos.ts';
import type { Geography } from './geography.ts';
import { HATCHES, type HatchName } from './hatchPatterns.ts';

export interface StyleOptions {
  readonly colors: ThemeColors;
  /** Lines, dots and glow were drawn for a country 1600 px high; this is how much larger or smaller they are here. */
  readonly lineScale: number;
}

export const NO_FOCUS = '';

/** Fill set by `setFeatureState`; the land tone until then. */
const fillState = (fallback: string): ExpressionSpecification => ['to-color', ['feature-state', 'fill'], fallback];

export type AreaSource = 'provinces' | 'districts';
export const hatchLayerId = (source: AreaSource, name: HatchName) => `${source}-hatch-${name}`;

const inFocus = (code: string): ExpressionSpecification => ['==', ['get', 'code'], code];
const childOfFocus = (code: string): ExpressionSpecification => ['==', ['get', 'parent'], code];

/** Meridians and parallels every 5° around the country. */
function graticule(): FeatureCollection<LineString> {
  const lines: [number, number][][] = [];
  for (let lng = 90; lng <= 130; lng += 5) lines.push([[lng, -5], [lng, 35]]);
  for (let lat = -5; lat <= 35; lat += 5) lines.push([[90, lat], [130, lat]]);
  return { type: 'FeatureCollection', features: lines.map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } })) };
}

function sources(geography: Geography): Record<string, SourceSpecification> {
  // Shapes are drawn at a few zooms only, so what is cut into tiles is kept exact.
  const exact = { type: 'geojson' as const, tolerance: 0.1 };
  return {
    graticule: { type: 'geojson', data: graticule() },
    neighbours: { type: 'geojson', data: geography.neighbours },
    outline: { ...exact, data: geography.outline },
    provinces: { ...exact, data: geography.provinces, promoteId: 'code' },
    districts: { ...exact, data: geography.districts, promoteId: 'code' },
    islets: { type: 'geojson', data: geography.islets },
    frames: { type: 'geojson', data: frameLines() },
  };
}

function groundLayers({ colors }: StyleOptions, k: number): LayerSpecification[] {
  const glow = (widthPx: number, opacity: number): LayerSpecification => ({
    id: `coast-glow-${widthPx}`, type: 'line', source: 'outline', layout: { 'line-join': 'round' },
    paint: { 'line-color': colors.coastGlow, 'line-width': widthPx * k, 'line-blur': widthPx * k * 0.4, 'line-opacity': opacity },
  });
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': colors.sea } },
    { id: 'graticule', type: 'line', source: 'graticule', paint: { 'line-color': colors.neighbourLine, 'line-width': 1.2 * k, 'line-opacity': 0.5 } },
    { id: 'neighbours', type: 'fill', source: 'neighbours', paint: { 'fill-color': colors.neighbour, 'fill-antialias': false } },
    { id: 'neighbour-lines', type: 'line', source: 'neighbours', paint: { 'line-color': colors.neighbourLine, 'line-width': 1.2 * k } },
    glow(64, 0.2), glow(40, 0.3), glow(20, 0.4),
  ];
}

function areaLayers({ colors }: StyleOptions, k: number): LayerSpecification[] {
  // Borders lie over the edges of all areas, so these need no smoothing of their own, which would draw every edge once more.
  // Left out until some area carries it: where its opacity is 0 it would be drawn all the same.
  const hatches = (source: AreaSource): LayerSpecification[] => HATCHES.map((name) => ({
    id: hatchLayerId(source, name), type: 'fill', source, layout: { visibility: 'none' },
    paint: { 'fill-pattern': `hatch-${name}`, 'fill-opacity': ['case', ['==', ['feature-state', 'hatch'], name], 1, 0], 'fill-antialias': false },
    ...(source === 'districts' ? { filter: childOfFocus(NO_FOCUS) } : {}),
  }));
  return [
    { id: 'provinces', type: 'fill', source: 'provinces', paint: { 'fill-color': fillState(colors.land), 'fill-antialias': true } },
    ...hatches('provinces'),
    { id: 'districts', type: 'fill', source: 'districts', filter: childOfFocus(NO_FOCUS), paint: { 'fill-color': fillState(colors.focusFill) } },
    ...hatches('districts'),
    { id: 'district-lines', type: 'line', source: 'districts', filter: childOfFocus(NO_FOCUS), paint: { 'line-color': colors.provinceLine, 'line-width': 1.8 * k, 'line-opacity': 0.7 } },
    { id: 'province-lines', type: 'line', source: 'provinces', layout: { 'line-join': 'round' }, paint: { 'line-color': colors.provinceLine, 'line-width': 1.6 * k, 'line-opacity': 0.75 } },
    { id: 'coast', type: 'line', source: 'outline', layout: { 'line-join': 'round' }, paint: { 'line-color': colors.coast, 'line-width': 1.6 * k, 'line-opacity': 0.55 } },
    { id: 'focus-line', type: 'line', source: 'provinces', filter: inFocus(NO_FOCUS), layout: { 'line-join': 'round' }, paint: { 'line-color': colors.ink, 'line-width': 6 * k } },
  ];
}

/** Of both archipelagos; their names are words of the page. */
function archipelagoLayers({ colors }: StyleOptions, k: number): LayerSpecification[] {
  return [
    { id: 'frames', type: 'line', source: 'frames', paint: { 'line-color': colors.ink3, 'line-width': 2 * k, 'line-dasharray': [4, 4], 'line-opacity': 0.8 } },
    { id: 'islets', type: 'circle', source: 'islets', paint: { 'circle-color': colors.coast, 'circle-radius': MAP.isletRadiusPx * k } },
  ];
}

/** The whole style, without words, glyphs or tiles. Pure: the same geography and options give an equal style. */
export function buildStyle(geography: Geography, options: StyleOptions): StyleSpecification {
  const k = options.lineScale;
  return {
    version: 8,
    sources: sources(geography),
    layers: [...groundLayers(options, k), ...areaLayers(options, k), ...archipelagoLayers(options, k)],
  };
}

/** Filters that follow the province in focus. */
export function focusFilters(code: string): ReadonlyMap<string, ExpressionSpecification> {
  const filters = new Map<string, ExpressionSpecification>([['focus-line', inFocus(code)]]);
  for (const id of ['districts', 'district-lines', ...HATCHES.map((name) => hatchLayerId('districts', name))]) filters.set(id, childOfFocus(code));
  return filters;
}
