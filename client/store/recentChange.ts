/** What one figure has shown, to tell when a live frame changed it. */
export interface RecentChange {
  readonly seriesIndex: number | undefined;
  readonly shown: string;
  /** Of the series, as last seen. */
  readonly revision: number;
  /** `null`: nothing changed lately. On the axis of the clock given. */
  readonly atMs: number | null;
  /** What stood there before; `null` while `atMs` is. */
  readonly before: string | null;
}

export interface ShownNow {
  readonly seriesIndex: number | undefined;
  readonly shown: string;
  readonly revision: number;
  /** `MirrorStore.newsAfter`. */
  readonly newsAfter: number;
  readonly nowMs: number;
  readonly isLinkLive: boolean;
}

/** UI.md §7: the mark stays for 30 s. */
export const RECENT_MS = 30_000;
/** It fades in steps, of which a wall draws one each, and not in between. */
const STEPS = 3;

/** [RM1] Pure, and told the same twice it is the same. Only a live frame that changed the digits of the same series is a recent change. */
export function recentChange(held: RecentChange | null, { seriesIndex, shown, revision, newsAfter, nowMs, isLinkLive }: ShownNow): RecentChange {
  const quiet = { seriesIndex, shown, revision, atMs: null, before: null };
  if (held === null || held.seriesIndex !== seriesIndex || !isLinkLive || newsAfter >= revision) return quiet;
  if (held.shown !== shown) return revision > held.revision ? { ...quiet, atMs: nowMs, before: held.shown } : quiet;
  const isOver = held.atMs !== null && (nowMs - held.atMs >= RECENT_MS || nowMs < held.atMs);
  if (isOver) return quiet;
  return held.revision === revision ? held : { ...held, revision };
}

/** 3 at first, then 2, then 1; `null`: no mark. */
export function recentStep({ atMs }: RecentChange, nowMs: number): number | null {
  return atMs === null ? null : STEPS - Math.min(STEPS - 1, Math.floor(((nowMs - atMs) * STEPS) / RECENT_MS));
}
