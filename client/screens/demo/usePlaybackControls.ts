import { useCallback, useEffect, useMemo } from 'react';
import { DAY_MS } from '../../../shared/domain/instant.ts';
import type { Milestone } from '../../../shared/domain/milestones.ts';
import type { CapabilityName } from '../../../shared/protocol/socket.ts';
import { useChannelLink } from '../../catalogue/ChannelProvider.tsx';
import { useMirrorStore, usePlayback } from '../../store/mirrorHooks.tsx';
import { neighbourMilestone } from './milestones.ts';
import { daysPerSec, rateStep } from './playbackRates.ts';

export interface PlaybackControls {
  can(what: CapabilityName): boolean;
  toggle(): void;
  /** Whatever it does. */
  pause(): void;
  seek(toMs: number): void;
  goTo(direction: 'previous' | 'next'): void;
  setRate(daysPerSec: number): void;
  stepRate(direction: 'faster' | 'slower'): void;
  toggleChapters(): void;
  toggleLoop(): void;
}

/** What moves the channel's playhead. It is one for every screen that shows the channel. */
export function usePlaybackControls(milestones: readonly Milestone[], nowMs: number): PlaybackControls {
  const link = useChannelLink();
  const { channel } = useMirrorStore();
  const playback = usePlayback();
  return useMemo(() => {
    const seek = (toMs: number) => link.requestPlayback({ channel, action: 'seek', toMs: Math.round(toMs) });
    const setRate = (days: number) => link.requestPlayback({ channel, action: 'rate', rate: (days * DAY_MS) / 1_000 });
    return {
      can: (what) => playback?.capabilities.includes(what) ?? false,
      seek, setRate,
      pause: () => link.requestPlayback({ channel, action: 'pause' }),
      toggle() {
        const isAtEnd = playback?.endMs != null && nowMs >= playback.endMs - DAY_MS;
        if (playback?.isPlaying !== true && isAtEnd && playback?.startMs != null) seek(playback.startMs);
        link.requestPlayback({ channel, action: playback?.isPlaying === true && !isAtEnd ? 'pause' : 'play' });
      },
      goTo(direction) {
        const milestone = neighbourMilestone(milestones, nowMs, direction);
        if (milestone !== null) seek(milestone.completeMs);
      },
      stepRate(direction) {
        const step = playback === null ? null : rateStep(daysPerSec(playback.rate), direction);
        if (step !== null) setRate(step);
      },
      toggleChapters: () => link.requestPlayback({ channel, action: 'chapters', isOn: playback?.isChaptered !== true }),
      toggleLoop: () => link.requestPlayback({ channel, action: 'loop', isOn: playback?.isLooping !== true }),
    };
  }, [link, channel, playback, milestones, nowMs]);
}

/** Controls that a key moves or presses themselves. Arrows on a button just pressed are still the replay's. */
function isTakenBy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.closest(key === ' ' ? 'button, a, input, [role="slider"]' : 'input, [role="slider"]') !== null;
}

/** Space plays and pauses; ← → go from milestone to milestone; ↑ ↓ change the speed; C is for chapters, L for the loop. */
export function usePlaybackKeys(controls: PlaybackControls): void {
  const handleKey = useCallback((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTakenBy(event.target, event.key)) return;
    const act = {
      ' ': controls.toggle,
      ArrowRight: () => controls.goTo('next'), ArrowLeft: () => controls.goTo('previous'),
      ArrowUp: () => controls.stepRate('faster'), ArrowDown: () => controls.stepRate('slower'),
      c: controls.toggleChapters, l: controls.toggleLoop,
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    act();
    event.preventDefault();
  }, [controls]);
  useEffect(() => {
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [handleKey]);
}
