import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openStore } from '../../server/openStore.ts';
import { START_MS } from '../support/anObservation.ts';
import { filed } from '../support/someAlerts.ts';
import { SERIES, smallTable } from '../support/storeContract.ts';
import { fingerprintsOf, numberedBatch } from './numberedBatch.ts';

const DISK_BYTES = 6 * 1024 * 1024;
const BALLAST_BYTES = 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'disk-full-'));

/** A disk small enough to fill; `false` where this user may not mount one. */
const isMounted = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
afterAll(() => {
  if (isMounted) execFileSync('umount', [folder]);
  rmdirSync(folder);
});

test.skipIf(!isMounted)('[L11] a full disk refuses the batch, keeps every acknowledged one, and takes batches again once there is room', async () => {
  const path = join(folder, 'live.sqlite');
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, new Uint8Array(BALLAST_BYTES));
  const store = await openStore({ path, table: smallTable, foldAtCount: 500 });
  const offsetByNumber = new Map<number, number>();
  const appendNext = async (number: number) => offsetByNumber.set(number, await store.log.append(numberedBatch(number), fingerprintsOf(number)));
  let number = 0;
  let refusal: unknown = null;
  while (refusal === null) {
    try {
      await appendNext(number++);
    } catch (error) {
      refusal = error;
    }
  }
  expect(refusal).toMatchObject({ code: 'full', message: expect.stringContaining(path) });
  const acknowledgedWhileFull = offsetByNumber.size;
  expect((await store.history.asOf(START_MS + number * 1000)).observations).toHaveLength(SERIES);

  // Reports in the same file fare alike, and what could not be kept is not there.
  const manyReports = Array.from({ length: 4_000 }, (_, alert) => filed({ alertId: `a-${alert}` }));
  await expect(store.reports.append(manyReports)).rejects.toMatchObject({ code: 'full' });
  await expect(store.reports.compact(manyReports)).rejects.toMatchObject({ code: 'full' });

  rmSync(ballast);
  await store.reports.append([filed()]);
  for (let more = 0; more < 20; more++) await appendNext(number++);
  await store.log.close();

  const again = await openStore({ path, table: smallTable });
  expect(again.opening.kind).toBe('continued');
  const stored = new Map((await again.log.readFrom(0, Number.MAX_SAFE_INTEGER)).map(({ firstOffset, observations }) => [firstOffset, observations]));
  expect(acknowledgedWhileFull).toBeGreaterThan(100);
  expect(stored.size).toBe(offsetByNumber.size);
  for (const [each, offset] of offsetByNumber) expect(stored.get(offset)).toEqual(numberedBatch(each));
  expect(await again.reports.readAll()).toEqual([filed()]);
  await again.log.close();
});
