/** Where "now" is on the data's axis. Time is given: `elapsedMs` is a monotonic clock handed in. */
export interface Playhead {
  nowMs(): number;
  readonly isPlaying: boolean;
  /** Data ms per real ms. */
  readonly rate: number;
  /** Real ms it still rests at the stop it has come to, then it goes on; 0: it does not rest. */
  readonly restLeftMs: number;
  /** The next place at which it stops by itself; `null`: none before its end. */
  readonly stopMs: number | null;
  /** At a stop it waits for `play` instead of resting. */
  readonly isChaptered: boolean;
  /** At its end it is to begin anew. */
  readonly isLooping: boolean;
  /** It has come to its end, has rested there, and is to begin anew: seek it to the start and play. */
  readonly isDueAgain: boolean;
  play(): void;
  pause(): void;
  setRate(rate: number): void;
  setChapters(isOn: boolean): void;
  setLoop(isOn: boolean): void;
  seek(toMs: number): void;
}

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
  /** Places on the way at which it rests, ascending. None by default. */
  readonly stopsMs?: readonly number[];
  /** How long it rests at each. Real ms; 12 s by default (UI.md §13). */
  readonly restMs?: number;
}

const REST_MS = 12_000;

/** `resting`: it plays, and stands at a stop for a while. */
type Phase = 'paused' | 'moving' | 'resting';

/**
 * At a stop it rests, or in chapters waits for `play`. At `endMs` it stops as if paused, and plays again only after a seek back
 * and `play`; to begin anew by itself is not in its power, because everything played must be forgotten: see `isDueAgain`.
 */
export function createPlayhead(options: PlayheadOptions): Playhead {
  const { startMs, elapsedMs, endMs = Number.POSITIVE_INFINITY, stopsMs = [], restMs = REST_MS } = options;
  let rate = requireRate(options.rate ?? 1);
  let phase: Phase = options.isPlaying === false ? 'paused' : 'moving';
  let isChaptered = false;
  let isLooping = false;
  let isDueAgain = false;
  /** Where it was when the phase began, or was last changed: a straight line starts here, so it never jumps by itself. */
  let anchorDataMs = startMs;
  let anchorElapsedMs = elapsedMs();

  const stopAfter = (dataMs: number) => stopsMs.find((stopMs) => stopMs > dataMs) ?? null;

  function arrive(): Phase {
    if (anchorDataMs >= endMs) return isLooping ? 'resting' : 'paused';
    return isChaptered ? 'paused' : 'resting';
  }

  /** Passes every stop and rest that lies behind by now. */
  function advance(): number {
    const nowElapsedMs = elapsedMs();
    while (phase !== 'paused') {
      if (phase === 'resting') {
        if (nowElapsedMs < anchorElapsedMs + restMs) break;
        anchorElapsedMs += restMs;
        isDueAgain = anchorDataMs >= endMs;
        phase = isDueAgain ? 'paused' : 'moving';
      } else {
        const stopMs = stopAfter(anchorDataMs) ?? endMs;
        const dataMs = anchorDataMs + (nowElapsedMs - anchorElapsedMs) * rate;
        if (dataMs < stopMs) return dataMs;
        anchorElapsedMs += (stopMs - anchorDataMs) / rate;
        anchorDataMs = stopMs;
        phase = arrive();
      }
    }
    return anchorDataMs;
  }

  /** From where it is now on, by what has been changed. A rest goes on. */
  function anchorHere(): void {
    const dataMs = advance();
    if (phase === 'resting') return;
    anchorDataMs = dataMs;
    anchorElapsedMs = elapsedMs();
  }

  return {
    nowMs: () => Math.floor(advance()),
    get isPlaying() {
      advance();
      return phase !== 'paused';
    },
    get rate() {
      return rate;
    },
    get restLeftMs() {
      advance();
      return phase === 'resting' ? anchorElapsedMs + restMs - elapsedMs() : 0;
    },
    get stopMs() {
      return stopAfter(advance());
    },
    get isChaptered() {
      return isChaptered;
    },
    get isLooping() {
      return isLooping;
    },
    get isDueAgain() {
      advance();
      return isDueAgain;
    },
    play() {
      anchorDataMs = advance();
      anchorElapsedMs = elapsedMs();
      phase = anchorDataMs < endMs ? 'moving' : 'paused';
    },
    pause() {
      anchorHere();
      phase = 'paused';
      isDueAgain = false;
    },
    setRate(next) {
      anchorHere();
      rate = requireRate(next);
    },
    setChapters(isOn) {
      advance();
      isChaptered = isOn;
      if (phase === 'resting' && isOn && anchorDataMs < endMs) phase = 'paused';
    },
    setLoop(isOn) {
      advance();
      isLooping = isOn;
      if (isOn) return;
      isDueAgain = false;
      if (phase === 'resting' && anchorDataMs >= endMs) phase = 'paused';
    },
    seek(toMs) {
      advance();
      anchorDataMs = Math.min(Math.max(toMs, startMs), endMs);
      anchorElapsedMs = elapsedMs();
      isDueAgain = false;
      if (phase !== 'paused') phase = anchorDataMs >= endMs || stopsMs.includes(anchorDataMs) ? arrive() : 'moving';
    },
  };
}

function requireRate(rate: number): number {
  if (rate > 0 && Number.isFinite(rate)) return rate;
  throw new Error(`Invariant: a playhead's rate is ${rate}; it must be above 0 and finite. Pause it instead of setting 0.`);
}
