import { copyFileSync, existsSync, openSync, closeSync, readSync, statSync } from 'node:fs';

const TRIES = 20;
/** Salts and checksum of a write-ahead log: another header is another log. */
const WAL_HEADER_BYTES = 32;

/**
 * Copies a store that a running server holds for itself alone. The database with a later part of its write-ahead log is the store as of a
 * moment, as long as the log was not copied back meanwhile: then the file is another, and the copy is made anew.
 * @throws Error when there is no store, or the server copies its log back again and again.
 */
export function copyStore(from: string, to: string): void {
  if (!existsSync(from)) throw new Error(`There is no store at ${from}. Give the server's data folder with --data, and its edition with --edition.`);
  for (let count = 0; count < TRIES; count++) {
    const before = stateOf(from);
    copyFileSync(from, to);
    if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`);
    if (stateOf(from) === before) return;
  }
  throw new Error(`The store at ${from} changed under ${TRIES} copies. Try again when the server has less to do.`);
}

function stateOf(path: string): string {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  return `${size}/${mtimeNs}/${walHeader(`${path}-wal`)}`;
}

function walHeader(path: string): string {
  if (!existsSync(path)) return '';
  const header = Buffer.alloc(WAL_HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, WAL_HEADER_BYTES, 0);
  } finally {
    closeSync(file);
  }
  return header.toString('hex');
}
