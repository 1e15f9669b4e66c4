import type { PaddingPx } from '../../map/mercator.ts';
import type { WallScale } from '../../theme/wallScale.ts';

/** Where the map's subject may stand, and the column widths the stylesheet uses. B = one line of the smallest operational text. */
export interface WallLayout {
  readonly leftB: number;
  readonly rightB: number;
  /** CSS px kept clear of the map's subject. */
  readonly mapPadding: PaddingPx;
}

const MARGIN_B = 1.375;

/** Columns of the page in B, by class. Narrow surfaces give up column width before the country becomes a thread. */
export function wallLayoutOf({ wallClass, bPx, rows }: WallScale, widthPx: number): WallLayout {
  const columns = widthPx / bPx;
  const px = (left: number, top: number, right: number, bottom: number): PaddingPx => (
    { left: Math.round(left * bPx), top: Math.round(top * bPx), right: Math.round(right * bPx), bottom: Math.round(bottom * bPx) });
  if (wallClass === 'ultra') {
    const third = columns / 3;
    return { leftB: third, rightB: third, mapPadding: px(third + 2.5, 1.2, third + 1.5, 1.2) };
  }
  if (wallClass === 'compact') {
    const leftB = Math.min(15.2, columns * 0.41);
    return { leftB, rightB: 0, mapPadding: px(MARGIN_B + leftB + 2.6, 1.9, 1.6, 4) };
  }
  const leftB = Math.min(17.9, columns * 0.3);
  const rightB = Math.min(22.7, columns * 0.3);
  // On the widest surfaces the country stands left of the middle, as the columns do.
  const spare = Math.max(0, columns - 2 * MARGIN_B - leftB - rightB - rows * 0.72);
  return { leftB, rightB, mapPadding: px(MARGIN_B + leftB + 1.2, 4, MARGIN_B + rightB + 1.2 + spare * 0.35, 7.9) };
}
