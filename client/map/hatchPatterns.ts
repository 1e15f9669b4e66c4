import type { Hatch } from './areaLook.ts';

export type HatchName = Exclude<Hatch, 'none'>;
export const HATCHES: readonly HatchName[] = ['stale', 'dead', 'never', 'simulated'];

export interface PatternImage {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row, not premultiplied. */
  readonly data: Uint8ClampedArray;
}

/** How much of a pixel the pattern covers, 0-1, at a position inside the repeating square. */
type Coverage = (x: number, y: number, size: number) => number;

/** Distance to the nearest 45° line of the repeating square, turned into an antialiased stroke. */
function stroke(distance: number, widthPx: number): number {
  return Math.min(1, Math.max(0, widthPx / 2 + 0.5 - distance));
}

function diagonal(offset: number, size: number): number {
  const wrapped = ((offset % size) + size) % size;
  return Math.min(wrapped, size - wrapped) / Math.SQRT2;
}

function dot(x: number, y: number, atX: number, atY: number, radiusPx: number): number {
  return Math.min(1, Math.max(0, radiusPx + 0.5 - Math.hypot(x - atX, y - atY)));
}

const COVERAGE: Readonly<Record<HatchName, Coverage>> = {
  stale: (x, y, size) => stroke(diagonal(x + y, size), size / 7),
  dead: (x, y, size) => Math.max(stroke(diagonal(x + y, size), size / 9), stroke(diagonal(x - y, size), size / 9)),
  never: (x, y, size) => dot(x, y, size / 2, size / 2, size / 9),
  simulated: (x, y, size) => Math.max(dot(x, y, size / 4, size / 4, size / 16), dot(x, y, (3 * size) / 4, (3 * size) / 4, size / 16)),
};

const ALPHA: Readonly<Record<HatchName, number>> = { stale: 0.34, dead: 0.34, never: 0.4, simulated: 0.2 };

/** One square of a pattern that repeats without a seam. `sizePx` is rounded up to an even number of pixels. */
export function drawHatch(name: HatchName, sizePx: number, color: string): PatternImage {
  const size = Math.max(8, Math.ceil(sizePx / 2) * 2);
  const rgb = Number.parseInt(color.slice(1, 7), 16);
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const at = (y * size + x) * 4;
      const alpha = COVERAGE[name](x + 0.5, y + 0.5, size) * ALPHA[name];
      data[at] = (rgb >> 16) & 255;
      data[at + 1] = (rgb >> 8) & 255;
      data[at + 2] = rgb & 255;
      data[at + 3] = 255 * alpha;
    }
  }
  return { width: size, height: size, data };
}
