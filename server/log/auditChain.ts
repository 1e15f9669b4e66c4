import { createHash } from 'node:crypto';
import type { AuditDraft } from '../ports/alarmLog.ts';

/** Where the trail ends: the newest row's number and hash; `seq` 0: it is empty. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

export const EMPTY_TRAIL: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/** A row as the file holds it; `text` in its bytes, because a damaged one may not be UTF-8. */
export interface KeptAuditRow {
  readonly seq: number;
  readonly text: Uint8Array;
  readonly hash: string;
}

/** Of one row there is one text: the keys in this order, those of `detail` by code unit. */
export function toRowText(seq: number, { atMs, actor, station, action, target, outcome, detail }: AuditDraft): string {
  const details = Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `${JSON.stringify({ seq, atMs, actor, station, action, target, outcome }).slice(0, -1)},"detail":{${details.join(',')}}}`;
}

/** SHA-256 of the hash before, a line end and the row, in hex. */
export function hashRow(previousHash: string, text: string | Uint8Array): string {
  return createHash('sha256').update(previousHash).update('\n').update(text).digest('hex');
}

export type ChainFinding =
  | { readonly kind: 'whole'; readonly head: AuditHead }
  /** `seq`: the first row that is not as it was written. */
  | { readonly kind: 'broken'; readonly seq: number; readonly why: string };

/**
 * [AU3] Walks the trail from its first row. `noted`: what the head file beside the database says was reached before the rows were read; without it
 * rows taken from the end could not be missed. Whoever can write both files can make a new trail: keep the head elsewhere.
 */
export function checkChain(rows: Iterable<KeptAuditRow>, noted: AuditHead | null): ChainFinding {
  let head = EMPTY_TRAIL;
  let hashAtNoted = noted?.seq === 0 ? EMPTY_TRAIL.hash : null;
  for (const { seq, text, hash } of rows) {
    if (seq !== head.seq + 1) return broken(head.seq + 1, `it is not there; the next row is number ${seq}`);
    const expected = hashRow(head.hash, text);
    if (hash !== expected) return broken(seq, `its text with the hash of row ${head.seq} gives ${expected}, the hash kept with it is ${hash}: the row, or its hash, was changed`);
    if (seqIn(text) !== seq) return broken(seq, 'its text speaks of another number');
    head = { seq, hash };
    if (seq === noted?.seq) hashAtNoted = hash;
  }
  if (noted === null) return broken(head.seq + 1, 'there is no readable head file beside the database, so rows taken from the end could not be missed');
  if (noted.seq > head.seq) return broken(head.seq + 1, `it is not there, and the trail had come to row ${noted.seq}`);
  if (hashAtNoted !== noted.hash) return broken(noted.seq, `its hash is ${hashAtNoted}, the head file says ${noted.hash}: the trail was written anew`);
  return { kind: 'whole', head };
}

function broken(seq: number, why: string): ChainFinding {
  return { kind: 'broken', seq, why };
}

function seqIn(text: Uint8Array): unknown {
  try {
    return Reflect.get(JSON.parse(Buffer.from(text).toString('utf8')), 'seq');
  } catch {
    return null;
  }
}
