import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** `remedy`: how such a file is made and what to do about a wrong one. @throws Error that names the file and what is wrong in it */
export function readJson<Schema extends z.ZodType>(path: string, schema: Schema, remedy: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}. ${remedy}`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${path} cannot be used: at ${issue?.path.join('.') || 'its root'}: ${issue?.message ?? 'unknown problem'}. ${remedy}`);
}

/** For its owner's eyes. Whoever reads sees the old file or the new one, never a part, also after a power cut. */
export function writeWhole(path: string, value: unknown): void {
  const unfinished = `${path}.${process.pid}.tmp`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** While nobody else changes the file; its folder is made if absent. @throws Error that another command is at it, or as `work` does */
export function whileLocked<Result>(path: string, work: () => Result): Result {
  mkdirSync(dirname(path), { recursive: true });
  const lock = `${path}.lock`;
  let held: number;
  try {
    held = openSync(lock, 'wx', 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new Error(`Another command is changing ${path}. Wait for it and try again; if none is running, one was killed: delete ${lock}.`, { cause: error });
  }
  try {
    return work();
  } finally {
    closeSync(held);
    rmSync(lock, { force: true });
  }
}
