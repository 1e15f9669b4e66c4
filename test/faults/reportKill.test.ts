import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openStore } from '../../server/openStore.ts';
import { smallTable } from '../support/storeContract.ts';

const folder = mkdtempSync(join(tmpdir(), 'ioc-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const WRITER = resolve(import.meta.dirname, 'reportWriter.ts');
const ROUNDS = 4;

/** Starts a writer, lets it answer some, kills it; returns the numbers it answered. */
function killAfter(path: string, first: number, count: number): Promise<number[]> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [WRITER, path, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split('\n').length > count) child.kill('SIGKILL');
    });
    child.once('error', failed);
    // The last line may be cut: only those with an end were answered.
    child.once('close', () => done(text.split('\n').slice(0, -1).map(Number)));
  });
}

test(`[CB10] kill -9 while reports are filed and the log is cut loses no report that was answered (${ROUNDS} rounds)`, async () => {
  const path = join(folder, 'live.sqlite');
  const answered: number[] = [];
  for (let round = 0; round < ROUNDS; round++) answered.push(...await killAfter(path, round * 10_000, 25 + round * 11));
  const store = await openStore({ path, table: smallTable });
  const found = new Set((await store.reports.readAll()).map(({ report }) => (report.kind === 'alert' ? report.alertId : '')));
  await store.log.close();
  expect(answered.length).toBeGreaterThan(ROUNDS * 25);
  expect(answered.filter((number) => !found.has(`a-${number}`))).toEqual([]);
});
