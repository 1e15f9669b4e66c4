import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { RecordingHeader } from '../../server/players/recordingFile.ts';
import type { ReceivedCandidate } from '../../server/ports/player.ts';
import { packedBytes } from './packedBytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'ioc-packed-'));
let written = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Path of a file with these bytes, removed after the tests. */
export function aFileOf(bytes: Uint8Array): string {
  const path = join(folder, `${++written}.jsonl.gz`);
  writeFileSync(path, bytes);
  return path;
}

export function aPackedFile(received: readonly ReceivedCandidate[], more: Partial<RecordingHeader> = {}): string {
  return aFileOf(packedBytes(received, more));
}
