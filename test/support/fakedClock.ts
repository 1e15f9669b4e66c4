import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDebian } from './debianService.ts';

const LIBRARIES = '/usr/lib';

export interface FakedClock {
  /** For the server's process. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on its clock differs from the machine's by so much. What measures elapsed time is left alone, as a step leaves it alone. */
  stepTo(offsetMs: number): void;
}

/** A machine's clock that steps, for one process: by libfaketime from Debian. `null`: it cannot be had here. */
export function createFakedClock(folder: string): FakedClock | null {
  if (ensureDebian('faketime', 'faketime') === null) return null;
  const library = readdirSync(LIBRARIES).map((name) => join(LIBRARIES, name, 'faketime')).flatMap((path) => {
    try {
      return readdirSync(path).filter((name) => name.startsWith('libfaketimeMT')).map((name) => join(path, name));
    } catch {
      return [];
    }
  })[0];
  if (library === undefined) return null;
  const path = join(folder, 'clock');
  const stepTo = (offsetMs: number) => writeFileSync(path, `${offsetMs < 0 ? '-' : '+'}${(Math.abs(offsetMs) / 1_000).toFixed(0)}`);
  stepTo(0);
  return { env: { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: path, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' }, stepTo };
}
