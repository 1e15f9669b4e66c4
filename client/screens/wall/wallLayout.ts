import type { PaddingPx } from '../../map/mercator.ts';
import type { Rect } from '../../map/placeLabels.ts';
import type { WallScale } from '../../theme/wallScale.ts';

/** Where the map's subject may stand, and the column widths the stylesheet uses. B = one line of the smallest operational text. */
export interface WallLayout {
  readonly leftB: number;
  readonly rightB: number;
  /** Room of the list of what needs a person, below its title and above the gauge; 0: there is no list. */
  readonly listB: { readonly width: number; readonly height: number };
  /** The cards of the strip have no room for words under their value. */
  readonly isNarrow: boolean;
  /** CSS px kept clear of the map's subject: the country, or one province with the locator beside it. */
  readonly mapPadding: PaddingPx;
  readonly focusPadding: PaddingPx;
  /** The country above the row of an alarm that gave way. */
  readonly rowPadding: PaddingPx;
  /** The country below the banner of a lost link. */
  readonly lostPadding: PaddingPx;
  /** Free room right of the country for the archipelagos' names, CSS px. */
  readonly nameRoomPx: number;
  /** Legend and locator: where the stylesheet puts them, so that labels keep clear. CSS px. */
  readonly legend: Rect | null;
  /** On the wall of a province: above its locator. */
  readonly rootLegend: Rect | null;
  readonly locator: Rect;
  /** Moment of the state shown while the link is lost. */
  readonly stateBox: Rect;
  /** Name and figure of the province in focus, and the notice that its cells are schematic. */
  readonly focusTitle: Rect;
  readonly caption: Rect;
}

const MARGIN_B = 1.375;

/** Width of the page in B below which a card of the strip holds its value only. */
const STRIP_WORDS_B = 68;
/** Full-width row of an alarm that gave way, above the cards, with its gap. */
export const ALARM_ROW_B = 2.6;
/** The notice that cells are schematic, in the longer language. */
const CAPTION_B = 14;
/** Legend: title, five classes and a mark. */
const LEGEND_B = { width: 8.5, height: 9.4 };

/** The right-hand panel of three, as wall.css divides it; the seam is wider on walls with less B. */
const ULTRA_B = { seam: 1.7, edge: 1.2, gap: 1.2, listRatio: 1.15 / 2, around: 8.6 };
/** Header, title of the list, gauge, cards and credits, with what is between them. */
const LIST_AROUND_B = 19.8;

