import type { PlaybackState } from '../../../shared/protocol/socket.ts';

/** A straight line through the last known place of the playhead. `frameMs` is on the page's animation clock. */
export interface ClockLine {
  readonly dataMs: number;
  /** It sets off then: later than now while it rests. */
  readonly frameMs: number;
  /** Data ms per real ms; 0 while paused. */
  readonly rate: number;
  /** Where it stops by itself, until the server says that it goes on. */
  readonly limitMs: number;
}

/** Heartbeats come every 2 s; a place further back than this much playing is a seek, not a late message. */
const JITTER_MS = 3_000;

export function clockAt({ dataMs, frameMs, rate, limitMs }: ClockLine, atFrameMs: number): number {
  return Math.min(limitMs, dataMs + Math.max(0, atFrameMs - frameMs) * rate);
}

/**
 * The line from here on, after the server said where the playhead is. While it plays, a message that was late by some milliseconds
 * may not turn the date back: the line goes on from where the date stands. A seek or another rate starts anew. Pure.
 */
export function followPlayback(line: ClockLine | null, playback: Pick<PlaybackState, 'nowMs' | 'rate' | 'isPlaying' | 'restLeftMs' | 'stopMs' | 'endMs'>, atFrameMs: number): ClockLine {
  const rate = playback.isPlaying ? playback.rate : 0;
  const said: ClockLine = {
    dataMs: playback.nowMs, frameMs: atFrameMs + playback.restLeftMs, rate, limitMs: playback.stopMs ?? playback.endMs ?? Number.POSITIVE_INFINITY,
  };
  if (line === null || line.rate !== rate || rate === 0) return said;
  const shownMs = clockAt(line, atFrameMs);
  const isLate = playback.nowMs < shownMs && shownMs - playback.nowMs < JITTER_MS * rate;
  return isLate ? { ...said, dataMs: shownMs } : said;
}
