import type { DatabaseSync } from 'node:sqlite';
import { numberOf, textOf } from '../storage/sqlRow.ts';

/** Given once and never reused, so that another order of the catalogue does not reassign what is stored. */
export const SERIES_SCHEMA = `CREATE TABLE IF NOT EXISTS series (
  id INTEGER PRIMARY KEY AUTOINCREMENT, locality TEXT NOT NULL, indicator TEXT NOT NULL, UNIQUE (locality, indicator)) STRICT`;

export interface SeriesKey {
  readonly localityCode: string;
  readonly indicatorId: string;
}

export interface SeriesIds {
  readonly idBySeriesIndex: Int32Array<ArrayBuffer>;
  /** Highest id ever given. */
  readonly maxId: number;
}

/** The id of each series of the table; a file opened to read gives -1 for one it does not know, another gives it a new id. */
export function resolveSeriesIds(db: DatabaseSync, keys: readonly SeriesKey[], isReadOnly: boolean): SeriesIds {
  const idByKey = new Map<string, number>();
  let maxId = 0;
  for (const row of db.prepare('SELECT id, locality, indicator FROM series').iterate()) {
    const id = numberOf(row, 'id');
    idByKey.set(`${textOf(row, 'locality')}/${textOf(row, 'indicator')}`, id);
    maxId = Math.max(maxId, id);
  }
  const idBySeriesIndex = new Int32Array(keys.length).fill(-1);
  const insert = isReadOnly ? null : db.prepare('INSERT INTO series (locality, indicator) VALUES (?, ?)');
  if (!isReadOnly) db.exec('BEGIN');
  keys.forEach(({ localityCode, indicatorId }, index) => {
    let id = idByKey.get(`${localityCode}/${indicatorId}`);
    if (id === undefined && insert !== null) {
      id = Number(insert.run(localityCode, indicatorId).lastInsertRowid);
      maxId = Math.max(maxId, id);
    }
    idBySeriesIndex[index] = id ?? -1;
  });
  if (!isReadOnly) db.exec('COMMIT');
  return { idBySeriesIndex, maxId };
}
