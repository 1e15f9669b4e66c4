import { setTimeout as wait } from 'node:timers/promises';

/** Asks every few milliseconds, for what another process does. @throws Error that names it when it never is so. */
export async function untilSo(isSo: () => boolean, limitMs = 10_000): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += 5) {
    if (waitedMs >= limitMs) throw new Error(`Waited ${limitMs} ms for: ${isSo}`);
    await wait(5);
  }
}
