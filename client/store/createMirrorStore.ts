import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChannelId, EditionId } from '../../shared/domain/ids.ts';
import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import { applyFrame } from '../../shared/frame/applyFrame.ts';
import { FrameError, type HeldPosition, type SeriesRange } from '../../shared/frame/frame.ts';
import { readFrameHeader } from '../../shared/frame/frameHeader.ts';
import { decimalsOf, topicRanges } from '../../shared/frame/topicRanges.ts';
import type { MirrorState } from './mirrorState.ts';
import type { Reading } from './selectReading.ts';

export interface MirrorStoreOptions {
  readonly table: SeriesTable;
  readonly channel: ChannelId;
  readonly edition: EditionId;
  /** Runs a callback before the next paint; `requestAnimationFrame` where there is one. */
  readonly scheduleFrame?: (flush: () => void) => void;
}

/** `needs-resync`: the frame does not continue what is held; ask once. `ignored`: not for us, known already, or a resync is awaited. */
type FrameOutcome = 'applied' | 'ignored' | 'needs-resync';

export interface MirrorStore extends StoreApi<MirrorState> {
  readonly table: SeriesTable;
  readonly channel: ChannelId;
  /** Written by `takeFrame` only, at once; `version` tells about it before the next paint. */
  readonly columns: ReadingColumns;
  /** By series: the revision that last changed it. Compare with what `revision` was. */
  readonly changedAt: Uint32Array;
  /** Counts applied frames that changed anything. */
  readonly revision: number;
  /** Changes up to this revision are not news: a snapshot brought them, or they came before the link was live. */
  readonly newsAfter: number;
  /** What is followed; `null`: nothing yet. */
  readonly topic: string | null;
  /** What a delta must continue; `null`: a snapshot is needed. */
  readonly position: HeldPosition | null;
  /** Readings made so far, for `selectReading`. */
  readonly readingCache: (Reading | undefined)[];
  readonly readingCacheAt: Uint32Array;
  /** Only frames of this topic are taken from now on. What another topic showed stays until the first snapshot of this one. */
  follow(topic: string): void;
  takeFrame(bytes: Uint8Array): FrameOutcome;
  /** [OF8] A snapshot of an earlier visit: shown, and never continued. `false`: not one of what is followed, and nothing was changed. */
  takeKept(bytes: Uint8Array): boolean;
  /** [M2] Deltas are ignored until a snapshot comes. */
  waitForResync(): void;
  /** Told once per animation frame with the ascending series that changed. Returns the unsubscribe function. */
  subscribeChanges(listener: (changed: Uint32Array) => void): () => void;
}

function defaultSchedule(flush: () => void): void {
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(flush);
  else queueMicrotask(flush);
}

const initialState = (edition: EditionId): MirrorState => ({
  version: 0, edition, epoch: null, seq: null, link: { state: 'connecting', sinceMs: 0, attempt: 0, retryInMs: null }, isWaitingForResync: false,
  playback: null, sources: null, wallTroubles: [], alarmLoad: null, confirmed: null, kept: null, alarms: [], alarmSnapshots: 0, problems: [], serverNowMs: 0, dataNowMs: 0, isNewBuild: false,
});

