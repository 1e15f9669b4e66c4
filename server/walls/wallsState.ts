import type { WallId, WallReport, WallTrouble } from '../../shared/protocol/socket.ts';

/** Three reports missed. */
export const QUIET_AFTER_MS = 15_000;
/** A ministry has a few; whoever makes names up cannot fill the memory. */
export const MOST_WALLS = 64;

/** The last that is known of a wall. Times are the server's, of the report that said so. */
export interface KeptWall {
  readonly report: WallReport;
  readonly firstHeardAtMs: number;
  readonly heardAtMs: number;
  /** Its page drew at least one frame. */
  readonly drewAtMs: number;
  /** What it holds had moved on, or was the newest there is. */
  readonly advancedAtMs: number;
  readonly reportCount: number;
  /** It said goodbye. */
  readonly isClosed: boolean;
}

export type Walls = ReadonlyMap<WallId, KeptWall>;

export type WallEvent =
  | { readonly kind: 'report'; readonly report: WallReport; readonly isAtHead: boolean; readonly atMs: number }
  | { readonly kind: 'goodbye'; readonly wallId: WallId }
  | { readonly kind: 'forget'; readonly wallId: WallId };

function afterReport(held: KeptWall | undefined, { report, isAtHead, atMs }: Extract<WallEvent, { kind: 'report' }>): KeptWall {
  // What an earlier page did or failed to do says nothing of this one.
  const isNewPage = held === undefined || held.isClosed || report.uptimeMs < held.report.uptimeMs;
  const hasMoved = isNewPage || JSON.stringify(report.applied) !== JSON.stringify(held.report.applied);
  return {
    report, heardAtMs: atMs, isClosed: false,
    firstHeardAtMs: held?.firstHeardAtMs ?? atMs,
    reportCount: (held?.reportCount ?? 0) + 1,
    drewAtMs: isNewPage || report.frames.drawn > 0 ? atMs : held.drewAtMs,
    advancedAtMs: isAtHead || hasMoved ? atMs : held.advancedAtMs,
  };
}

/** Room for one more: of those that were closed on purpose the one not heard for longest goes. The same when there is room. */
function withRoom(walls: Walls): Walls {
  if (walls.size < MOST_WALLS) return walls;
  const [oldest] = [...walls].filter(([, { isClosed }]) => isClosed).sort(([, a], [, b]) => a.heardAtMs - b.heardAtMs);
  if (oldest === undefined) return walls;
  const rest = new Map(walls);
  rest.delete(oldest[0]);
  return rest;
}

/** [WR2] Pure. The same map when nothing changed: a further wall that there is no room for is not kept. */
export function wallsState(walls: Walls, event: WallEvent): Walls {
  if (event.kind === 'report') {
    const { wallId } = event.report;
    const held = walls.get(wallId);
    const roomy = held === undefined ? withRoom(walls) : walls;
    return held === undefined && roomy.size >= MOST_WALLS ? walls : new Map(roomy).set(wallId, afterReport(held, event));
  }
  const held = walls.get(event.wallId);
  if (held === undefined) return walls;
  const next = new Map(walls);
  if (event.kind === 'goodbye') next.set(event.wallId, { ...held, isClosed: true });
  else next.delete(event.wallId);
  return next;
}

/** [WR3] What is wrong with a wall; `null`: nothing. */
export function troubleOf({ report: { wallId, name }, heardAtMs, drewAtMs, advancedAtMs, isClosed }: KeptWall, nowMs: number): WallTrouble | null {
  if (isClosed) return null;
  const signs = [['silent', heardAtMs], ['frozen', drewAtMs], ['behind', advancedAtMs]] as const;
  const [kind, sinceMs] = signs.find(([, atMs]) => nowMs - atMs >= QUIET_AFTER_MS) ?? [];
  return kind === undefined ? null : { wallId, name, kind, sinceMs };
}

/** Oldest first. */
export function troublesOf(walls: Walls, nowMs: number): readonly WallTrouble[] {
  return [...walls.values()].flatMap((wall) => troubleOf(wall, nowMs) ?? []).sort((a, b) => a.sinceMs - b.sinceMs);
}
