import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { StoreError } from '../ports/store.ts';
import { numberOf, textOf } from '../storage/sqlRow.ts';
import { transact } from '../storage/transact.ts';

/** Also made in a file that an earlier release began: one that knows no reports reads past it. A row is one delivery. */
export const REPORT_SCHEMA = `CREATE TABLE IF NOT EXISTS report_delivery (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, crc INTEGER NOT NULL, reports TEXT NOT NULL) STRICT`;

export interface ReportTable {
  /** A transaction of its own: durable when it returns. `reports`: JSON. */
  append(reports: string): void;
  /** Oldest first. @throws StoreError `corrupt` on a damaged delivery */
  readAll(): string[];
  /** Of the newest delivery; 0: none was ever stored. */
  lastSeq(): number;
  /** Every delivery up to `throughSeq` gives way to `deliveries`, in one transaction; later ones stay. */
  replaceThrough(throughSeq: number, deliveries: readonly string[]): void;
}

export function createReportTable(db: DatabaseSync): ReportTable {
  const insertAt = (seq: number | null, reports: string) => {
    db.prepare('INSERT INTO report_delivery (seq, crc, reports) VALUES (?, ?, ?)').run(seq, crc32(reports), reports);
  };
  return {
    append: (reports) => insertAt(null, reports),
    readAll: () => db.prepare('SELECT seq, crc, reports FROM report_delivery ORDER BY seq').all().map((row) => {
      const reports = textOf(row, 'reports');
      if (crc32(reports) === numberOf(row, 'crc')) return reports;
      throw new StoreError('corrupt', `Delivery ${numberOf(row, 'seq')} of the reports is damaged: its checksum differs. Restore the file from a backup.`);
    }),
    lastSeq: () => numberOf(db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM report_delivery').get(), 'seq'),
    replaceThrough: (throughSeq, deliveries) => transact(db, () => {
      db.prepare('DELETE FROM report_delivery WHERE seq <= ?').run(throughSeq);
      // Before what came meanwhile, so that the oldest stay first; numbers below zero are numbers too.
      deliveries.forEach((reports, index) => { insertAt(throughSeq - deliveries.length + 1 + index, reports); });
    }),
  };
}
