import { closeSync, constants, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { EMPTY_TRAIL } from './auditChain.ts';

/**
 * How far the log had come, beside the database. A database that is behind its head file is an older copy put back or has been
 * cut, and needs a new epoch. Written in place after every commit and never ahead of one; a head file that is itself behind
 * only makes a restored copy harder to notice.
 */
export const Head = z.strictObject({
  epoch: z.string(),
  nextOffset: z.number().int().nonnegative(),
  nextSequence: z.number().int().nonnegative(),
  /** How far the audit trail had come; a head file of an earlier release knows of none. */
  audit: z.strictObject({ seq: z.number().int().nonnegative(), hash: z.string() }).default(EMPTY_TRAIL),
  /** Process that holds the database, for the message to a second one. */
  pid: z.number().int(),
});
export type Head = z.infer<typeof Head>;

/** One length for all heads, so that a shorter one leaves no rest of a longer one behind. */
const HEAD_BYTES = 256;

export const headPathOf = (path: string) => `${path}.head`;

/** `null`: there is none, or it cannot be read as one. */
export function readHead(path: string): Head | null {
  try {
    return Head.parse(JSON.parse(readFileSync(headPathOf(path), 'utf8')));
  } catch {
    return null;
  }
}

export interface HeadFile {
  write(head: Head): void;
  close(): void;
}

export function openHeadFile(path: string): HeadFile {
  const file = openSync(headPathOf(path), constants.O_RDWR | constants.O_CREAT, 0o644);
  return {
    write: (head) => {
      try {
        writeSync(file, `${JSON.stringify(head)}\n`.padStart(HEAD_BYTES), 0);
      } catch {
        // The commit it follows is durable and must be acknowledged; the next write tries again.
      }
    },
    close: () => {
      fsyncSync(file);
      closeSync(file);
    },
  };
}
