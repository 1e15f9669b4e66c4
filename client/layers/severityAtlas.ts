import type { IconLayerProps } from '@deck.gl/layers';
import { SEVERITY_LEVEL, type SeverityName, type ThemeColors } from '../theme/tokens.ts';

type AtlasImage = NonNullable<IconLayerProps['iconAtlas']>;
interface IconBox { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly anchorX: number; readonly anchorY: number }

export interface IconAtlas {
  readonly image: AtlasImage;
  readonly boxes: Record<IconName, IconBox>;
}

export type IconName = `${SeverityName}-filled` | `${SeverityName}-outline` | `${SeverityName}-ring`;

const NAMES: readonly SeverityName[] = ['critical', 'high', 'medium', 'low', 'unknown'];
const STYLES = ['filled', 'outline', 'ring'] as const;
/** The halo and the pulse stay inside the box, so the shape takes this part of it. */
export const SHAPE_RATIO = 0.72;
const HALO_RATIO = 0.14;

/** Corners around (0, 0) in a square of side 2; a circle has none. The shapes of UI.md §6. */
const SHAPE_POINTS: Readonly<Record<SeverityName, readonly (readonly [number, number])[]>> = {
  critical: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  high: [[0, -0.92], [1, 0.82], [-1, 0.82]],
  medium: [[-0.82, -0.82], [0.82, -0.82], [0.82, 0.82], [-0.82, 0.82]],
  low: [],
  unknown: [],
};

/** Baseline of the digit, as part of the shape's half size: a triangle's middle is low. */
const DIGIT_SHIFT: Readonly<Record<SeverityName, number>> = { critical: 0, high: 0.22, medium: 0, low: 0, unknown: 0 };

function tracePath(context: CanvasRenderingContext2D, severity: SeverityName, radius: number): void {
  const points = SHAPE_POINTS[severity];
  context.beginPath();
  if (points.length === 0) context.arc(0, 0, radius * 0.92, 0, Math.PI * 2);
  points.forEach(([x, y], i) => { if (i === 0) context.moveTo(x * radius, y * radius); else context.lineTo(x * radius, y * radius); });
  context.closePath();
}

function drawIcon(context: CanvasRenderingContext2D, severity: SeverityName, style: typeof STYLES[number], sizePx: number, colors: ThemeColors): void {
  const radius = (sizePx * SHAPE_RATIO) / 2;
  const color = colors.severity[severity];
  const isDashed = severity === 'unknown';
  context.lineJoin = 'round';
  tracePath(context, severity, radius);
  if (style === 'ring') {
    context.strokeStyle = color;
    context.lineWidth = radius * 0.1;
    context.stroke();
    return;
  }
  context.strokeStyle = colors.halo;
  context.fillStyle = colors.halo;
  context.lineWidth = radius * HALO_RATIO * 2;
  context.stroke();
  context.fill();
  if (style === 'filled') {
    context.fillStyle = color;
    // Dashed also while filled, around a smaller disc: without its digit and colour it would be the circle of low.
    if (isDashed) tracePath(context, severity, radius * 0.74);
    context.fill();
  }
  if (style === 'outline' || isDashed) {
    tracePath(context, severity, radius * 0.9);
    context.strokeStyle = color;
    context.lineWidth = radius * 0.17;
    context.setLineDash(isDashed ? [radius * 0.5, radius * 0.22] : []);
    context.stroke();
    context.setLineDash([]);
  }
  context.fillStyle = style === 'filled' ? colors.onSeverity : color;
  context.font = `700 ${radius * 0.92}px "IOC Num"`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillText(SEVERITY_LEVEL[severity], 0, radius * (0.33 + DIGIT_SHIFT[severity]));
}

/**
 * All symbols of a theme in one image: five levels × filled (nobody has acknowledged), outline (acknowledged) and ring (for the
 * pulse). Call after the figure font has loaded: the digit is part of the image.
 */
export function drawSeverityAtlas(document: Document, colors: ThemeColors, iconPx: number): IconAtlas {
  const canvas = document.createElement('canvas');
  canvas.width = iconPx * NAMES.length;
  canvas.height = iconPx * STYLES.length;
  const context = canvas.getContext('2d');
  const boxes: Partial<Record<IconName, IconBox>> = {};
  for (const [row, style] of STYLES.entries()) for (const [column, severity] of NAMES.entries()) {
    boxes[`${severity}-${style}`] = { x: column * iconPx, y: row * iconPx, width: iconPx, height: iconPx, anchorX: iconPx / 2, anchorY: iconPx / 2 };
    if (context === null) continue;
    context.save();
    context.translate((column + 0.5) * iconPx, (row + 0.5) * iconPx);
    drawIcon(context, severity, style, iconPx, colors);
    context.restore();
  }
  // deck.gl draws from any image source; its type names only URLs and textures.
  return { image: canvas as unknown as AtlasImage, boxes: boxes as Record<IconName, IconBox> };
}
