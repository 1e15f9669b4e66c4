import { createContext, type ReactNode, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { IndicatorId, LocalityCode } from '../../shared/domain/ids.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import type { PlaybackState, SourceHealth, WallTrouble } from '../../shared/protocol/socket.ts';
import type { MirrorStore } from './createMirrorStore.ts';
import { type LinkStatus, type MirrorState, type Refusal, refusalOf } from './mirrorState.ts';
import { type Reading, selectReading } from './selectReading.ts';

const MirrorContext = createContext<MirrorStore | null>(null);

/** Which channel's mirror the hooks below read. */
export function MirrorProvider({ store, children }: { readonly store: MirrorStore; readonly children: ReactNode }) {
  return <MirrorContext value={store}>{children}</MirrorContext>;
}

export function useMirrorStore(): MirrorStore {
  const store = useContext(MirrorContext);
  if (store === null) throw new Error('Invariant: a reading was asked for outside <MirrorProvider>.');
  return store;
}

/** `select` must return the same reference while what it selects is unchanged. */
function useMirror<T>(select: (state: MirrorState) => T): T {
  const store = useMirrorStore();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

/** Renders again only when this reading changed, at most once per animation frame. `undefined`: that series does not exist. */
export function useReading(localityCode: LocalityCode | string, indicatorId: IndicatorId | string): Reading | undefined {
  const store = useMirrorStore();
  const index = store.table.indexOf(localityCode, indicatorId);
  const getSnapshot = useCallback(() => (index === undefined ? undefined : selectReading(store, index)), [store, index]);
  return useSyncExternalStore(store.subscribe, getSnapshot);
}

/** For views over many series: grows when any reading changed. */
export function useVersion(): number {
  return useMirror((state) => state.version);
}

export function useLink(): LinkStatus {
  return useMirror((state) => state.link);
}

/** Why this page has no link; `null`: it has one, or the server is only silent. */
export function useRefusal(): Refusal | null {
  return useMirror(({ problems, link }) => (link.state === 'live' ? null : refusalOf(problems)));
}

export function usePlayback(): PlaybackState | null {
  return useMirror((state) => state.playback);
}

export function useSources(): SourceHealth | null {
  return useMirror((state) => state.sources);
}

export function useWallTroubles(): readonly WallTrouble[] {
  return useMirror((state) => state.wallTroubles);
}

/** [LD1] As the server counts them; `null`: not known. */
export function useCountedAlarmLoad(): number | null {
  return useMirror((state) => state.alarmLoad);
}

export function useAlarms(): readonly Alarm[] {
  return useMirror((state) => state.alarms);
}

/** `false`: the server has not said yet which alarms are open, so that none of them says nothing. */
export function useAreAlarmsKnown(): boolean {
  return useMirror((state) => state.alarmSnapshots > 0);
}

export function useIsNewBuild(): boolean {
  return useMirror((state) => state.isNewBuild);
}

/** `null`: what is shown came from the server. */
export function useKept(): MirrorState['kept'] {
  return useMirror((state) => state.kept);
}

interface Now {
  readonly serverNowMs: number;
  /** What was shown fresh or dead at this moment still is: in a kept picture, the moment it was kept. */
  readonly dataNowMs: number;
  /** What ages are told by: they go on in a kept picture. On the data's axis. */
  readonly ageNowMs: number;
}

/** Once a second. */
export function useNow(): Now {
  const serverNowMs = useMirror((state) => state.serverNowMs);
  const dataNowMs = useMirror((state) => state.dataNowMs);
  const kept = useKept();
  const ageNowMs = kept === null ? dataNowMs : kept.dataTimeMs + (serverNowMs - kept.atMs);
  return useMemo(() => ({ serverNowMs, dataNowMs, ageNowMs }), [serverNowMs, dataNowMs, ageNowMs]);
}
