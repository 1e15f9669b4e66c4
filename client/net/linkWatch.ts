/** [H1] Two heartbeats missed and the third, due at 6 s, not waited for: by then the picture must look dead, and noticing takes a check and a paint. */
const SILENT_AFTER_MS = 5500;
/** Checks come every second; browsers hold a visible page's timers back by less than this. */
const WOKE_AFTER_GAP_MS = 3000;

export interface LinkWatch {
  /** The server was heard. */
  heard(monotonicMs: number): void;
  /**
   * `silent`: nothing heard for too long. `woke`: this page or machine stood still since the check before, so everything on it may
   * be old; silence is counted anew from here. A monotonic clock may stand still with the machine, so the wall clock is looked at too.
   */
  check(monotonicMs: number, wallMs: number): 'ok' | 'silent' | 'woke';
}

export function createLinkWatch(monotonicMs: number, wallMs: number): LinkWatch {
  let heardAtMs = monotonicMs;
  let checkedAtMs = monotonicMs;
  let checkedAtWallMs = wallMs;
  return {
    heard(atMs) {
      heardAtMs = atMs;
    },
    check(nowMs, nowWallMs) {
      const gapMs = Math.max(nowMs - checkedAtMs, nowWallMs - checkedAtWallMs);
      checkedAtMs = nowMs;
      checkedAtWallMs = nowWallMs;
      if (gapMs > WOKE_AFTER_GAP_MS) {
        heardAtMs = nowMs;
        return 'woke';
      }
      return nowMs - heardAtMs > SILENT_AFTER_MS ? 'silent' : 'ok';
    },
  };
}
