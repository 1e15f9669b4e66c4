import { StoreError } from '../ports/store.ts';

/** A row of `node:sqlite`, whose columns the types cannot know. */
type SqlRow = Readonly<Record<string, unknown>>;

export function numberOf(row: SqlRow | undefined, column: string): number {
  const value = row?.[column];
  if (typeof value !== 'number') throw notAs(column, value, 'a number');
  return value;
}

export function numberOrNull(row: SqlRow | undefined, column: string): number | null {
  return row === undefined || row[column] === null ? null : numberOf(row, column);
}

export function textOf(row: SqlRow | undefined, column: string): string {
  const value = row?.[column];
  if (typeof value !== 'string') throw notAs(column, value, 'a text');
  return value;
}

export function bytesOf(row: SqlRow | undefined, column: string): Uint8Array {
  const value = row?.[column];
  if (!(value instanceof Uint8Array)) throw notAs(column, value, 'bytes');
  return value;
}

function notAs(column: string, got: unknown, expected: string): StoreError {
  return new StoreError('corrupt', `Column ${column} of the store holds ${typeof got}, expected ${expected}; restore the file from a backup.`);
}
