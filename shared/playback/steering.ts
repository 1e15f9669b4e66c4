import type { CapabilityName, Playback, PlaybackState } from '../protocol/socket.ts';
import type { Playhead } from './playhead.ts';

const NEEDED: Readonly<Record<Playback['action'], CapabilityName>> = { play: 'pause', pause: 'pause', seek: 'seek', rate: 'rate', chapters: 'chapters', loop: 'loop' };

/** Whether what is played can be steered so. */
export function isAble(capabilities: ReadonlySet<CapabilityName>, { action }: Playback): boolean {
  return capabilities.has(NEEDED[action]);
}

/** Everything but a seek, which is more than the playhead's affair: what was played must be forgotten. */
export function steer(playhead: Playhead, request: Exclude<Playback, { readonly action: 'seek' }>): void {
  if (request.action === 'play') playhead.play();
  else if (request.action === 'pause') playhead.pause();
  else if (request.action === 'rate') playhead.setRate(request.rate);
  else if (request.action === 'chapters') playhead.setChapters(request.isOn);
  else playhead.setLoop(request.isOn);
}

/** What screens are told of a playhead, and of what it plays. */
export function playbackStateOf(playhead: Playhead, played: Pick<PlaybackState, 'startMs' | 'endMs' | 'exercise' | 'capabilities'>): PlaybackState {
  return {
    nowMs: playhead.nowMs(), rate: playhead.rate, isPlaying: playhead.isPlaying, stopMs: playhead.stopMs, restLeftMs: playhead.restLeftMs,
    isChaptered: playhead.isChaptered, isLooping: playhead.isLooping, ...played,
  };
}
