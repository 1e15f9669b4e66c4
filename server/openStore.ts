import { Worker } from 'node:worker_threads';
import type { SeriesTable } from '../shared/domain/seriesTable.ts';
import { createHistory } from './history/createHistory.ts';
import { createAlarmLog } from './log/createAlarmLog.ts';
import { createLog } from './log/createLog.ts';
import { createNoteLog } from './log/createNoteLog.ts';
import { createReportLog } from './log/createReportLog.ts';
import type { AlarmLog } from './ports/alarmLog.ts';
import type { ReportLog } from './ports/cases.ts';
import type { NoteLog } from './ports/notes.ts';
import { type History, type ObservationLog, StoreError } from './ports/store.ts';
import type { StoreCalls, StoreConnection, StoreStats } from './ports/storeConnection.ts';
import type { StoreOpening, StoreReady, StoreReply, StoreThreadOptions } from './ports/storeThread.ts';

export interface StoreOptions {
  /** A file, beside which `.head` and SQLite's own two files appear; or ":memory:", lost on close. */
  readonly path: string;
  readonly table: SeriesTable;
  /** Opens an earlier run's file to replay it: every write is refused. */
  readonly readOnly?: boolean;
  /** Observations move from memory to the tiers each time data time passes a multiple of this. Default one hour. */
  readonly foldEveryMs?: number;
  /** They move sooner at this many; 45 bytes of memory each. Default one million. */
  readonly foldAtCount?: number;
}

export interface Store {
  /** Closing the log closes the store. */
  readonly log: ObservationLog;
  readonly history: History;
  readonly notes: NoteLog;
  readonly reports: ReportLog;
  readonly alarms: AlarmLog;
  /** `cut` and `lost` mean a new epoch where there should have been none: tell people. */
  readonly opening: StoreOpening;
  /** Why the store does nothing any more; `null` while it works. */
  failure(): string | null;
  stats(): Promise<StoreStats>;
}

/**
 * Starts the thread that owns the file. Rejects with a `StoreError`: `locked` when another process holds it, `corrupt` when it is
 * damaged (nothing is changed then, and the message says what to do), `invalid` when there is nothing to read.
 */
export async function openStore({ path, table, readOnly = false, foldEveryMs = 3_600_000, foldAtCount = 1_000_000 }: StoreOptions): Promise<Store> {
  const threadOptions: StoreThreadOptions = {
    path, isReadOnly: readOnly, foldEveryMs, foldAtCount,
    seriesKeys: table.series.map(({ locality, indicator }) => ({ localityCode: locality.code, indicatorId: indicator.id })),
  };
  const worker = new Worker(new URL('./store.worker.ts', import.meta.url), { workerData: threadOptions });
  const line = createLine(worker, path);
  const ready = await line.ready;
  let unknownSeriesSkipped = 0;
  let { epoch } = ready;
  const connection: StoreConnection = {
    get epoch() { return epoch; },
    idBySeriesIndex: ready.idBySeriesIndex,
    seriesIndexById: invert(ready),
    ask: line.ask,
    noteUnknownSeries: (count) => { unknownSeriesSkipped += count; },
  };
  const log = createLog(connection);
  return {
    log: {
      ...log,
      get epoch() { return epoch; },
      restart: async () => {
        epoch = await log.restart();
        return epoch;
      },
    },
    history: createHistory(connection),
    notes: createNoteLog(connection),
    reports: createReportLog(connection),
    alarms: createAlarmLog(connection),
    opening: ready.opening,
    failure: line.failure,
    stats: async () => ({ ...await line.ask('stats', null), unknownSeriesSkipped }),
  };
}

function invert({ idBySeriesIndex, maxSeriesId }: StoreReady): Int32Array {
  const seriesIndexById = new Int32Array(maxSeriesId + 1).fill(-1);
  idBySeriesIndex.forEach((id, seriesIndex) => { if (id >= 0) seriesIndexById[id] = seriesIndex; });
  return seriesIndexById;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: StoreError) => void;
}

/** Matches answers to questions; when the thread ends, every question still open is refused. */
function createLine(worker: Worker, path: string) {
  const waitingById = new Map<number, Waiting>();
  let nextId = 0;
  let endedBy: StoreError | null = null;
  const wait = (id: number) => new Promise<unknown>((resolve, reject) => { waitingById.set(id, { resolve, reject }); });
  const ready = wait(nextId++);

  worker.on('message', (reply: StoreReply) => {
    const waiting = waitingById.get(reply.id);
    waitingById.delete(reply.id);
    if ('failure' in reply) waiting?.reject(new StoreError(reply.failure.code, reply.failure.message));
    else waiting?.resolve(reply.answer);
  });
  const end = (why: string) => {
    endedBy ??= new StoreError('closed', `The store ${path} is closed${why}. Nothing asked since was done.`);
    for (const { reject } of waitingById.values()) reject(endedBy);
    waitingById.clear();
  };
  worker.on('error', (error) => end(`: its thread failed with "${error instanceof Error ? error.message : String(error)}"; restart the server`));
  worker.on('exit', () => end(''));

  const ask = async <K extends keyof StoreCalls>(call: K, asked: StoreCalls[K]['ask'], transfer: readonly ArrayBuffer[] = []) => {
    if (endedBy !== null) throw endedBy;
    const id = nextId++;
    const answered = wait(id);
    worker.postMessage({ id, call, ask: asked }, transfer);
    // Both ends are this program at one version; the types of the calls are its contract.
    return await answered as StoreCalls[K]['answer'];
  };
  return { ready: ready as Promise<StoreReady>, ask, failure: () => endedBy?.message ?? null };
}
