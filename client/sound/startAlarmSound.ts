import { type Alarm, isAnnunciated } from '../../shared/domain/alarm.ts';
import type { MirrorStore } from '../store/createMirrorStore.ts';
import { isPlayedBack } from '../store/mirrorState.ts';
import { muteLeftMs, SILENT, sound, toggleMute } from './alarmSound.ts';
import type { Speaker } from './createSpeaker.ts';

const MINUTE_MS = 60_000;

export interface SoundStatus {
  /** The browser lets the page sound only after a key press or a touch. */
  readonly isWaiting: boolean;
  /** Begun minutes of silence that are left; `null`: not muted. */
  readonly mutedMinutes: number | null;
}

export interface AlarmSounding {
  /** The same object while it says the same. */
  getStatus(): SoundStatus;
  subscribe(listener: () => void): () => void;
  toggleMute(): void;
  close(): void;
}

/** Follows the store itself, not its rendering: two messages drawn at once are still two messages. `isHeard`: alarms of this screen's place; what a cause explains or a shelf hides is never heard. */
export function startAlarmSound(store: MirrorStore, speaker: Speaker, isHeard: (alarm: Alarm) => boolean = () => true): AlarmSounding {
  const listeners = new Set<() => void>();
  let held = SILENT;
  let status: SoundStatus = { isWaiting: !speaker.isAllowed, mutedMinutes: null };

  function tell(): void {
    const leftMs = muteLeftMs(held);
    const next = { isWaiting: !speaker.isAllowed, mutedMinutes: leftMs === null ? null : Math.ceil(leftMs / MINUTE_MS) };
    if (next.isWaiting === status.isWaiting && next.mutedMinutes === status.mutedMinutes) return;
    status = next;
    for (const listener of listeners) listener();
  }

  function step(): void {
    const { alarms, alarmSnapshots, serverNowMs: nowMs, playback, link } = store.getState();
    if (nowMs === 0) return;
    const isLinkLive = link.state === 'live';
    const next = sound(held, { alarms: alarms.filter((alarm) => isAnnunciated(alarm) && isHeard(alarm)), alarmSnapshots, nowMs, isPlayedBack: isPlayedBack(playback), isLinkLive });
    held = next.held;
    if (!isLinkLive) speaker.stop();
    if (next.sound !== null) speaker.play(next.sound);
    tell();
  }

  const unsubscribe = store.subscribe(step);
  const stopHearing = speaker.onAllowed(tell);
  step();
  return {
    getStatus: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    toggleMute() {
      held = toggleMute(held);
      if (held.mutedUntilMs !== null) speaker.stop();
      step();
      tell();
    },
    close() {
      unsubscribe();
      stopHearing();
      speaker.close();
    },
  };
}
