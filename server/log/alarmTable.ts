import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import type { AuditDraft } from '../ports/alarmLog.ts';
import { StoreError } from '../ports/store.ts';
import type { StoredAuditRow, StoredOldEvents } from '../ports/storeConnection.ts';
import { bytesOf, numberOf, textOf } from '../storage/sqlRow.ts';
import { transact } from '../storage/transact.ts';
import { type AuditHead, EMPTY_TRAIL, hashRow, type KeptAuditRow, toRowText } from './auditChain.ts';

/** Also made in a file that an earlier release began: one that knows no alarms reads past it. */
export const ALARM_SCHEMA = `
CREATE TABLE IF NOT EXISTS alarm_event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, crc INTEGER NOT NULL, event TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS alarm_checkpoint (
  id INTEGER PRIMARY KEY CHECK (id = 1), through_seq INTEGER NOT NULL, crc INTEGER NOT NULL, checkpoint TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS audit_row (
  seq INTEGER PRIMARY KEY, row TEXT NOT NULL, hash TEXT NOT NULL) STRICT`;

export interface AlarmTable {
  /** One transaction: durable when it returns, none of it kept when it throws. `events`: JSON. */
  append(events: readonly string[], audit: readonly AuditDraft[]): void;
  /** Oldest first. @throws StoreError `corrupt` on a damaged event */
  readEvents(): string[];
  /** Events whose `atMs` lies before that moment, up to the first that does not. @throws StoreError `corrupt` */
  readOld(beforeMs: number, limit: number): StoredOldEvents;
  /** JSON. @throws StoreError `corrupt` */
  readCheckpoint(): string | null;
  /** One transaction. @throws StoreError `invalid` when the checkpoint is not the one after `afterSeq` any more */
  cut(afterSeq: number, throughSeq: number, checkpoint: string): void;
  /** Newest first, only those before `beforeSeq` unless that is `null`. */
  readAudit(limit: number, beforeSeq: number | null): StoredAuditRow[];
  /** Every row, oldest first, one at a time. */
  walkAudit(): Iterable<KeptAuditRow>;
  auditHead(): AuditHead;
  /** Hash kept with that row; `null`: there is no such row. */
  hashOf(seq: number): string | null;
  /** Within the caller's transaction, which must not fail after it. */
  clear(): void;
}

/** `isReadOnly`: a file of an earlier release may have neither table, and is then one without alarms. */
export function createAlarmTable(db: DatabaseSync, isReadOnly = false): AlarmTable {
  const isThere = !isReadOnly || db.prepare(`SELECT count(*) AS tables FROM sqlite_schema WHERE name IN ('alarm_event', 'audit_row')`).get()?.tables === 2;
  const hasCheckpoints = !isReadOnly || db.prepare(`SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'alarm_checkpoint'`).get()?.tables === 1;
  const newest = isThere ? db.prepare('SELECT seq, hash FROM audit_row ORDER BY seq DESC LIMIT 1').get() : undefined;
  /** Nobody else writes: the file is locked for as long as it is open. */
  let head: AuditHead = newest === undefined ? EMPTY_TRAIL : { seq: numberOf(newest, 'seq'), hash: textOf(newest, 'hash') };
  function checkpoint(): { readonly throughSeq: number; readonly text: string } | null {
    const row = hasCheckpoints ? db.prepare('SELECT through_seq, crc, checkpoint FROM alarm_checkpoint').get() : undefined;
    if (row === undefined) return null;
    const text = textOf(row, 'checkpoint');
    if (crc32(text) === numberOf(row, 'crc')) return { throughSeq: numberOf(row, 'through_seq'), text };
    throw new StoreError('corrupt', 'The checkpoint of the alarms is damaged: its checksum differs. Restore the file from a backup.');
  }
  return {
    append: (events, audit) => {
      head = transact(db, () => {
        const insertEvent = db.prepare('INSERT INTO alarm_event (crc, event) VALUES (?, ?)');
        for (const event of events) insertEvent.run(crc32(event), event);
        const insertRow = db.prepare('INSERT INTO audit_row (seq, row, hash) VALUES (?, ?, ?)');
        return audit.reduce(({ seq: before, hash: previousHash }, draft) => {
          const seq = before + 1;
          const text = toRowText(seq, draft);
          const hash = hashRow(previousHash, text);
          insertRow.run(seq, text, hash);
          return { seq, hash };
        }, head);
      });
    },
    readEvents: () => (isThere ? db.prepare('SELECT seq, crc, event FROM alarm_event ORDER BY seq').all() : []).map(eventIn),
    readCheckpoint: () => checkpoint()?.text ?? null,
    readOld(beforeMs, limit) {
      const before = checkpoint();
      const old: StoredOldEvents & { events: string[]; throughSeq: number } = { checkpoint: before?.text ?? null, events: [], afterSeq: before?.throughSeq ?? 0, throughSeq: before?.throughSeq ?? 0 };
      for (const row of isThere ? db.prepare('SELECT seq, crc, event FROM alarm_event ORDER BY seq LIMIT ?').iterate(limit) : []) {
        const event = eventIn(row);
        if (!(Reflect.get(JSON.parse(event), 'atMs') < beforeMs)) break;
        old.events.push(event);
        old.throughSeq = numberOf(row, 'seq');
      }
      return old;
    },
    cut: (afterSeq, throughSeq, text) => transact(db, () => {
      if ((checkpoint()?.throughSeq ?? 0) !== afterSeq) throw new StoreError('invalid', `The log of alarms was cut by another after event ${afterSeq}. Read it again.`);
      db.prepare('INSERT OR REPLACE INTO alarm_checkpoint (id, through_seq, crc, checkpoint) VALUES (1, ?, ?, ?)').run(throughSeq, crc32(text), text);
      db.prepare('DELETE FROM alarm_event WHERE seq <= ?').run(throughSeq);
    }),
    readAudit: (limit, beforeSeq) => (isThere
      ? db.prepare('SELECT row, hash FROM audit_row WHERE seq < ? ORDER BY seq DESC LIMIT ?').all(beforeSeq ?? Number.MAX_SAFE_INTEGER, limit) : [])
      .map((row) => ({ text: textOf(row, 'row'), hash: textOf(row, 'hash') })),
    *walkAudit() {
      if (!isThere) return;
      for (const row of db.prepare('SELECT seq, CAST(row AS BLOB) AS row, hash FROM audit_row ORDER BY seq').iterate()) {
        yield { seq: numberOf(row, 'seq'), text: bytesOf(row, 'row'), hash: textOf(row, 'hash') };
      }
    },
    auditHead: () => head,
    hashOf: (seq) => {
      const row = isThere ? db.prepare('SELECT hash FROM audit_row WHERE seq = ?').get(seq) : undefined;
      return row === undefined ? null : textOf(row, 'hash');
    },
    clear: () => {
      db.exec('DELETE FROM alarm_event; DELETE FROM alarm_checkpoint; DELETE FROM audit_row');
      head = EMPTY_TRAIL;
    },
  };
}

function eventIn(row: Record<string, unknown>): string {
  const event = textOf(row, 'event');
  if (crc32(event) === numberOf(row, 'crc')) return event;
  throw new StoreError('corrupt', `Event ${numberOf(row, 'seq')} of the alarms is damaged: its checksum differs. Restore the file from a backup.`);
}
