import type { PlaybackState } from '../../shared/protocol/socket.ts';

/** Beyond this the server's clock was set, or ours stood still: start anew instead of averaging. */
const STEP_MS = 5000;
/** A message is late by what the network took, never early: a larger offset is better at once, a smaller one is drift, followed slowly. */
const DRIFT_PART = 0.1;

/** The server's time and the playhead's, counted on by this page's monotonic clock: the wall clock may be wrong or be set. */
export interface ServerClock {
  observe(serverTimeMs: number): void;
  observePlayback(playback: PlaybackState, serverTimeMs: number): void;
  serverNowMs(): number;
  dataNowMs(): number;
}

export function createServerClock(monotonicMs: () => number, wallMs: () => number): ServerClock {
  let offsetMs = wallMs() - monotonicMs();
  let isObserved = false;
  let playback: PlaybackState | null = null;
  let playbackAtMs = 0;
  const serverNowMs = () => monotonicMs() + offsetMs;
  return {
    observe(serverTimeMs) {
      const sampleMs = serverTimeMs - monotonicMs();
      const isStep = !isObserved || Math.abs(sampleMs - offsetMs) > STEP_MS;
      offsetMs = isStep || sampleMs > offsetMs ? sampleMs : offsetMs + (sampleMs - offsetMs) * DRIFT_PART;
      isObserved = true;
    },
    observePlayback(next, serverTimeMs) {
      playback = next;
      playbackAtMs = serverTimeMs;
    },
    serverNowMs,
    dataNowMs() {
      if (playback === null) return serverNowMs();
      const movedMs = playback.isPlaying ? Math.max(0, serverNowMs() - playbackAtMs - playback.restLeftMs) * playback.rate : 0;
      return Math.min(playback.nowMs + movedMs, playback.stopMs ?? playback.endMs ?? Number.POSITIVE_INFINITY);
    },
  };
}
