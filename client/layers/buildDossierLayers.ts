import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import type { ThemeColors } from '../theme/tokens.ts';
import { toColor } from './color.ts';

export interface OverdueRing {
  readonly code: string;
  readonly lngLat: readonly [number, number];
  /** Dossiers overdue. */
  readonly overdue: number;
}

const RINGS_SHOWN = 10;
const LARGEST_RADIUS_PX = 30;

/** [LY4] The ten largest counts, and each one's radius: area in proportion to the count. */
export function largestOverdue(rings: readonly OverdueRing[], scale: number): { readonly ring: OverdueRing; readonly radiusPx: number }[] {
  const largest = rings.filter(({ overdue }) => overdue > 0).sort((a, b) => b.overdue - a.overdue || (a.code < b.code ? -1 : 1)).slice(0, RINGS_SHOWN);
  const most = largest[0]?.overdue ?? 1;
  return largest.map((ring) => ({ ring, radiusPx: LARGEST_RADIUS_PX * scale * Math.sqrt(ring.overdue / most) }));
}

export function buildDossierLayers(rings: readonly OverdueRing[], { colors, scale }: { readonly colors: ThemeColors; readonly scale: number }): Layer[] {
  return [
    new ScatterplotLayer({
      id: 'overdue-rings', data: largestOverdue(rings, scale), radiusUnits: 'pixels', stroked: true, lineWidthUnits: 'pixels',
      getPosition: ({ ring }) => [ring.lngLat[0], ring.lngLat[1]], getRadius: ({ radiusPx }) => radiusPx,
      getLineWidth: 3 * scale, getLineColor: toColor(colors.ink2), getFillColor: toColor(colors.ink2, 0.18),
    }),
  ];
}
