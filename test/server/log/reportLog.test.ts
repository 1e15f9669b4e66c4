import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../server/openStore.ts';
import { filed } from '../../support/someAlerts.ts';
import { smallTable } from '../../support/storeContract.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, `${files++}.sqlite`);
const alert = (number: number) => filed({ alertId: `a-${number}`, title: `Cảnh báo ${number}: “ắềữ”` });

async function open(path: string, options: { readonly readOnly?: boolean } = {}) {
  const store = await openStore({ path, table: smallTable, ...options });
  onTestFinished(() => store.log.close().catch(() => {}));
  return store;
}
function alter(path: string, sql: string): void {
  const raw = new DatabaseSync(path);
  raw.exec(sql);
  raw.close();
}

describe('[CB9] the log of reports', () => {
  test('deliveries come back in order after a restart', async () => {
    const path = newPath();
    const store = await open(path);
    await store.reports.append([alert(1), alert(2)]);
    await store.reports.append([]);
    await store.reports.append([alert(3)]);
    await store.log.close();
    expect(await (await open(path)).reports.readAll()).toEqual([alert(1), alert(2), alert(3)]);
  });

  test('compaction replaces what was there when it was called; what is appended meanwhile stays, and comes after', async () => {
    const path = newPath();
    const store = await open(path);
    for (const number of [1, 2, 3]) await store.reports.append([alert(number)]);
    // More than a row's worth, so that the append really comes between.
    const live = Array.from({ length: 450 }, (_, index) => alert(1_000 + index));
    const compacting = store.reports.compact(live);
    const appending = store.reports.append([alert(4)]);
    await Promise.all([compacting, appending]);
    expect(await store.reports.readAll()).toEqual([...live, alert(4)]);
    await store.reports.compact([alert(5)]);
    await store.reports.append([alert(6)]);
    await store.log.close();
    expect(await (await open(path)).reports.readAll()).toEqual([alert(5), alert(6)]);
  });

  test('cut to nothing it is empty', async () => {
    const store = await open(newPath());
    await store.reports.compact([]);
    await store.reports.append([alert(1)]);
    await store.reports.compact([]);
    expect(await store.reports.readAll()).toEqual([]);
  });

  test('a file of an earlier release, which knew no reports, takes them', async () => {
    const path = newPath();
    await (await open(path)).log.close();
    alter(path, 'DROP TABLE report_delivery');
    const store = await open(path);
    expect([store.opening.kind, await store.reports.readAll()]).toEqual(['continued', []]);
    await store.reports.append([alert(1)]);
    expect(await store.reports.readAll()).toEqual([alert(1)]);
  });

  test.each([
    ['damaged', `UPDATE report_delivery SET reports = replace(reports, 'Cảnh', 'cảnh')`, 'Delivery 1'],
    ['of another shape', `UPDATE report_delivery SET reports = '[{}]', crc = 3936877308`, 'cannot be read'],
  ])('a delivery that is %s is said to be', async (_, sql, words) => {
    const path = newPath();
    const store = await open(path);
    await store.reports.append([alert(1)]);
    await store.log.close();
    alter(path, sql);
    await expect((await open(path)).reports.readAll()).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining(words) });
  });

  test('a file opened to read takes none', async () => {
    const path = newPath();
    await (await open(path)).log.close();
    const { reports } = await open(path, { readOnly: true });
    await expect(reports.append([alert(1)])).rejects.toMatchObject({ code: 'read-only' });
    await expect(reports.compact([])).rejects.toMatchObject({ code: 'read-only' });
  });
});
