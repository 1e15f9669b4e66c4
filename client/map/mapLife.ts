/** What happened to the map, or how long it has been as it is. */
export type MapEvent =
  /** A new map is being made, for whatever reason. */
  | 'begun'
  /** Base map and overlay are on screen. */
  | 'drawn'
  /** It has been on screen for `STEADY_MS`. */
  | 'steady'
  /** A context is gone, or the overlay has stopped. */
  | 'lost'
  /** The browser gives no WebGL2 context. */
  | 'missing'
  /** A new map drew nothing for `TRY_LIMIT_MS`. */
  | 'failed'
  /** The wait before the next try is over. */
  | 'waited'
  /** It was lost or failed `REPAIR_LIMIT_MS` ago and has not drawn since. */
  | 'overdue';

export interface MapLife {
  readonly stage: 'building' | 'drawing' | 'waiting';
  /** Every try is a new map; the first is 0. */
  readonly tryNumber: number;
  /** Tries in a row that did not end in a map that stayed. */
  readonly failedTries: number;
  readonly isSteady: boolean;
  /** There was a map on this page before. */
  readonly hasDrawn: boolean;
  /** The next map on screen replaces one that was lost or failed. */
  readonly isRepair: boolean;
  /** That repair takes longer than an outline may stand in. */
  readonly isOverdue: boolean;
  readonly contextLosses: number;
  /** Maps that came back on screen after one was lost or failed. */
  readonly rebuilds: number;
}

export const FIRST_LIFE: MapLife = { stage: 'building', tryNumber: 0, failedTries: 0, isSteady: false, hasDrawn: false, isRepair: false, isOverdue: false, contextLosses: 0, rebuilds: 0 };

/** A display without a GPU takes up to 15 s to its first frame at 4K; what takes four times as long does not come. */
export const TRY_LIMIT_MS = 60_000;
/** Figures are back on screen within 3 s of a loss, in the map or in its table; half a second of them may pass until a loss is noticed. */
export const REPAIR_LIMIT_MS = 2_500;
/** A map that dies sooner died of being drawn: the next try waits longer, or the wall would flicker for ever. */
export const STEADY_MS = 5_000;
/** By tries failed in a row. The first leaves the browser time to start its GPU process anew. */
const WAITS_MS = [500, 2_000, 5_000] as const;
const QUIET_WAIT_MS = 20_000;

function waiting(life: MapLife, failedTries: number, contextLosses = life.contextLosses): MapLife {
  return { ...life, stage: 'waiting', failedTries, contextLosses, isRepair: true };
}

function whileBuilding(life: MapLife, event: MapEvent): MapLife {
  if (event === 'drawn') return { ...life, stage: 'drawing', isSteady: false, hasDrawn: true, isRepair: false, isOverdue: false, rebuilds: life.rebuilds + (life.isRepair ? 1 : 0) };
  if (event === 'lost') return waiting(life, life.failedTries + 1, life.contextLosses + 1);
  if (event === 'failed') return waiting(life, life.failedTries + 1);
  // A browser whose GPU process has died gives none for a while; one that never gave any hardly will.
  if (event === 'missing') return waiting(life, life.hasDrawn ? life.failedTries + 1 : Math.max(WAITS_MS.length, life.failedTries + 1));
  return life;
}

function whileDrawing(life: MapLife, event: MapEvent): MapLife {
  if (event === 'begun') return { ...life, stage: 'building' };
  if (event === 'steady') return life.isSteady ? life : { ...life, isSteady: true, failedTries: 0 };
  if (event === 'lost') return waiting(life, life.isSteady ? 0 : life.failedTries + 1, life.contextLosses + 1);
  return life;
}

/** [GP1] What becomes of the map. Pure; events that mean nothing in this stage change nothing. */
export function nextLife(life: MapLife, event: MapEvent): MapLife {
  if (event === 'overdue') return life.isRepair ? { ...life, isOverdue: true } : life;
  if (life.stage === 'building') return whileBuilding(life, event);
  if (life.stage === 'drawing') return whileDrawing(life, event);
  return event === 'waited' ? { ...life, stage: 'building', tryNumber: life.tryNumber + 1 } : life;
}

/** How long to wait before the next try. */
export function retryWaitMs({ failedTries }: MapLife): number {
  return WAITS_MS[failedTries] ?? QUIET_WAIT_MS;
}

/** [GP2] What stands in the map's place: the map itself, the outline while it is made anew, the table once that has failed or takes too long. */
export function standsIn({ stage, failedTries, hasDrawn, isOverdue }: MapLife): 'map' | 'outline' | 'table' {
  if (stage === 'drawing') return 'map';
  if (failedTries >= WAITS_MS.length || isOverdue) return 'table';
  return stage === 'building' && failedTries === 0 && !hasDrawn ? 'map' : 'outline';
}
