import type { DatabaseSync } from 'node:sqlite';
import type { Resolution } from '../ports/store.ts';
import { bytesOf, numberOf, numberOrNull } from '../storage/sqlRow.ts';

/**
 * One row per series and period: an hour in the raw and minute tiers, a day in the hour tier. The period leads the key: a fold
 * then writes side by side, an as-of reads side by side, and what has expired is one stretch.
 */
export const TIER_SCHEMA = `
CREATE TABLE IF NOT EXISTS raw (period INTEGER NOT NULL, series_id INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (period, series_id)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS minute (period INTEGER NOT NULL, series_id INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (period, series_id)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hour (period INTEGER NOT NULL, series_id INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (period, series_id)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS checkpoint (hour INTEGER PRIMARY KEY, payload BLOB NOT NULL) STRICT`;

interface TierRow {
  readonly seriesId: number;
  readonly payload: Uint8Array;
}

export interface TierTable {
  get(period: number, seriesId: number): Uint8Array | undefined;
  put(period: number, seriesId: number, payload: Uint8Array): void;
  /** Every series of one period. */
  ofPeriod(period: number): Iterable<TierRow>;
  /** First and last period with a row; `null`: none. */
  bounds(): readonly [number, number] | null;
  deleteBefore(period: number): number;
  rowCount(): number;
}

function createTierTable(db: DatabaseSync, name: Resolution): TierTable {
  const get = db.prepare(`SELECT payload FROM ${name} WHERE period = ? AND series_id = ?`);
  const put = db.prepare(`INSERT INTO ${name} (period, series_id, payload) VALUES (?, ?, ?)
    ON CONFLICT (period, series_id) DO UPDATE SET payload = excluded.payload`);
  const ofPeriod = db.prepare(`SELECT series_id, payload FROM ${name} WHERE period = ?`);
  const first = db.prepare(`SELECT min(period) AS period FROM ${name}`);
  const last = db.prepare(`SELECT max(period) AS period FROM ${name}`);
  const deleteBefore = db.prepare(`DELETE FROM ${name} WHERE period < ?`);
  const countRows = db.prepare(`SELECT count(*) AS rows FROM ${name}`);
  return {
    get: (period, seriesId) => {
      const row = get.get(period, seriesId);
      return row === undefined ? undefined : bytesOf(row, 'payload');
    },
    put: (period, seriesId, payload) => { put.run(period, seriesId, payload); },
    *ofPeriod(period) {
      for (const row of ofPeriod.iterate(period)) yield { seriesId: numberOf(row, 'series_id'), payload: bytesOf(row, 'payload') };
    },
    bounds: () => {
      const from = numberOrNull(first.get(), 'period');
      return from === null ? null : [from, numberOf(last.get(), 'period')];
    },
    deleteBefore: (period) => Number(deleteBefore.run(period).changes),
    rowCount: () => numberOf(countRows.get(), 'rows'),
  };
}

/** A checkpoint holds, for every series, the newest observation from before the start of its hour. */
interface CheckpointTable {
  get(hour: number): Uint8Array | undefined;
  put(hour: number, payload: Uint8Array): void;
  /** Newest hour at or before `hour` that has one. */
  newestAtOrBefore(hour: number): number | null;
  hoursAfter(hour: number): number[];
  /** Keeps one a day, the last, of those at or before `hour`, which must be the start of a day; drops all before `oldestHour`, but never the last. */
  thin(hour: number, oldestHour: number): void;
  rowCount(): number;
}

function createCheckpointTable(db: DatabaseSync): CheckpointTable {
  const get = db.prepare('SELECT payload FROM checkpoint WHERE hour = ?');
  const put = db.prepare('INSERT INTO checkpoint (hour, payload) VALUES (?, ?) ON CONFLICT (hour) DO UPDATE SET payload = excluded.payload');
  const newest = db.prepare('SELECT max(hour) AS hour FROM checkpoint WHERE hour <= ?');
  const after = db.prepare('SELECT hour FROM checkpoint WHERE hour > ? ORDER BY hour');
  // Hours are bound as REAL; without the cast the division would not be one of whole numbers.
  const thinDays = db.prepare(`DELETE FROM checkpoint WHERE hour <= ?1
    AND hour NOT IN (SELECT max(hour) FROM checkpoint WHERE hour <= ?1 GROUP BY (hour + 23) / 24)`);
  const dropOld = db.prepare('DELETE FROM checkpoint WHERE hour < (SELECT max(hour) FROM checkpoint WHERE hour <= ?)');
  const countRows = db.prepare('SELECT count(*) AS rows FROM checkpoint');
  return {
    get: (hour) => {
      const row = get.get(hour);
      return row === undefined ? undefined : bytesOf(row, 'payload');
    },
    put: (hour, payload) => { put.run(hour, payload); },
    newestAtOrBefore: (hour) => numberOrNull(newest.get(hour), 'hour'),
    hoursAfter: (hour) => after.all(hour).map((row) => numberOf(row, 'hour')),
    thin: (hour, oldestHour) => {
      thinDays.run(hour);
      dropOld.run(oldestHour);
    },
    rowCount: () => numberOf(countRows.get(), 'rows'),
  };
}

export interface TierTables {
  readonly raw: TierTable;
  readonly minute: TierTable;
  readonly hour: TierTable;
  readonly checkpoints: CheckpointTable;
  clear(): void;
}

export function createTierTables(db: DatabaseSync): TierTables {
  return {
    raw: createTierTable(db, 'raw'), minute: createTierTable(db, 'minute'), hour: createTierTable(db, 'hour'),
    checkpoints: createCheckpointTable(db),
    clear: () => db.exec('DELETE FROM raw; DELETE FROM minute; DELETE FROM hour; DELETE FROM checkpoint'),
  };
}