/** Columns of the page in B, by class. Narrow surfaces give up column width before the country becomes a thread. */
export function wallLayoutOf({ wallClass, bPx, rows }: WallScale, widthPx: number): WallLayout {
  const columns = widthPx / bPx;
  const padding = (left: number, top: number, right: number, bottom: number): PaddingPx => (
    { left: Math.round(left * bPx), top: Math.round(top * bPx), right: Math.round(right * bPx), bottom: Math.round(bottom * bPx) });
  /** From the left and bottom edges, in B. */
  const box = (left: number, bottom: number, width: number, height: number): Rect => (
    { x: left * bPx, y: (rows - bottom - height) * bPx, width: width * bPx, height: height * bPx });
  if (wallClass === 'ultra') {
    const third = columns / 3;
    return {
      leftB: third, rightB: third, listB: { width: (third - ULTRA_B.seam - ULTRA_B.edge - ULTRA_B.gap) * ULTRA_B.listRatio, height: rows - ULTRA_B.around }, isNarrow: false, mapPadding: padding(third + 2.5, 1.2, third + 1.5, 1.2), focusPadding: padding(third + 2.5, 2.8, third + 8.4, 1.6), rowPadding: padding(third + 2.5, 1.2, third + 1.5, 1.2),
      lostPadding: padding(third + 2.5, 3.4, third + 1.5, 1.2), nameRoomPx: bPx,
      legend: box(third + 1.6, 1.2, LEGEND_B.width, LEGEND_B.height), rootLegend: box(columns - third - 1.8 - 7.2, 9.2, 7.2, LEGEND_B.height), locator: box(columns - third - 1.2 - 6.4, 0.8, 6.4, 7.6),
      stateBox: box(third + 1.6, rows - 7.2, 8, 3.6),
      focusTitle: box(third + 1.6, rows - 4.2, 13, 3.6), caption: box(third + 1.6, 0.6, 11, 1.4),
    };
  }
  if (wallClass === 'compact') {
    const leftB = Math.min(15.2, columns * 0.41);
    return {
      leftB, rightB: 0, listB: { width: 0, height: 0 }, isNarrow: true, mapPadding: padding(MARGIN_B + leftB + 2.6, 1.9, 1.6, 4), focusPadding: padding(MARGIN_B + leftB + 1.6, 4.4, 7.6, 4), rowPadding: padding(MARGIN_B + leftB + 2.6, 1.9, 1.6, 4), legend: null, rootLegend: null, locator: box(columns - 0.8 - 6.4, 4, 6.4, 7.6),
      lostPadding: padding(MARGIN_B + leftB + 2.6, 4, 1.6, 4), nameRoomPx: bPx * 1.2,
      stateBox: box(leftB + 1.8, rows - 6.2, 6, 2.8),
      focusTitle: box(leftB + 2.4, rows - 6, 15, 3.6), caption: box(leftB + 2.4, 3.8, 11, 1.4),
    };
  }
  const leftB = Math.min(17.9, columns * 0.3);
  const rightB = Math.min(22.7, columns * 0.335);
  // On the widest surfaces the country stands left of the middle, as the columns do.
  const spare = Math.max(0, columns - 2 * MARGIN_B - leftB - rightB - rows * 0.72);
  const locatorB = wallClass === 'regular' ? { left: columns - rightB - 8.4, bottom: 7.2, width: 6.6, height: 7.2 } : { left: columns - rightB - 12.2, bottom: 7.4, width: 10, height: 10.6 };
  /** Of the locator for the notice; else the notice stands above it. */
  const hasRoomBeside = locatorB.left >= leftB + 2.9 + CAPTION_B;
  // Beside the narrow waist of the country, where its neighbours leave room.
  const legend = wallClass === 'regular' ? box(leftB + 2, rows * 0.4, 6.6, 6.2) : box(leftB + 2.9, rows * 0.31, LEGEND_B.width, LEGEND_B.height);
  return {
    leftB, rightB, listB: { width: rightB, height: rows - LIST_AROUND_B }, isNarrow: columns < STRIP_WORDS_B, mapPadding: padding(MARGIN_B + leftB + 1.2, 4, MARGIN_B + rightB + 1.2 + spare * 0.35, 7.2),
    rowPadding: padding(MARGIN_B + leftB + 1.2, 4, MARGIN_B + rightB + 1.2 + spare * 0.35, 7.2 + ALARM_ROW_B),
    focusPadding: padding(MARGIN_B + leftB + 1.6, 7.2, MARGIN_B + rightB + (wallClass === 'regular' ? 7.6 : 11.2), 8.4),
    lostPadding: padding(MARGIN_B + leftB + 1.2, 5.4, MARGIN_B + rightB + 1.2 + spare * 0.35, 7.2), nameRoomPx: bPx * (spare * 0.35 - 0.3),
    stateBox: box(leftB + 2.9, rows * 0.5, 8, 3.6),
    focusTitle: box(leftB + 3, rows - 7.8, 15, 3.6), caption: box(leftB + 2.9, hasRoomBeside ? 7.3 : locatorB.bottom + locatorB.height + 0.4, CAPTION_B, 1.4),
    legend, rootLegend: wallClass === 'regular' ? box(locatorB.left, locatorB.bottom + locatorB.height + (hasRoomBeside ? 0.8 : 2.6), 6.6, 6.2) : box(locatorB.left + 0.6, locatorB.bottom + locatorB.height + 0.8, LEGEND_B.width, LEGEND_B.height),
    locator: box(locatorB.left, locatorB.bottom, locatorB.width, locatorB.height),
  };
}
