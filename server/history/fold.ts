import type { DatabaseSync } from 'node:sqlite';
import { createByteReader, createByteWriter, takeBytes } from '../storage/bytes.ts';
import type { MetaTable } from '../storage/metaTable.ts';
import { transact } from '../storage/transact.ts';
import { foldSeries, type TierFloors } from './foldSeries.ts';
import { clearNewest, createNewestBySeries, offerAll, readNewest, writeNewest } from './newestBySeries.ts';
import { addBatch, createPending, type Pending } from './pending.ts';
import type { TierTables } from './tierTables.ts';
import { HOUR_MS, hourOf } from './times.ts';

/** What one step folds: about 5 ms of work, so that a waiting append waits no longer. */
const SERIES_PER_STEP = 64;

export interface FoldOptions {
  /** Fold once the clock has entered another stretch of this length than the one the oldest unfolded batch was received in. */
  readonly everyMs: number;
  /** Fold sooner when this many observations are held: 45 bytes of memory each. */
  readonly atCount: number;
}

/** A fold in progress: what it folds stays in memory until its last step, so that answers never miss it. */
interface Folding {
  readonly pending: Pending;
  /** Series below this are in the tiers already. */
  nextSeriesId: number;
  /** Hours whose checkpoints are still to be brought up to date, ascending; `null` until every series is folded. */
  checkpointHours: number[] | null;
}

/**
 * Moves observations from the log into the tiers, in steps that are each one transaction. What was done is recorded in the same
 * transaction, so after a crash the fold goes on where it stood and nothing is counted twice.
 */
export interface Fold {
  readonly hot: Pending;
  readonly folding: Folding | null;
  readonly foldedThrough: number;
  readonly foldsDone: number;
  /** A committed batch, in order. */
  add(payload: Uint8Array, endOffset: number, receivedAtMs: number): void;
  advanceClock(nowMs: number): void;
  /** There is a step to take. */
  isDue(): boolean;
  step(): void;
  clear(): void;
}

export function createFold(
  db: DatabaseSync, meta: MetaTable, tables: TierTables, floors: () => TierFloors, maxSeriesId: number, options: FoldOptions,
): Fold {
  const writer = createByteWriter();
  const newest = createNewestBySeries(maxSeriesId);
  let hot = createPending(maxSeriesId);
  let folding: Folding | null = null;
  let foldedThrough = meta.readNumber('folded-through');
  let foldsDone = 0;
  let clockMs = 0;

  // A fold that a crash interrupted: its batches, read back from the log, belong to it and not to the hot ones.
  let interruptedTarget = meta.readNumber('fold-target');
  if (interruptedTarget > foldedThrough) {
    folding = { pending: createPending(maxSeriesId), nextSeriesId: meta.readNumber('fold-next-series'), checkpointHours: null };
  }

  function begin(): void {
    transact(db, () => {
      meta.writeNumber('fold-target', hot.endOffset);
      meta.writeNumber('fold-next-series', 0);
    });
    folding = { pending: hot, nextSeriesId: 0, checkpointHours: null };
    hot = createPending(maxSeriesId);
  }

  function foldNextSeries(current: Folding): void {
    const until = transact(db, () => {
      let seriesId = current.nextSeriesId;
      for (let folded = 0; seriesId <= maxSeriesId && folded < SERIES_PER_STEP; seriesId++) {
        if ((current.pending.latest[seriesId] ?? -1) < 0) continue;
        foldSeries(tables, floors(), current.pending, seriesId);
        folded++;
      }
      meta.writeNumber('fold-next-series', seriesId);
      return seriesId;
    });
    current.nextSeriesId = until;
  }

  function beginCheckpoints(current: Folding): void {
    const { columns } = current.pending;
    const hours = new Set<number>();
    for (let row = 0; row < columns.count; row++) hours.add(hourOf(columns.observedAtMs[row] ?? 0) + 1);
    const firstHour = Math.min(...hours);
    for (const hour of tables.checkpoints.hoursAfter(firstHour)) hours.add(hour);
    current.checkpointHours = [...hours].sort((a, b) => a - b);
    clearNewest(newest);
    const before = tables.checkpoints.newestAtOrBefore(firstHour - 1);
    const payload = before === null ? undefined : tables.checkpoints.get(before);
    if (payload !== undefined) readNewest(createByteReader(payload), newest);
  }

  /** `newest` carries over from one hour to the next; a checkpoint that exists already knows more. */
  function foldCheckpoint(current: Folding, hours: number[]): void {
    const hour = hours[0];
    transact(db, () => {
      if (hour !== undefined) {
        const payload = tables.checkpoints.get(hour);
        if (payload !== undefined) readNewest(createByteReader(payload), newest);
        offerAll(newest, current.pending.columns, hour * HOUR_MS - 1);
        writeNewest(writer, newest);
        tables.checkpoints.put(hour, takeBytes(writer));
      }
      if (hours.length <= 1) meta.writeNumber('folded-through', current.pending.endOffset);
    });
    hours.shift();
    if (hours.length > 0) return;
    foldedThrough = current.pending.endOffset;
    foldsDone++;
    folding = null;
  }

  const shouldBegin = () => hot.sinceMs !== null
    && (hot.columns.count >= options.atCount || Math.floor(clockMs / options.everyMs) > Math.floor(hot.sinceMs / options.everyMs));

  return {
    get hot() { return hot; },
    get folding() { return folding; },
    get foldedThrough() { return foldedThrough; },
    get foldsDone() { return foldsDone; },
    add: (payload, endOffset, receivedAtMs) => {
      addBatch(folding !== null && endOffset <= interruptedTarget ? folding.pending : hot, payload, endOffset, receivedAtMs);
      clockMs = Math.max(clockMs, receivedAtMs);
    },
    advanceClock: (nowMs) => { clockMs = Math.max(clockMs, nowMs); },
    isDue: () => folding !== null || shouldBegin(),
    step: () => {
      if (folding === null) begin();
      else if (folding.nextSeriesId <= maxSeriesId) foldNextSeries(folding);
      else if (folding.checkpointHours === null) beginCheckpoints(folding);
      else foldCheckpoint(folding, folding.checkpointHours);
    },
    clear: () => {
      hot = createPending(maxSeriesId);
      folding = null;
      interruptedTarget = 0;
      foldedThrough = 0;
      clockMs = 0;
    },
  };
}
