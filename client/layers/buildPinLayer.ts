import type { Layer } from '@deck.gl/core';
import { IconLayer, type IconLayerProps } from '@deck.gl/layers';

export interface MapPin {
  readonly id: string;
  readonly lngLat: readonly [number, number];
  /** Speaking now: filled. Others are outlines. */
  readonly isCurrent: boolean;
}

type PinImage = NonNullable<IconLayerProps['iconAtlas']>;

export interface PinAtlas { readonly image: PinImage; readonly iconPx: number }

const STYLES = ['outline', 'filled'] as const;
const STROKE_RATIO = 0.07;

/** A drop whose point stands on the place: a circle closed by two straight lines to the point. */
function tracePin(context: CanvasRenderingContext2D, sizePx: number): void {
  const radius = sizePx * 0.3;
  const centerY = sizePx * 0.38;
  context.beginPath();
  context.arc(sizePx / 2, centerY, radius, Math.PI * 0.82, Math.PI * 2.18);
  context.lineTo(sizePx / 2, sizePx * 0.96);
  context.closePath();
}

/** Both pins in one image. `iconPx`: side of one, device px. */
export function drawPinAtlas(document: Document, colors: { readonly ink: string; readonly paper: string }, iconPx: number): PinAtlas {
  const canvas = document.createElement('canvas');
  canvas.width = iconPx * STYLES.length;
  canvas.height = iconPx;
  const context = canvas.getContext('2d');
  STYLES.forEach((style, column) => {
    if (context === null) return;
    context.save();
    context.translate(column * iconPx, 0);
    tracePin(context, iconPx);
    context.lineJoin = 'round';
    context.lineWidth = iconPx * STROKE_RATIO;
    context.strokeStyle = style === 'filled' ? colors.paper : colors.ink;
    context.fillStyle = style === 'filled' ? colors.ink : colors.paper;
    context.fill();
    context.stroke();
    context.restore();
  });
  // deck.gl draws from any image source; its type names only URLs and textures.
  return { image: canvas as unknown as PinImage, iconPx };
}

/** Pure. `sizePx`: height of a pin, CSS px; the one that speaks now is half as large again. */
export function buildPinLayer(pins: readonly MapPin[], { image, iconPx }: PinAtlas, sizePx: number): Layer {
  const box = (column: number) => ({ x: column * iconPx, y: 0, width: iconPx, height: iconPx, anchorX: iconPx / 2, anchorY: iconPx * 0.96 });
  return new IconLayer<MapPin>({
    id: 'pins', data: pins, iconAtlas: image, iconMapping: { outline: box(0), filled: box(1) }, sizeUnits: 'pixels',
    getPosition: ({ lngLat }) => [lngLat[0], lngLat[1]], getIcon: ({ isCurrent }) => (isCurrent ? 'filled' : 'outline'),
    getSize: ({ isCurrent }) => (isCurrent ? sizePx * 1.5 : sizePx),
  });
}
