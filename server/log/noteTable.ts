import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { StoreError } from '../ports/store.ts';
import { numberOf, textOf } from '../storage/sqlRow.ts';

/** Also made in a file that an earlier release began: one that knows no notes reads past it. */
export const NOTE_SCHEMA = `CREATE TABLE IF NOT EXISTS note_entry (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, crc INTEGER NOT NULL, entry TEXT NOT NULL) STRICT`;

export interface NoteTable {
  /** A transaction of its own: durable when it returns. `entry`: JSON. */
  append(entry: string): void;
  /** Oldest first. @throws StoreError `corrupt` on a damaged entry */
  readAll(): string[];
}

export function createNoteTable(db: DatabaseSync): NoteTable {
  return {
    append: (entry) => { db.prepare('INSERT INTO note_entry (crc, entry) VALUES (?, ?)').run(crc32(entry), entry); },
    readAll: () => db.prepare('SELECT seq, crc, entry FROM note_entry ORDER BY seq').all().map((row) => {
      const entry = textOf(row, 'entry');
      if (crc32(entry) === numberOf(row, 'crc')) return entry;
      throw new StoreError('corrupt', `Entry ${numberOf(row, 'seq')} of the notes is damaged: its checksum differs. Restore the file from a backup.`);
    }),
  };
}
