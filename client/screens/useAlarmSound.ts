import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useRoot } from '../catalogue/RootLocality.tsx';
import { createSpeaker } from '../sound/createSpeaker.ts';
import { type AlarmSounding, type SoundStatus, startAlarmSound } from '../sound/startAlarmSound.ts';
import { useMirrorStore } from '../store/mirrorHooks.tsx';
import { isTyping } from './isTyping.ts';

export interface AlarmSoundSwitch {
  readonly isOn: boolean;
  /** `null`: switched off. */
  readonly status: SoundStatus | null;
  toggle(): void;
  toggleMute(): void;
}

const DEFAULT_VOLUME = 0.6;

/** `?volume=` in percent; a wall has no one to ask, so what cannot be read is the default. */
export function volumeFrom(search: URLSearchParams): number {
  const text = search.get('volume');
  const percent = Number(text);
  return text === null || text.trim() === '' || !Number.isFinite(percent) ? DEFAULT_VOLUME : Math.min(100, Math.max(0, percent)) / 100;
}

const readAddress = () => new URLSearchParams(window.location.search);
const hearNothing = () => () => {};

/** As the view is kept in the address: without the router, for which it would be another page. */
function keepInAddress(isOn: boolean): void {
  const search = readAddress();
  if (isOn) search.set('sound', 'on');
  else search.delete('sound');
  const query = search.toString();
  window.history.replaceState(window.history.state, '', window.location.pathname + (query === '' ? '' : `?${query}`));
}

/** What another screen's address needs to sound as this one does. */
export function soundSearch(): string {
  const volume = readAddress().get('volume');
  return new URLSearchParams({ sound: 'on', ...(volume !== null && { volume }) }).toString();
}

function useSounding(isOn: boolean): AlarmSounding | null {
  const store = useMirrorStore();
  const root = useRoot();
  const [sounding, setSounding] = useState<AlarmSounding | null>(null);
  useEffect(() => {
    if (!isOn) return;
    const speaker = createSpeaker(volumeFrom(readAddress()));
    const started = startAlarmSound(store, speaker, ({ localityCode }) => root.isNation || root.contains(localityCode));
    const handleGesture = () => speaker.allow();
    const gestures = ['keydown', 'pointerdown'] as const;
    // The key that switches sound on is itself the gesture.
    speaker.allow();
    for (const gesture of gestures) window.addEventListener(gesture, handleGesture);
    setSounding(started);
    return () => {
      for (const gesture of gestures) window.removeEventListener(gesture, handleGesture);
      started.close();
      setSounding(null);
    };
  }, [store, root, isOn]);
  return sounding;
}

/** [SD8] Off unless the address says `sound=on`; S switches it, M mutes it for ten minutes. The same on every screen that follows a channel. */
export function useAlarmSound(): AlarmSoundSwitch {
  const [isOn, setIsOn] = useState(() => readAddress().get('sound') === 'on');
  const sounding = useSounding(isOn);
  const status = useSyncExternalStore(sounding?.subscribe ?? hearNothing, () => sounding?.getStatus() ?? null);
  const toggle = useCallback(() => { keepInAddress(!isOn); setIsOn(!isOn); }, [isOn]);
  const toggleMute = useCallback(() => sounding?.toggleMute(), [sounding]);
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key === 's') toggle();
      else if (key === 'm') toggleMute();
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [toggle, toggleMute]);
  return { isOn, status, toggle, toggleMute };
}
