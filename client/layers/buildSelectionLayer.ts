import type { Layer } from '@deck.gl/core';
import { GeoJsonLayer } from '@deck.gl/layers';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { toColor } from './color.ts';

/** Pure: the outline of the unit whose figures are shown. Two lines, so that it stands on every fill. */
export function buildSelectionLayer(unit: Feature<Polygon | MultiPolygon>, { color, halo, widthPx }: { readonly color: string; readonly halo: string; readonly widthPx: number }): Layer[] {
  const outline = (id: string, lineColor: string, lineWidth: number) => new GeoJsonLayer({
    id, data: unit, filled: false, stroked: true, lineWidthUnits: 'pixels', getLineWidth: lineWidth, getLineColor: toColor(lineColor), lineJointRounded: true,
  });
  return [outline('selection-halo', halo, widthPx * 2), outline('selection', color, widthPx)];
}
