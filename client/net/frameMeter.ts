import type { WallReport } from '../../shared/protocol/socket.ts';

/** More than five seconds of the fastest screens; beyond it frames are counted but not timed. */
const MOST_GAPS = 2_000;

/** Counts a page's animation frames and times them from one to the next. */
export interface FrameMeter {
  frame(nowMs: number): void;
  /** Of the frames since it was last asked. */
  take(nowMs: number): WallReport['frames'];
}

export function createFrameMeter(startMs: number): FrameMeter {
  let gapsMs: number[] = [];
  let drawn = 0;
  let lastMs: number | null = null;
  let takenMs = startMs;
  return {
    frame(nowMs) {
      drawn += 1;
      if (lastMs !== null && gapsMs.length < MOST_GAPS) gapsMs.push(nowMs - lastMs);
      lastMs = nowMs;
    },
    take(nowMs) {
      const sorted = gapsMs.sort((a, b) => a - b);
      const frames = { drawn, overMs: nowMs - takenMs, medianMs: sorted[Math.floor(sorted.length / 2)] ?? null, maxMs: sorted.at(-1) ?? null };
      gapsMs = [];
      drawn = 0;
      takenMs = nowMs;
      return frames;
    },
  };
}
