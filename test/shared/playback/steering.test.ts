import { expect, test } from 'vitest';
import { createPlayhead } from '../../../shared/playback/playhead.ts';
import { isAble, playbackStateOf, steer } from '../../../shared/playback/steering.ts';
import type { CapabilityName } from '../../../shared/protocol/socket.ts';

const channel = 'demo' as const;

test('[SR2] each request does what it says to the playhead, and only that', () => {
  const playhead = createPlayhead({ startMs: 0, elapsedMs: () => 0, isPlaying: false });
  const told = () => playbackStateOf(playhead, { startMs: 0, endMs: null, exercise: null, capabilities: [] });
  const before = told();
  steer(playhead, { channel, action: 'rate', rate: 7 });
  expect(told()).toEqual({ ...before, rate: 7 });
  steer(playhead, { channel, action: 'play' });
  expect(told()).toEqual({ ...before, rate: 7, isPlaying: true });
  steer(playhead, { channel, action: 'pause' });
  steer(playhead, { channel, action: 'chapters', isOn: true });
  expect(told()).toEqual({ ...before, rate: 7, isChaptered: true });
  steer(playhead, { channel, action: 'chapters', isOn: false });
  steer(playhead, { channel, action: 'loop', isOn: true });
  expect(told()).toEqual({ ...before, rate: 7, isLooping: true });
});

test('[SR2] what is able to pause is able to play; the rest goes by its own name', () => {
  const only = (name: CapabilityName) => new Set([name]);
  expect(isAble(only('pause'), { channel, action: 'play' })).toBe(true);
  expect(isAble(only('seek'), { channel, action: 'play' })).toBe(false);
  expect(isAble(only('seek'), { channel, action: 'seek', toMs: 0 })).toBe(true);
  expect(isAble(only('pause'), { channel, action: 'seek', toMs: 0 })).toBe(false);
});
