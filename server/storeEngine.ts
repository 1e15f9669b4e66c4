import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { createFold, type Fold } from './history/fold.ts';
import { createNewestBySeries } from './history/newestBySeries.ts';
import { historyBeginsAtMs } from './history/historyBegin.ts';
import { queryAsOf } from './history/queryAsOf.ts';
import { querySeries } from './history/querySeries.ts';
import { readFloors, retainTiers } from './history/retainTiers.ts';
import { createTierTables, TIER_SCHEMA } from './history/tierTables.ts';
import { type AlarmTable, createAlarmTable } from './log/alarmTable.ts';
import { type BatchTable, createBatchTable } from './log/batchTable.ts';
import { type Head, openHeadFile, readHead } from './log/headFile.ts';
import { createNoteTable } from './log/noteTable.ts';
import { MEMORY_PATH, openDatabase } from './log/openDatabase.ts';
import { createReportTable } from './log/reportTable.ts';
import { resolveSeriesIds } from './log/seriesIds.ts';
import { StoreError } from './ports/store.ts';
import type { StoreCalls } from './ports/storeConnection.ts';
import type { StoreOpening, StoreReady, StoreThreadOptions } from './ports/storeThread.ts';
import { createMetaTable } from './storage/metaTable.ts';
import { numberOf } from './storage/sqlRow.ts';
import { transact } from './storage/transact.ts';

export type StoreHandlers = { readonly [K in Exclude<keyof StoreCalls, 'append'>]: (ask: StoreCalls[K]['ask']) => StoreCalls[K]['answer'] };

/** The file, its log and its tiers, in one thread: every call here blocks until it is done. */
export interface StoreEngine {
  readonly ready: StoreReady;
  /** One transaction for all of them: durable when it returns, none of it kept when it throws. Returns each batch's first offset. */
  appendAll(batches: readonly StoreCalls['append']['ask'][]): number[];
  readonly handlers: StoreHandlers;
  /** It is at least this late: an hour may have ended with nothing received since. */
  advanceClock(nowMs: number): void;
  isFoldDue(): boolean;
  foldStep(): void;
}

const newEpoch = () => randomBytes(8).toString('hex');

export function openEngine(options: StoreThreadOptions): StoreEngine {
  const { path, isReadOnly } = options;
  const hasHead = path !== MEMORY_PATH && !isReadOnly;
  const { db, isNew } = openDatabase(path, isReadOnly, TIER_SCHEMA);
  const meta = createMetaTable(db);
  const batches = createBatchTable(db);
  const { idBySeriesIndex, maxId } = resolveSeriesIds(db, options.seriesKeys, isReadOnly);
  const tables = createTierTables(db);
  const notes = createNoteTable(db);
  const reports = createReportTable(db);
  const alarms = createAlarmTable(db, isReadOnly);
  let floors = readFloors(meta);
  let nextOffset = batches.nextOffset();
  const opening = isReadOnly || !hasHead ? { kind: isNew ? 'new' : 'continued', detail: '' } as const
    : judgeOpening(path, isNew, { epoch: meta.readText('epoch'), nextOffset, nextSequence: meta.readNumber('next-sequence'), alarms });
  if (opening.kind !== 'continued') meta.writeText('epoch', newEpoch());
  const headFile = hasHead ? openHeadFile(path) : null;
  const noteHead = () => headFile?.write({
    epoch: meta.readText('epoch') ?? '', nextOffset, nextSequence: meta.readNumber('next-sequence'), pid: process.pid, audit: alarms.auditHead(),
  });
  const fold = createFold(db, meta, tables, () => floors, maxId, { everyMs: options.foldEveryMs, atCount: options.foldAtCount });
  readBack(batches, fold);
  noteHead();
  const newest = createNewestBySeries(maxId);
  let foldProblem: string | null = null;
  let stagedReports: string[] = [];

  const refuseWrites = () => {
    if (isReadOnly) throw new StoreError('read-only', `${path} was opened to be read; nothing can be written to it.`);
  };

  return {
    ready: { epoch: meta.readText('epoch') ?? '', opening, idBySeriesIndex, maxSeriesId: maxId },
    appendAll: (asks) => {
      refuseWrites();
      const firstOffsets: number[] = [];
      let offset = nextOffset;
      transact(db, () => {
        for (const ask of asks) {
          batches.insert(offset, ask);
          firstOffsets.push(offset);
          offset += ask.count;
        }
      });
      asks.forEach((ask, i) => {
        if (ask.count > 0) fold.add(ask.payload, (firstOffsets[i] ?? 0) + ask.count, ask.receivedAtMs);
      });
      nextOffset = offset;
      noteHead();
      return firstOffsets;
    },
    handlers: {
      readFrom: ({ offset, maxBatches }) => batches.readFrom(offset, maxBatches),
      readFingerprints: ({ sinceMs }) => batches.readFingerprints(sinceMs),
      reserveSequence: ({ count }) => {
        refuseWrites();
        const first = meta.readNumber('next-sequence');
        meta.writeNumber('next-sequence', first + count);
        noteHead();
        return first;
      },
      restart: () => {
        refuseWrites();
        const epoch = newEpoch();
        transact(db, () => {
          batches.clear();
          tables.clear();
          meta.clear();
          meta.writeText('epoch', epoch);
          alarms.clear();
        });
        fold.clear();
        nextOffset = batches.nextOffset();
        floors = readFloors(meta);
        noteHead();
        return epoch;
      },
      series: (ask) => querySeries(tables, floors, fold, ask),
      asOf: ({ atMs }) => queryAsOf(tables, floors, fold, newest, atMs),
      begin: () => historyBeginsAtMs(tables, fold),
      retain: ({ nowMs }) => {
        refuseWrites();
        const deleted = transact(db, () => ({ ...retainTiers(tables, meta, floors, nowMs), ...batches.retain(nowMs, fold.foldedThrough) }));
        floors = readFloors(meta);
        return deleted;
      },
      appendNote: ({ entry }) => {
        refuseWrites();
        notes.append(entry);
        return null;
      },
      readNotes: () => notes.readAll(),
      appendReports: (ask) => {
        refuseWrites();
        reports.append(ask.reports);
        return null;
      },
      readReports: () => reports.readAll(),
      lastReportSeq: () => reports.lastSeq(),
      stageReports: ({ reports: delivery }) => {
        if (delivery === null) stagedReports = [];
        else stagedReports.push(delivery);
        return null;
      },
      compactReports: ({ throughSeq }) => {
        refuseWrites();
        const staged = stagedReports;
        stagedReports = [];
        reports.replaceThrough(throughSeq, staged);
        return null;
      },
      appendAlarms: ({ events, audit }) => {
        refuseWrites();
        alarms.append(events, audit);
        if (audit.length > 0) noteHead();
        return null;
      },
      readAlarms: () => alarms.readEvents(),
      readAlarmCheckpoint: () => alarms.readCheckpoint(),
      readOldAlarms: ({ beforeMs, limit }) => alarms.readOld(beforeMs, limit),
      cutAlarms: ({ afterSeq, throughSeq, checkpoint }) => {
        refuseWrites();
        alarms.cut(afterSeq, throughSeq, checkpoint);
        return null;
      },
      readAudit: ({ limit, beforeSeq }) => alarms.readAudit(limit, beforeSeq),
      stats: () => ({
        fileBytes: fileBytes(db, path), nextOffset,
        rows: {
          raw: tables.raw.rowCount(), minute: tables.minute.rowCount(), hour: tables.hour.rowCount(),
          log: batches.rowCount(), checkpoints: tables.checkpoints.rowCount(),
        },
        unfoldedObservations: fold.hot.columns.count + (fold.folding?.pending.columns.count ?? 0), foldsDone: fold.foldsDone, foldProblem,
      }),
      close: () => {
        db.close();
        headFile?.close();
        return null;
      },
    },
    advanceClock: (nowMs) => fold.advanceClock(nowMs),
    isFoldDue: () => !isReadOnly && fold.isDue(),
    foldStep: () => {
      try {
        fold.step();
        foldProblem = null;
      } catch (error) {
        foldProblem = error instanceof Error ? error.message : String(error);
        throw error;
      }
    },
  };
}

