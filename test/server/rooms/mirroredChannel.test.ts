import { expect, test } from 'vitest';
import { playbackAfter } from '../../../server/rooms/mirroredChannel.ts';
import type { PlaybackState } from '../../../shared/protocol/socket.ts';

const aPlayback = (parts: Partial<PlaybackState> = {}): PlaybackState => ({
  nowMs: 10_000, rate: 2, isPlaying: true, startMs: 0, endMs: 20_000, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: [], ...parts,
});

test.each([
  { what: 'one that moves goes on at its rate', playback: aPlayback(), after: { nowMs: 11_000 } },
  { what: 'one that is paused stands', playback: aPlayback({ isPlaying: false }), after: { nowMs: 10_000 } },
  { what: 'one that rests stands, and rests shorter', playback: aPlayback({ restLeftMs: 700 }), after: { nowMs: 10_000, restLeftMs: 200 } },
  { what: 'it passes no stop', playback: aPlayback({ stopMs: 10_400 }), after: { nowMs: 10_400 } },
  { what: 'nor its end', playback: aPlayback({ endMs: 10_300 }), after: { nowMs: 10_300 } },
])('[MC2] between two words of the primary the playhead is reckoned on: $what', ({ playback, after }) => {
  expect(playbackAfter(playback, 500)).toEqual({ ...playback, ...after });
});
