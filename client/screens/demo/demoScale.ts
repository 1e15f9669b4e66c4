/** Rows and columns of text the replay is drawn for: 3840 × 2160 at 50 px. */
const ROWS = 43.2;
const COLUMNS = 76.8;
const SMALLEST_PX = 13;
/** Below this many columns for the height the three columns stand under each other. */
const STACKED_BELOW_ASPECT = 1.3;

export interface DemoScale {
  /** Text size everything is a multiple of, CSS px. */
  readonly bPx: number;
  readonly isStacked: boolean;
}

/** The whole stage fits the page on any wide surface; upright ones scroll. */
export function demoScaleOf(widthPx: number, heightPx: number): DemoScale {
  const isStacked = widthPx / heightPx < STACKED_BELOW_ASPECT;
  if (isStacked) return { bPx: Math.max(SMALLEST_PX, Math.min(24, widthPx / 32)), isStacked };
  return { bPx: Math.max(SMALLEST_PX, Math.min(heightPx / ROWS, widthPx / COLUMNS)), isStacked };
}
