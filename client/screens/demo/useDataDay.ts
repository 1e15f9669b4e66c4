import { useEffect, useRef, useState } from 'react';
import { DAY_MS, startOfDayMs } from '../../../shared/domain/instant.ts';
import { useLink, useMirrorStore } from '../../store/mirrorHooks.tsx';
import { type ClockLine, clockAt, followPlayback } from './dataClock.ts';

const FIRST_DAY_MS = startOfDayMs('1970-01-02');

/** Start of the day in Vietnam that holds `atMs`. */
function dayOf(atMs: number): number {
  return FIRST_DAY_MS + Math.floor((atMs - FIRST_DAY_MS) / DAY_MS) * DAY_MS;
}

/**
 * The day in the data, running smoothly between the server's messages on the page's animation clock. It stands still while the link
 * is lost: nobody knows whether the replay goes on. `null` before the first message.
 */
export function useDataDay(): number | null {
  const store = useMirrorStore();
  const isLost = useLink().state === 'lost';
  const [day, setDay] = useState<number | null>(null);
  const line = useRef<ClockLine | null>(null);
  useEffect(() => {
    if (isLost) return undefined;
    let seenPlayback = line.current === null ? null : store.getState().playback;
    let seenEpoch = store.position?.epoch;
    let frame = 0;
    const step = (frameMs: number) => {
      const { playback } = store.getState();
      const epoch = store.position?.epoch;
      // Another epoch is another place: a seek back by a little is no late message.
      const isElsewhere = epoch !== seenEpoch;
      if (playback !== null && (isElsewhere || playback !== seenPlayback)) line.current = followPlayback(isElsewhere ? null : line.current, playback, frameMs);
      seenPlayback = playback;
      seenEpoch = epoch;
      if (line.current !== null) setDay(dayOf(clockAt(line.current, frameMs)));
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [store, isLost]);
  return day;
}
