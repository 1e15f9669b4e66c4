import { useCallback, useEffect, useMemo } from 'react';
import { useChannelLink } from '../../catalogue/ChannelProvider.tsx';
import { useMirrorStore, usePlayback } from '../../store/mirrorHooks.tsx';
import { DAY_MS, type Milestone, neighbourMilestone } from './milestones.ts';

/** Noon of a day is inside it whatever a message's lateness. */
const NOON_MS = DAY_MS / 2;

export interface PlaybackControls {
  readonly canSeek: boolean;
  readonly canPause: boolean;
  readonly canSetRate: boolean;
  toggle(): void;
  seek(toMs: number): void;
  goTo(direction: 'previous' | 'next'): void;
  setRate(daysPerSec: number): void;
}

/** What moves the channel's playhead. It is one for every screen that shows the channel. */
export function usePlaybackControls(milestones: readonly Milestone[], nowMs: number): PlaybackControls {
  const link = useChannelLink();
  const { channel } = useMirrorStore();
  const playback = usePlayback();
  return useMemo(() => {
    const can = (name: 'pause' | 'seek' | 'rate') => playback?.capabilities.includes(name) ?? false;
    const seek = (toMs: number) => link.requestPlayback({ channel, action: 'seek', toMs: Math.round(toMs) });
    return {
      canSeek: can('seek'), canPause: can('pause'), canSetRate: can('rate'), seek,
      toggle() {
        const isAtEnd = playback?.endMs != null && nowMs >= playback.endMs - DAY_MS;
        if (playback?.isPlaying !== true && isAtEnd && playback?.startMs != null) seek(playback.startMs);
        link.requestPlayback({ channel, action: playback?.isPlaying === true && !isAtEnd ? 'pause' : 'play' });
      },
      goTo(direction) {
        const milestone = neighbourMilestone(milestones, nowMs, direction);
        if (milestone !== null) seek(milestone.completeMs + NOON_MS);
      },
      setRate: (daysPerSec) => link.requestPlayback({ channel, action: 'rate', rate: (daysPerSec * DAY_MS) / 1_000 }),
    };
  }, [link, channel, playback, milestones, nowMs]);
}

/** A key pressed on a control belongs to the control. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, input, a, [role="slider"]') !== null;
}

/** Space plays and pauses; ← and → go from milestone to milestone. */
export function usePlaybackKeys({ toggle, goTo }: Pick<PlaybackControls, 'toggle' | 'goTo'>): void {
  const handleKey = useCallback((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isControl(event.target)) return;
    if (event.key === ' ') toggle();
    else if (event.key === 'ArrowRight') goTo('next');
    else if (event.key === 'ArrowLeft') goTo('previous');
    else return;
    event.preventDefault();
  }, [toggle, goTo]);
  useEffect(() => {
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [handleKey]);
}
