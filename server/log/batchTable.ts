import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { StoreError } from '../ports/store.ts';
import type { StoreCalls, StoredBatch } from '../ports/storeConnection.ts';
import { bytesOf, numberOf } from '../storage/sqlRow.ts';

export const BATCH_SCHEMA = `
CREATE TABLE IF NOT EXISTS batch (
  first_offset INTEGER PRIMARY KEY, observations INTEGER NOT NULL, received_at_ms INTEGER NOT NULL,
  crc INTEGER NOT NULL, payload BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS fingerprint (
  id INTEGER PRIMARY KEY AUTOINCREMENT, received_at_ms INTEGER NOT NULL, words BLOB NOT NULL) STRICT`;

const LOG_KEEP_MS = 48 * 3_600_000;
const FINGERPRINT_KEEP_MS = 7 * 24 * 3_600_000;
const FIRST_OFFSET = 0;

export interface BatchTable {
  /** Offset the next observation gets. */
  nextOffset(): number;
  /** Within the caller's transaction. */
  insert(firstOffset: number, batch: StoreCalls['append']['ask']): void;
  /** The batch that holds `offset`, if any, and those after it, at most `maxBatches`. Throws `corrupt` on a damaged payload. */
  readFrom(offset: number, maxBatches: number): StoredBatch[];
  /** Newest `received_at_ms` of the batch; for the clock after a restart. */
  receivedAtMs(firstOffset: number): number;
  /** Of every batch received at or after `sinceMs`, whole batches, oldest first. */
  readFingerprints(sinceMs: number): Uint32Array<ArrayBuffer>;
  /** Never deletes the newest batch, which carries the next offset, nor one that is not in the tiers yet. Returns rows deleted. */
  retain(nowMs: number, foldedThrough: number): { readonly log: number; readonly fingerprints: number };
  rowCount(): number;
  clear(): void;
}

export function createBatchTable(db: DatabaseSync): BatchTable {
  const newest = db.prepare('SELECT first_offset, observations FROM batch ORDER BY first_offset DESC LIMIT 1');
  const insertBatch = db.prepare('INSERT INTO batch (first_offset, observations, received_at_ms, crc, payload) VALUES (?, ?, ?, ?, ?)');
  const insertWords = db.prepare('INSERT INTO fingerprint (received_at_ms, words) VALUES (?, ?)');
  const from = db.prepare(`SELECT first_offset, observations, crc, payload FROM batch
    WHERE first_offset >= ifnull((SELECT max(first_offset) FROM batch WHERE first_offset <= ?1), 0) AND first_offset + observations > ?1
    ORDER BY first_offset LIMIT ?2`);
  const received = db.prepare('SELECT received_at_ms FROM batch WHERE first_offset = ?');
  const words = db.prepare('SELECT words FROM fingerprint WHERE received_at_ms >= ? ORDER BY id');
  const deleteBatches = db.prepare(`DELETE FROM batch WHERE received_at_ms < ?1 AND first_offset + observations <= ?2
    AND first_offset < (SELECT max(first_offset) FROM batch)`);
  const deleteWords = db.prepare('DELETE FROM fingerprint WHERE received_at_ms < ?');
  const countRows = db.prepare('SELECT count(*) AS rows FROM batch');
  return {
    nextOffset: () => {
      const row = newest.get();
      return row === undefined ? FIRST_OFFSET : numberOf(row, 'first_offset') + numberOf(row, 'observations');
    },
    insert: (firstOffset, { payload, count, receivedAtMs, fingerprints }) => {
      if (count > 0) insertBatch.run(firstOffset, count, receivedAtMs, crc32(payload), payload);
      if (fingerprints.length > 0) {
        insertWords.run(receivedAtMs, new Uint8Array(fingerprints.buffer, fingerprints.byteOffset, fingerprints.byteLength));
      }
    },
    readFrom: (offset, maxBatches) => from.all(offset, maxBatches).map((row) => {
      const firstOffset = numberOf(row, 'first_offset');
      const payload = bytesOf(row, 'payload');
      if (crc32(payload) !== numberOf(row, 'crc')) {
        throw new StoreError('corrupt', `The batch at offset ${firstOffset} is damaged: its checksum differs. Restore the file from a backup.`);
      }
      return { firstOffset, count: numberOf(row, 'observations'), payload };
    }),
    receivedAtMs: (firstOffset) => numberOf(received.get(firstOffset), 'received_at_ms'),
    readFingerprints: (sinceMs) => joinWords(words.all(sinceMs).map((row) => bytesOf(row, 'words'))),
    retain: (nowMs, foldedThrough) => ({
      log: Number(deleteBatches.run(nowMs - LOG_KEEP_MS, foldedThrough).changes),
      fingerprints: Number(deleteWords.run(nowMs - FINGERPRINT_KEEP_MS).changes),
    }),
    rowCount: () => numberOf(countRows.get(), 'rows'),
    clear: () => db.exec('DELETE FROM batch; DELETE FROM fingerprint'),
  };
}

function joinWords(parts: readonly Uint8Array[]): Uint32Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new Uint32Array(bytes.buffer);
}
