import type { Playhead } from '../../shared/playback/playhead.ts';

/**
 * "Now" is the server's own clock, at its own pace; there is nothing to steer. A clock set back holds still until it has
 * caught up, so that no reading grows younger ([PL9]).
 */
export function createWallClockPlayhead(clockMs: () => number): Playhead {
  let newestMs = Number.NEGATIVE_INFINITY;
  const refuse = () => {
    throw new Error('Invariant: the wall-clock playhead cannot be steered; ask the player for its capabilities first.');
  };
  return {
    nowMs() {
      newestMs = Math.max(newestMs, clockMs());
      return newestMs;
    },
    isPlaying: true,
    rate: 1,
    restLeftMs: 0, stopMs: null, isChaptered: false, isLooping: false, isDueAgain: false,
    play: refuse, pause: refuse, setRate: refuse, setChapters: refuse, setLoop: refuse, seek: refuse,
  };
}
