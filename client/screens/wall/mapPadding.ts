import type { PaddingPx } from '../../map/mercator.ts';
import type { WallScale } from '../../theme/wallScale.ts';
import type { WallLayout } from './wallLayout.ts';

interface MapState {
  /** A province is in focus. */
  readonly isFocused: boolean;
  readonly isLinkLost: boolean;
  readonly hasAlarmRow: boolean;
}

/** Kept clear of the map's subject now. */
export function mapPaddingOf(layout: WallLayout, { isFocused, isLinkLost, hasAlarmRow }: MapState): PaddingPx {
  if (isFocused) return layout.focusPadding;
  if (isLinkLost) return layout.lostPadding;
  return hasAlarmRow ? layout.rowPadding : layout.mapPadding;
}

/** The map goes under the header of a small wall, a table does not. */
const COMPACT_HEADER_B = 2.5;
const GAP_B = 0.4;

/** Kept clear of the table in the map's place: as for the map, and what stands on the map has to stand above it. It has no locator beside it. */
export function tablePaddingOf(layout: WallLayout, { bPx, wallClass }: WallScale, state: MapState): PaddingPx {
  const padding = mapPaddingOf(layout, state);
  const { left, right, bottom } = state.hasAlarmRow ? layout.rowPadding : layout.mapPadding;
  const { y, height } = layout.focusTitle;
  return { left, right, bottom: Math.max(padding.bottom, bottom), top: Math.max(padding.top, wallClass === 'compact' ? bPx * COMPACT_HEADER_B : 0, state.isFocused ? y + height + bPx * GAP_B : 0) };
}
