import type { PastDto } from '../../../../shared/protocol/past.ts';
import type { PlaybackState } from '../../../../shared/protocol/socket.ts';
import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { createMirrorStore, type MirrorStore } from '../../../store/createMirrorStore.ts';
import { withAlarms } from '../../../store/mirrorState.ts';

interface PastPicture {
  readonly topic: string;
  /** A snapshot frame of the topic; `null`: not here yet, and nothing is shown of any time. */
  readonly frame: Uint8Array | null;
  /** `null`: not here yet, so nothing is said of alarms. */
  readonly past: PastDto | null;
}

/** Stands still, and can be sought in: no panel takes it for what happens now. */
const stoppedAt = (atMs: number, startMs: number | null): PlaybackState => ({
  nowMs: atMs, rate: 1, isPlaying: false, startMs, endMs: null, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: ['seek'],
});

/** A mirror of one past moment, its clocks stopped there; every panel reads it as it does the live one. */
export function createPastStore({ table, edition }: Catalogue, { channel }: Pick<MirrorStore, 'channel'>, atMs: number, { topic, frame, past }: PastPicture): MirrorStore {
  const store = createMirrorStore({ table, channel, edition, scheduleFrame: (flush) => flush() });
  store.follow(topic);
  store.setState({
    link: { state: 'live', sinceMs: atMs, attempt: 0, retryInMs: null }, serverNowMs: atMs, dataNowMs: atMs,
    playback: stoppedAt(atMs, past?.beginsAtMs ?? null),
    ...(past?.alarms != null && { alarms: withAlarms([], past.alarms), alarmSnapshots: 1 }),
  });
  if (frame !== null) store.takeFrame(frame);
  return store;
}
