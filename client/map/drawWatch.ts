export interface DrawWatch {
  /** The base map drew a frame. `hasAll`: everything it was given is in it. */
  baseDrew(hasAll: boolean): void;
  overlayDrew(): void;
}

interface DrawWatchOptions {
  /** Begin of the current animation frame; `null` where the page has none. */
  readonly frameMs: () => number | null;
  /** Base map and overlay have drawn what they were given. Called once. */
  readonly onDrawn: () => void;
  /** Base map or overlay drew in the animation frame that began then; once a frame. */
  readonly onFrame: (frameMs: number) => void;
}

/** [GP4] Two engines draw one picture: it is there when both have drawn, and a frame in which both drew is one. */
export function createDrawWatch({ frameMs, onDrawn, onFrame }: DrawWatchOptions): DrawWatch {
  let hasBase = false;
  let hasOverlay = false;
  let isTold = false;
  let countedMs: number | null = null;

  function drew(): void {
    const nowMs = frameMs();
    if (nowMs !== null && nowMs !== countedMs) {
      countedMs = nowMs;
      onFrame(nowMs);
    }
    if (isTold || !hasBase || !hasOverlay) return;
    isTold = true;
    onDrawn();
  }
  return {
    baseDrew(hasAll) {
      hasBase ||= hasAll;
      drew();
    },
    overlayDrew() {
      hasOverlay = true;
      drew();
    },
  };
}