/** After a restart: what had not been folded comes back into memory from the log. */
function readBack(batches: BatchTable, fold: Fold): void {
  let from = fold.foldedThrough;
  for (;;) {
    const stored = batches.readFrom(from, 64);
    if (stored.length === 0) return;
    for (const { firstOffset, count, payload } of stored) {
      from = firstOffset + count;
      fold.add(payload, from, batches.receivedAtMs(firstOffset));
    }
  }
}

interface Found {
  readonly epoch: string | null;
  readonly nextOffset: number;
  readonly nextSequence: number;
  readonly alarms: AlarmTable;
}

function judgeOpening(path: string, isNew: boolean, found: Found): StoreOpening {
  const head = readHead(path);
  if (isNew) {
    return head === null ? { kind: 'new', detail: `Began a new log at ${path}.` }
      : { kind: 'lost', detail: `${path} is gone though its log had come to offset ${head.nextOffset}; began an empty one. Put the last backup back if there is one.` };
  }
  const whyCut = whyHeadDiffers(head, found);
  if (whyCut === null) return { kind: 'continued', detail: `Continued the log at ${path} from offset ${found.nextOffset}.` };
  return { kind: 'cut', detail: `${path} ${whyCut}, so it is taken for an older copy put back and begins a new epoch; every wall takes a snapshot.` };
}

function whyHeadDiffers(head: Head | null, found: Found): string | null {
  if (head === null) return 'has no readable head file beside it';
  if (head.epoch !== found.epoch) return `is of epoch ${found.epoch}, its head file of ${head.epoch}`;
  if (head.nextOffset > found.nextOffset) return `ends before offset ${found.nextOffset}, ${head.nextOffset} had been reached`;
  if (head.nextSequence > found.nextSequence) return `ends before sequence ${found.nextSequence}, ${head.nextSequence} had been reserved`;
  const { seq, hash } = head.audit;
  if (seq > 0 && found.alarms.hashOf(seq) !== hash) return `has another audit trail than the one that had come to row ${seq}`;
  return null;
}

/** The file and its write-ahead log; for a store in memory, its pages. */
function fileBytes(db: DatabaseSync, path: string): number {
  if (path === MEMORY_PATH) {
    return numberOf(db.prepare('PRAGMA page_count').get(), 'page_count') * numberOf(db.prepare('PRAGMA page_size').get(), 'page_size');
  }
  return [path, `${path}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
}
