import type { Layer } from '@deck.gl/core';
import { IconLayer } from '@deck.gl/layers';
import type { SeverityName } from '../theme/tokens.ts';
import { type IconAtlas, type IconName, SHAPE_RATIO } from './severityAtlas.ts';

export interface MapSymbol {
  readonly id: string;
  readonly lngLat: readonly [number, number];
  readonly severity: SeverityName;
  readonly isAcknowledged: boolean;
}

const RINGS = 3;
const MAX_GROWTH = 1.5;
const START_OPACITY = 0.5;

/** [LY3] Filled until someone acknowledged, outline after. */
export function iconNameOf({ severity, isAcknowledged }: MapSymbol): IconName {
  return `${severity}-${isAcknowledged ? 'outline' : 'filled'}`;
}

interface Ring { readonly symbol: MapSymbol; readonly growth: number; readonly opacity: number }

/**
 * Three outlines around every unacknowledged critical symbol. `phase` 0-1 is the place in the cycle; `null` draws them at rest
 * (reduced motion). The symbol itself never changes: only what surrounds it moves.
 */
export function pulseRings(symbols: readonly MapSymbol[], phase: number | null): Ring[] {
  const pulsing = symbols.filter(({ severity, isAcknowledged }) => severity === 'critical' && !isAcknowledged);
  return pulsing.flatMap((symbol) => Array.from({ length: RINGS }, (_, i) => {
    const progress = phase === null ? (i + 1) / (RINGS + 1) : (phase + i / RINGS) % 1;
    return { symbol, growth: 1 + MAX_GROWTH * progress, opacity: START_OPACITY * (1 - progress) };
  }));
}

export interface SymbolSizes {
  /** Height of a symbol without its halo. */
  readonly sizePx: number;
  /** The one that stands out, and its height; `null`: none does. */
  readonly emphasis: { readonly id: string; readonly sizePx: number } | null;
}

/** Pure. */
export function buildSymbolLayers(symbols: readonly MapSymbol[], atlas: IconAtlas, { sizePx, emphasis }: SymbolSizes, phase: number | null): Layer[] {
  const boxPxOf = ({ id }: MapSymbol) => (id === emphasis?.id ? emphasis.sizePx : sizePx) / SHAPE_RATIO;
  const common = { iconAtlas: atlas.image, iconMapping: atlas.boxes, sizeUnits: 'pixels' as const };
  return [
    new IconLayer<Ring>({
      id: 'pulse', data: pulseRings(symbols, phase), ...common,
      getPosition: ({ symbol }) => [symbol.lngLat[0], symbol.lngLat[1]], getIcon: ({ symbol }) => `${symbol.severity}-ring`,
      getSize: ({ symbol, growth }) => boxPxOf(symbol) * growth, getColor: ({ opacity }) => [255, 255, 255, Math.round(opacity * 255)],
    }),
    new IconLayer<MapSymbol>({
      id: 'symbols', data: symbols, ...common, getPosition: ({ lngLat }) => [lngLat[0], lngLat[1]], getIcon: iconNameOf, getSize: boxPxOf,
      updateTriggers: { getSize: [sizePx, emphasis?.id, emphasis?.sizePx] },
    }),
  ];
}
