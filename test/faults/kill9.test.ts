import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { openStore } from '../../server/openStore.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { START_MS } from '../support/anObservation.ts';
import { naiveAsOf, naiveSeries } from '../support/naiveHistory.ts';
import { SERIES, settleFold, smallTable } from '../support/storeContract.ts';
import { fingerprintsOf, numberedBatch } from './numberedBatch.ts';

const ROUNDS = 10;
const folder = mkdtempSync(join(tmpdir(), 'kill9-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the writer until it has acknowledged `killAfter` batches, kills it at that moment, and returns what it had acknowledged. */
async function writeAndKill(path: string, first: number, killAfter: number): Promise<{ epoch: string; offsetByNumber: Map<number, number> }> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'storeWriter.ts'), path, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const offsetByNumber = new Map<number, number>();
  let epoch = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const [head = '', tail = ''] = line.split(' ');
    if (head === 'epoch') epoch = tail;
    else offsetByNumber.set(Number(head), Number(tail));
    // Lines still in the pipe are read to the end: they were acknowledged before the kill.
    if (offsetByNumber.size >= killAfter && !child.killed) child.kill('SIGKILL');
  }
  return { epoch, offsetByNumber };
}

test(`[L10] kill -9 at any moment loses no acknowledged reading and leaves no part of a batch (${ROUNDS} rounds, folds included)`, async () => {
  const path = join(folder, 'live.sqlite');
  const acknowledged = new Map<number, number>();
  let epoch: string | null = null;
  let first = 0;
  let roundsInFold = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const written = await writeAndKill(path, first, 20 + ((round * 37) % 150));
    epoch ??= written.epoch;
    expect(written.epoch).toBe(epoch);
    for (const [number, offset] of written.offsetByNumber) acknowledged.set(number, offset);

    const raw = new DatabaseSync(path);
    expect(raw.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    const fold = Object.fromEntries(raw.prepare('SELECT name, value FROM meta').all().map(({ name, value }) => [name, Number(value)]));
    if ((fold['fold-target'] ?? 0) > (fold['folded-through'] ?? 0)) roundsInFold++;
    raw.close();

    const store = await openStore({ path, table: smallTable });
    expect(store.opening.kind).toBe('continued');
    expect(store.log.epoch).toBe(epoch);
    const logged = (await store.log.readFrom(0, Number.MAX_SAFE_INTEGER));
    const observationByOffset = new Map(logged.flatMap((batch) => batch.observations.map((observation, i) => [batch.firstOffset + i, observation] as const)));
    for (const [number, offset] of acknowledged) {
      numberedBatch(number).forEach((observation, place) => { expect(observationByOffset.get(offset + place)).toEqual(observation); });
    }
    // Committed though not acknowledged is allowed; half a batch is not.
    for (const batch of logged) expect(batch.observations).toEqual(numberedBatch(batch.observations[0]!.value!));
    const { words } = await store.log.readFingerprints(0);
    expect(words.length).toBe(logged.length * 3);
    expect([...words]).toEqual(logged.flatMap(({ observations }) => [...fingerprintsOf(observations[0]!.value!).words]));

    await expectHistoryOf(store, logged.flatMap(({ observations }) => observations));
    await settleFold(store);
    await expectHistoryOf(store, logged.flatMap(({ observations }) => observations));
    await store.log.close();
    first = Math.max(...logged.map(({ observations }) => observations[0]!.value!)) + 1;
  }
  expect(acknowledged.size).toBeGreaterThan(ROUNDS * 20);
  expect(roundsInFold).toBeGreaterThan(0);
});

/** Neither lost nor counted twice by a fold that was cut off. */
async function expectHistoryOf(store: Awaited<ReturnType<typeof openStore>>, arrived: readonly Observation[]): Promise<void> {
  const toMs = Math.max(...arrived.map(({ observedAtMs }) => observedAtMs)) + 1;
  for (let seriesIndex = 0; seriesIndex < SERIES; seriesIndex++) {
    const query = { seriesIndex, fromMs: START_MS, toMs, points: 7 };
    expect((await store.history.series(query)).points).toEqual(naiveSeries(arrived, query));
  }
  for (const atMs of [toMs, START_MS + Math.floor((toMs - START_MS) / 2)]) {
    expect((await store.history.asOf(atMs)).observations.toSorted((a, b) => a.seriesIndex - b.seriesIndex)).toEqual(naiveAsOf(arrived, atMs));
  }
}
