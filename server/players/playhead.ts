import type { Playhead } from '../ports/player.ts';

export interface PlayheadOptions {
  /** Where it begins, and the earliest place it can be sent to. Epoch ms on the data's axis. */
  readonly startMs: number;
  /** A monotonic clock, handed in. Only its differences are used. */
  readonly elapsedMs: () => number;
  /** Data ms per real ms; 1 by default. */
  readonly rate?: number;
  /** Whether it begins by playing; it does by default. */
  readonly isPlaying?: boolean;
  /** Where it stops by itself. Absent: it goes on for ever. */
  readonly endMs?: number;
}

/** At `endMs` it stops as if paused: it plays again only after a seek back and `play`. */
export function createPlayhead({ startMs, elapsedMs, rate: firstRate = 1, isPlaying: startsPlaying = true, endMs = Number.POSITIVE_INFINITY }: PlayheadOptions): Playhead {
  let anchorDataMs = startMs;
  let anchorElapsedMs = elapsedMs();
  let rate = requireRate(firstRate);
  let isPlaying = startsPlaying;

  /** Every change of speed or place starts a new straight line, so the playhead never jumps by itself. */
  function anchorAt(dataMs: number): void {
    anchorDataMs = Math.min(Math.max(dataMs, startMs), endMs);
    anchorElapsedMs = elapsedMs();
  }

  function advance(): number {
    if (!isPlaying) return anchorDataMs;
    const dataMs = anchorDataMs + (elapsedMs() - anchorElapsedMs) * rate;
    if (dataMs < endMs) return dataMs;
    anchorAt(endMs);
    isPlaying = false;
    return endMs;
  }

  return {
    nowMs: () => Math.floor(advance()),
    get isPlaying() {
      advance();
      return isPlaying;
    },
    get rate() {
      return rate;
    },
    play() {
      anchorAt(advance());
      isPlaying = true;
    },
    pause() {
      anchorAt(advance());
      isPlaying = false;
    },
    setRate(next) {
      anchorAt(advance());
      rate = requireRate(next);
    },
    seek(toMs) {
      advance();
      anchorAt(toMs);
    },
  };
}

function requireRate(rate: number): number {
  if (rate > 0 && Number.isFinite(rate)) return rate;
  throw new Error(`Invariant: a playhead's rate is ${rate}; it must be above 0 and finite. Pause it instead of setting 0.`);
}
