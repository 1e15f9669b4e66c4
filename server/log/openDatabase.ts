import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../ports/store.ts';
import { META_SCHEMA } from '../storage/metaTable.ts';
import { numberOf } from '../storage/sqlRow.ts';
import { ALARM_SCHEMA } from './alarmTable.ts';
import { BATCH_SCHEMA } from './batchTable.ts';
import { headPathOf, readHead } from './headFile.ts';
import { NOTE_SCHEMA } from './noteTable.ts';
import { REPORT_SCHEMA } from './reportTable.ts';
import { SERIES_SCHEMA } from './seriesIds.ts';

const SCHEMA_VERSION = 1;
/** Result codes of SQLite; the low byte of an extended one is the primary one. */
const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;
/** Tiers of one hour of every series are touched together; 64 MB of pages hold them. */
const CACHE_KIB = 65_536;
/** Pages of the write-ahead log before it is copied into the file: 16 MB, a stall of tens of milliseconds every few minutes. */
const CHECKPOINT_EVERY_PAGES = 4096;

export const MEMORY_PATH = ':memory:';

export interface OpenedDatabase {
  readonly db: DatabaseSync;
  /** The file did not exist, or was empty. */
  readonly isNew: boolean;
}

/** Opens the file for this process alone, checks it, and creates what is missing. Throws a `StoreError`. */
export function openDatabase(path: string, isReadOnly: boolean, tierSchema: string): OpenedDatabase {
  const isNew = path === MEMORY_PATH || !existsSync(path) || statSync(path).size === 0;
  if (isReadOnly && isNew) throw new StoreError('invalid', `There is no recording at ${path} to read.`);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: isReadOnly });
    if (!isReadOnly) takeLock(db);
    checkIntegrity(db, path);
    if (!isReadOnly) db.exec(`PRAGMA busy_timeout=5000; PRAGMA wal_autocheckpoint=${CHECKPOINT_EVERY_PAGES}`);
    db.exec(`PRAGMA cache_size=-${CACHE_KIB}`);
    const version = numberOf(db.prepare('PRAGMA user_version').get(), 'user_version');
    if (isNew) {
      db.exec(`BEGIN; ${META_SCHEMA}; ${SERIES_SCHEMA}; ${BATCH_SCHEMA}; ${tierSchema}; PRAGMA user_version=${SCHEMA_VERSION}; COMMIT`);
    } else if (version !== SCHEMA_VERSION) {
      throw new StoreError('corrupt', `${path} is not a store of this program: its version is ${version}, expected ${SCHEMA_VERSION}. `
        + 'Move it aside to begin a new one, or open it with the release that wrote it.');
    }
    if (!isReadOnly) db.exec(`${NOTE_SCHEMA}; ${REPORT_SCHEMA}; ${ALARM_SCHEMA}`);
    return { db, isNew };
  } catch (error) {
    db?.close();
    throw toStoreError(error, path);
  }
}

/** The exclusive lock is the operating system's, so it ends with the process, however that ends. */
function takeLock(db: DatabaseSync): void {
  db.exec('PRAGMA busy_timeout=0; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN IMMEDIATE; COMMIT');
}

function checkIntegrity(db: DatabaseSync, path: string): void {
  const rows = db.prepare('PRAGMA quick_check(5)').all();
  const found = rows.map((row) => String(row.quick_check));
  if (found.length !== 1 || found[0] !== 'ok') throw corrupt(path, found.join('; '));
}

function corrupt(path: string, found: string): StoreError {
  return new StoreError('corrupt', `${path} is damaged (${found}). Nothing was changed. Move ${path}, ${path}-wal and ${headPathOf(path)} aside, `
    + 'then put the last backup in its place, or start without one to begin an empty log with a new epoch.');
}

/** Any failure of the database as the error callers know. */
export function toStoreError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
  switch (code) {
    case SQLITE_FULL:
      return new StoreError('full', `No room left on the disk of ${path}; nothing of this batch was kept. Free space and send it again.`);
    case SQLITE_BUSY: {
      const head = readHead(path);
      return new StoreError('locked', `${path} is held by another process${head === null ? '' : `, last seen as process ${head.pid}`}. `
        + 'One process may hold a store; stop the other, or use another data folder.');
    }
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return corrupt(path, message);
    case SQLITE_IOERR:
      return new StoreError('io', `The disk of ${path} failed: ${message}. Nothing more is accepted; check the disk and restart.`);
    default:
      return new StoreError('io', `The store ${path} failed: ${message}. Restart; if it happens again, check the disk.`);
  }
}
