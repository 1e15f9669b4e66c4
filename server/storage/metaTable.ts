import type { DatabaseSync } from 'node:sqlite';
import { textOf } from './sqlRow.ts';

/** Names of what the store remembers about itself. */
type MetaName =
  | 'epoch' | 'next-sequence'
  /** Offsets below `folded-through` are in the tiers. While `fold-target` is above it, series below `fold-next-series` are in them up to the target. */
  | 'folded-through' | 'fold-target' | 'fold-next-series'
  /** First hour (counted from 1970) the raw and minute tiers still cover, first day the hour tier does. */
  | 'raw-floor-hour' | 'minute-floor-hour' | 'hour-floor-day';

export interface MetaTable {
  readText(name: MetaName): string | null;
  writeText(name: MetaName, value: string): void;
  /** 0 when never written. */
  readNumber(name: MetaName): number;
  writeNumber(name: MetaName, value: number): void;
  clear(): void;
}

export const META_SCHEMA = 'CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT';

export function createMetaTable(db: DatabaseSync): MetaTable {
  const read = db.prepare('SELECT value FROM meta WHERE name = ?');
  const write = db.prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
  const clear = db.prepare('DELETE FROM meta');
  const readText = (name: MetaName) => {
    const row = read.get(name);
    return row === undefined ? null : textOf(row, 'value');
  };
  return {
    readText,
    writeText: (name, value) => { write.run(name, value); },
    readNumber: (name) => Number(readText(name) ?? 0),
    writeNumber: (name, value) => { write.run(name, String(value)); },
    clear: () => { clear.run(); },
  };
}
