import { MAP } from '../../../theme/tokens.ts';

/** UI.md §7: what never moves burns itself into a panel. */
export const BURN_IN = { stepEveryMs: 180_000, moveMs: 4_000, reachPx: 12 } as const;

/** Each point is beside the one before, and the last touches the first: the picture only ever moves by one step. */
const PATH = [[0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]] as const;

export interface Offset { readonly xPx: number; readonly yPx: number }

/** [AP2] Where the stage stands. By the server's clock, so that walls side by side move as one. Whole pixels: text stays sharp. */
export function driftAt(nowMs: number, bPx: number): Offset {
  const [x, y] = PATH[Math.floor(nowMs / BURN_IN.stepEveryMs) % PATH.length] ?? PATH[0];
  const reachPx = Math.min(BURN_IN.reachPx, Math.floor((BURN_IN.reachPx * bPx) / MAP.drawnAtB));
  return { xPx: x * reachPx, yPx: y * reachPx };
}