/** The client's copy of one channel: the same columns as the server's, and what a screen must know beside them. */
export function createMirrorStore({ table, channel, edition, scheduleFrame = defaultSchedule }: MirrorStoreOptions): MirrorStore {
  const seriesCount = table.series.length;
  const columns = createReadingColumns(seriesCount);
  const decimals = decimalsOf(table);
  const state = createStore<MirrorState>(() => initialState(edition));
  const changedAt = new Uint32Array(seriesCount);
  const listeners = new Set<(changed: Uint32Array) => void>();
  let revision = 0;
  let newsAfter = 0;
  let position: HeldPosition | null = null;
  let topic: string | null = null;
  let isOtherTopicHeld = false;
  let isFlushScheduled = false;

  function flush(): void {
    isFlushScheduled = false;
    const { version } = state.getState();
    if (revision !== version && listeners.size > 0) {
      const changed = seriesChangedSince(changedAt, version);
      for (const listener of listeners) listener(changed);
    }
    state.setState({ version: revision, epoch: position?.epoch ?? null, seq: position?.seq ?? null });
  }

  function noteChanged(changed: Uint32Array): void {
    if (changed.length > 0) revision += 1;
    for (let k = 0; k < changed.length; k++) changedAt[changed[k] ?? 0] = revision;
    if (isFlushScheduled) return;
    isFlushScheduled = true;
    scheduleFrame(flush);
  }

  function waitForResync(): void {
    if (!state.getState().isWaitingForResync) state.setState({ isWaitingForResync: true });
  }

  function takeFrame(bytes: Uint8Array): FrameOutcome {
    try {
      const header = readFrameHeader(bytes);
      if (header.channel !== channel || header.topic !== topic) return 'ignored';
      const isKnown = position !== null && header.epoch === position.epoch && header.seq <= position.seq;
      if (header.kind === 'delta' && (isKnown || state.getState().isWaitingForResync)) return 'ignored';
      const { changed } = applyFrame(columns, bytes, position, decimals);
      position = { epoch: header.epoch, seq: header.seq };
      noteChanged(changed);
      if (header.kind === 'snapshot') {
        if (isOtherTopicHeld) noteChanged(forgetOutside(columns, topicRanges(table, topic) ?? []));
        isOtherTopicHeld = false;
        if (state.getState().isWaitingForResync) state.setState({ isWaitingForResync: false });
      }
      if (header.kind === 'snapshot' || state.getState().link.state !== 'live') newsAfter = revision;
      return 'applied';
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      waitForResync();
      return 'needs-resync';
    }
  }

  return {
    ...state,
    table, channel, columns, changedAt,
    get revision() { return revision; },
    get newsAfter() { return newsAfter; },
    get topic() { return topic; },
    get position() { return position; },
    readingCache: new Array<Reading | undefined>(seriesCount),
    readingCacheAt: new Uint32Array(seriesCount),
    follow(next) {
      if (next === topic) return;
      if (topicRanges(table, next) === undefined) throw new Error(`Invariant: topic "${next}" is not in this edition.`);
      isOtherTopicHeld = topic !== null;
      topic = next;
      position = null;
      if (state.getState().kept !== null) state.setState({ kept: null });
    },
    takeFrame,
    takeKept(bytes) {
      const isTaken = takeFrame(bytes) === 'applied';
      position = null;
      if (state.getState().isWaitingForResync) state.setState({ isWaitingForResync: false });
      return isTaken;
    },
    waitForResync,
    subscribeChanges(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
  };
}

function seriesChangedSince(changedAt: Uint32Array, revision: number): Uint32Array {
  const found = new Uint32Array(changedAt.length);
  let count = 0;
  for (let index = 0; index < changedAt.length; index++) if ((changedAt[index] ?? 0) > revision) found[count++] = index;
  return found.subarray(0, count);
}

/** Ascending indices of what lies outside `ranges`, all of it forgotten: nobody tells us about it any more. */
function forgetOutside(columns: ReadingColumns, ranges: readonly SeriesRange[]): Uint32Array {
  const forgotten = new Uint32Array(columns.seriesCount);
  let count = 0;
  let start = 0;
  for (const [insideStart, insideEnd] of [...ranges, [columns.seriesCount, columns.seriesCount] as const]) {
    for (let index = start; index < insideStart; index++) forgotten[count++] = index;
    for (const column of [columns.value, columns.numerator, columns.denominator, columns.observedAtMs]) column.fill(Number.NaN, start, insideStart);
    for (const column of [columns.status, columns.membersFresh, columns.membersExpected]) column.fill(0, start, insideStart);
    start = insideEnd;
  }
  return forgotten.subarray(0, count);
}

/** Ascending series indices changed after the store's `version` (or `revision`) was `since`. */
export function selectChangedSince(store: MirrorStore, since: number): Uint32Array {
  return seriesChangedSince(store.changedAt, since);
}
