import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openStore, type Store, type StoreOptions } from '../../../server/openStore.ts';
import { buildSeriesTable } from '../../../shared/domain/seriesTable.ts';
import { aLand, anIndicator } from '../../support/aCatalogue.ts';
import { anObservation, START_MS } from '../../support/anObservation.ts';
import { describeStore, NO_FINGERPRINTS, settleFold, smallTable } from '../../support/storeContract.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, `${files++}.sqlite`);

const pathByStore = new WeakMap<Store, string>();

describeStore('in memory', { runs: 40, open: (folding) => openStore({ path: ':memory:', table: smallTable, ...folding }), reopen: null });

async function openAt(path: string, folding: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({ path, table: smallTable, ...folding });
  pathByStore.set(store, path);
  return store;
}

describeStore('in a file', {
  runs: 8,
  open: (folding) => openAt(newPath(), folding),
  reopen: async (store, folding) => {
    await store.log.close();
    return openAt(pathByStore.get(store)!, folding);
  },
});

describe('the file', () => {
  const opened: Store[] = [];
  afterEach(async () => { for (const store of opened.splice(0)) await store.log.close().catch(() => {}); });
  const openFile = async (path: string, options: Partial<StoreOptions> = {}) => {
    const store = await openAt(path, options);
    opened.push(store);
    return store;
  };
  /** A closed store with three observations, and its epoch. */
  async function aFile(path = newPath()) {
    const store = await openFile(path);
    await store.log.append([1, 2, 3].map((value) => anObservation({ value })), NO_FINGERPRINTS);
    await store.log.close();
    return { path, epoch: store.log.epoch };
  }

  test('[L3] the epoch stays over a restart', async () => {
    const { path, epoch } = await aFile();
    const again = await openFile(path);
    expect(again.opening.kind).toBe('continued');
    expect(again.log.epoch).toBe(epoch);
  });

  test.each([
    { fault: 'an older copy put back', harm: (path: string, copy: string) => copyFileSync(copy, path), kind: 'cut' },
    { fault: 'a file without its head file', harm: (path: string) => rmSync(`${path}.head`), kind: 'cut' },
    { fault: 'a torn head file', harm: (path: string) => writeFileSync(`${path}.head`, '{"epoch":"00'), kind: 'cut' },
    { fault: 'a lost file', harm: (path: string) => rmSync(path), kind: 'lost' },
  ])('[L3] $fault begins a new epoch and says so', async ({ harm, kind }) => {
    const { path, epoch } = await aFile();
    const copy = `${path}.copy`;
    copyFileSync(path, copy);
    const store = await openFile(path);
    expect(store.log.epoch).toBe(epoch);
    await store.log.append([anObservation({ value: 4 })], NO_FINGERPRINTS);
    await store.log.close();
    harm(path, copy);
    const after = await openFile(path);
    expect(after.opening.kind).toBe(kind);
    expect(after.opening.detail).toContain(path);
    expect(after.log.epoch).not.toBe(epoch);
    const { epoch: begun } = after.log;
    await after.log.close();
    expect((await openFile(path)).log.epoch).toBe(begun);
  });

  test('[L3] a copy that has every observation but not every reserved sequence number begins a new epoch', async () => {
    const { path, epoch } = await aFile();
    copyFileSync(path, `${path}.copy`);
    const store = await openFile(path);
    await store.log.reserveSequence(1);
    await store.log.close();
    copyFileSync(`${path}.copy`, path);
    expect((await openFile(path)).log.epoch).not.toBe(epoch);
  });

  test('[L6] another order of the catalogue, or a series less or more, reassigns nothing that is stored', async () => {
    const land = aLand({ provinces: 1, localsPerProvince: 2 });
    const [waiting, received] = [anIndicator({ id: 'waiting' }), anIndicator({ id: 'received' })];
    const before = buildSeriesTable(land, [waiting, received]);
    const after = buildSeriesTable(land, [anIndicator({ id: 'overdue' }), received]);
    const path = newPath();
    const store = await openFile(path, { table: before, foldAtCount: 2 });
    const at = (localityCode: string, indicatorId: string, value: number) => anObservation({ seriesIndex: before.indexOf(localityCode, indicatorId)!, value });
    await store.log.append([at('VN', 'received', 1), at('001', 'waiting', 2), at('001', 'received', 3)], NO_FINGERPRINTS);
    await settleFold(store);
    await store.log.append([at('002', 'waiting', 4), at('002', 'received', 5)], NO_FINGERPRINTS);
    await store.log.close();

    const reordered = await openFile(path, { table: after });
    const named = (observations: readonly { seriesIndex: number; value: number | null }[]) => observations
      .map(({ seriesIndex, value }) => [after.series[seriesIndex]!.locality.code, after.series[seriesIndex]!.indicator.id, value]);
    expect((await reordered.log.readFrom(0, 10)).map(({ firstOffset, observations }) => [firstOffset, named(observations)])).toEqual([
      [0, [['VN', 'received', 1]]], [2, [['001', 'received', 3]]], [4, [['002', 'received', 5]]],
    ]);
    expect(named((await reordered.history.asOf(START_MS)).observations)).toEqual([['VN', 'received', 1], ['001', 'received', 3], ['002', 'received', 5]]);
    const seriesIndex = after.indexOf('001', 'received')!;
    expect((await reordered.history.series({ seriesIndex, fromMs: START_MS, toMs: START_MS + 1, points: 1 })).points[0]!.last).toBe(3);
    expect((await reordered.stats()).unknownSeriesSkipped).toBe(4);
  });

  test('[L7] a second opener is refused and told who holds the file', async () => {
    const path = newPath();
    const store = await openFile(path);
    await expect(openStore({ path, table: smallTable })).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining(String(process.pid)) });
    await expect(openStore({ path, table: smallTable, readOnly: true })).rejects.toMatchObject({ code: 'locked' });
    expect(await store.log.append([anObservation()], NO_FINGERPRINTS)).toBe(0);
    await store.log.close();
    expect((await openFile(path)).opening.kind).toBe('continued');
  });

  test.each([
    { damage: 'that is no database', harm: (bytes: Buffer) => bytes.write('not a database at all', 0) },
    { damage: 'with a page overwritten', harm: (bytes: Buffer) => bytes.fill(0xa5, 4096, 8192) },
    { damage: 'cut short', harm: (bytes: Buffer) => bytes.subarray(0, bytes.length - 5000) },
  ])('[L8] a file $damage is refused with what to do, and left as it is', async ({ harm }) => {
    const { path } = await aFile();
    const bytes = readFileSync(path);
    const harmed = harm(bytes);
    writeFileSync(path, harmed instanceof Buffer ? harmed : bytes);
    const left = readFileSync(path);
    await expect(openStore({ path, table: smallTable })).rejects.toMatchObject({ code: 'corrupt', message: expect.stringMatching(/aside.*backup/s) });
    expect(readFileSync(path).equals(left)).toBe(true);
  });

  test('[L9] a recording is read by many at once and written by none', async () => {
    const path = newPath();
    const store = await openFile(path, { foldAtCount: 2 });
    await store.log.append([anObservation({ value: 1 }), anObservation({ value: 2, seriesIndex: 1 })], NO_FINGERPRINTS);
    await settleFold(store);
    await store.log.append([anObservation({ value: 3, seriesIndex: 2 })], NO_FINGERPRINTS);
    await store.log.close();
    const readers = await Promise.all([openFile(path, { readOnly: true }), openFile(path, { readOnly: true })]);
    for (const reader of readers) {
      expect(reader.log.epoch).toBe(store.log.epoch);
      expect((await reader.log.readFrom(0, 10)).flatMap(({ observations }) => observations.map(({ value }) => value))).toEqual([1, 2, 3]);
      expect((await reader.history.asOf(START_MS)).observations.map(({ value }) => value)).toEqual([1, 2, 3]);
      await expect(reader.log.append([anObservation()], NO_FINGERPRINTS)).rejects.toMatchObject({ code: 'read-only' });
      await expect(reader.log.restart()).rejects.toMatchObject({ code: 'read-only' });
      await expect(reader.log.reserveSequence(1)).rejects.toMatchObject({ code: 'read-only' });
      await expect(reader.history.retain(START_MS)).rejects.toMatchObject({ code: 'read-only' });
    }
    await expect(openStore({ path: newPath(), table: smallTable, readOnly: true })).rejects.toMatchObject({ code: 'invalid' });
  });
});
