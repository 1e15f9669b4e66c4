import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { ALARM_SCHEMA, createAlarmTable } from '../../../server/log/alarmTable.ts';
import { openStore } from '../../../server/openStore.ts';
import type { AuditDraft } from '../../../server/ports/alarmLog.ts';
import { aDraftRow, aRaise, arbitraryAlarmEvent, arbitraryDraftRow } from '../../support/someAlarmEvents.ts';
import { smallTable } from '../../support/storeContract.ts';

const folder = mkdtempSync(join(tmpdir(), 'alarm-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, `${files++}.sqlite`);

async function open(path: string, options: { readonly readOnly?: boolean } = {}) {
  const store = await openStore({ path, table: smallTable, ...options });
  onTestFinished(() => store.log.close().catch(() => {}));
  return store;
}

const ALL = { limit: 10_000, beforeSeq: null };

test('[AU1] events and rows come back in the order appended, after a restart too', async () => {
  const appends = fc.array(fc.tuple(fc.array(arbitraryAlarmEvent, { maxLength: 5 }), fc.array(arbitraryDraftRow, { maxLength: 4 })), { maxLength: 6 });
  await fc.assert(fc.asyncProperty(appends, async (given) => {
    const path = newPath();
    const store = await open(path);
    // Not awaited one by one: call order is the order kept.
    await Promise.all(given.map(([events, audit]) => store.alarms.append(events, audit)));
    await store.log.close();
    const again = await open(path);
    expect(again.opening.kind).toBe('continued');
    expect(await again.alarms.readAll()).toEqual(given.flatMap(([events]) => events));
    const rows = (await again.alarms.readAudit(ALL)).toReversed();
    expect(rows.map(({ seq: _seq, hash: _hash, ...draft }) => draft)).toEqual(given.flatMap(([, audit]) => audit));
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_row, index) => index + 1));
    await again.log.close();
  }), { numRuns: 12 });
});

test('[AU1] the audit trail is read newest first, a page at a time', async () => {
  const store = await open(':memory:');
  await store.alarms.append([], Array.from({ length: 5 }, (_, index) => aDraftRow({ target: `t-${index + 1}` })));
  const page = async (limit: number, beforeSeq: number | null) => (await store.alarms.readAudit({ limit, beforeSeq })).map(({ seq, target }) => `${seq} ${target}`);
  expect(await page(2, null)).toEqual(['5 t-5', '4 t-4']);
  expect(await page(2, 4)).toEqual(['3 t-3', '2 t-2']);
  expect(await page(9, 2)).toEqual(['1 t-1']);
  expect(await page(9, 1)).toEqual([]);
});

test.each(['alarm_event', 'audit_row'])('[AU2] when one of %s cannot be written, neither events nor rows are kept, and the next append goes on from before', (table) => {
  const db = new DatabaseSync(':memory:');
  db.exec(`${ALARM_SCHEMA}; CREATE TRIGGER refusing BEFORE INSERT ON ${table} WHEN (SELECT count(*) FROM ${table}) = 2 BEGIN SELECT RAISE(ABORT, 'no'); END`);
  const alarms = createAlarmTable(db);
  const append = (...targets: string[]) => alarms.append(targets, targets.map((target) => aDraftRow({ target })));
  append('a');
  const before = alarms.auditHead();
  expect(() => append('b', 'c')).toThrow('no');
  expect([alarms.readEvents(), alarms.readAudit(9, null).length, alarms.auditHead()]).toEqual([['a'], 1, before]);
  append('d');
  expect([alarms.readEvents(), alarms.auditHead().seq]).toEqual([['a', 'd'], 2]);
});

test('[AU2] a file opened to read takes none; one of an earlier release, which knew no alarms, has none and takes them', async () => {
  const path = newPath();
  await (await open(path)).log.close();
  const raw = new DatabaseSync(path);
  raw.exec('DROP TABLE alarm_event; DROP TABLE audit_row');
  raw.close();
  const reader = await open(path, { readOnly: true });
  expect([await reader.alarms.readAll(), await reader.alarms.readAudit(ALL)]).toEqual([[], []]);
  await expect(reader.alarms.append([aRaise(1)], [])).rejects.toMatchObject({ code: 'read-only' });
  await reader.log.close();
  const store = await open(path);
  await store.alarms.append([aRaise(1)], [aDraftRow()]);
  expect([store.opening.kind, await store.alarms.readAll()]).toEqual(['continued', [aRaise(1)]]);
});

test('[AU2] a restart of the log, as a seek makes one, leaves neither, and the trail begins anew', async () => {
  const store = await open(':memory:');
  await store.alarms.append([aRaise(1)], [aDraftRow(), aDraftRow()]);
  const [, first] = await store.alarms.readAudit(ALL);
  await store.log.restart();
  expect([await store.alarms.readAll(), await store.alarms.readAudit(ALL)]).toEqual([[], []]);
  await store.alarms.append([], [aDraftRow()]);
  expect(await store.alarms.readAudit(ALL)).toEqual([first]);
});

test('[AU2] a damaged event is said to be damaged', async () => {
  const path = newPath();
  const store = await open(path);
  await store.alarms.append([aRaise(1)], []);
  await store.log.close();
  const raw = new DatabaseSync(path);
  raw.exec(`UPDATE alarm_event SET event = replace(event, 'critical', 'major')`);
  raw.close();
  await expect((await open(path)).alarms.readAll()).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining('Event 1') });
});

test.each([
  { fault: 'an older copy put back', harm: (path: string) => copyFileSync(`${path}.older`, path) },
  { fault: 'a file whose last row was deleted', harm: (path: string) => change(path, 'DELETE FROM audit_row WHERE seq = 2') },
  { fault: 'a file whose last row was written anew', harm: (path: string) => change(path, `UPDATE audit_row SET hash = '${'5'.repeat(64)}' WHERE seq = 2`) },
])('[AU4] $fault is not the log that was left, and the start says so', async ({ harm }) => {
  const path = newPath();
  const first = await open(path);
  const { epoch } = first.log;
  await first.alarms.append([], [aDraftRow()]);
  await first.log.close();
  copyFileSync(path, `${path}.older`);
  const store = await open(path);
  await store.alarms.append([], [aDraftRow()]);
  await store.log.close();
  harm(path);
  const after = await open(path);
  expect([after.opening.kind, after.opening.detail]).toEqual(['cut', expect.stringContaining('had come to row 2')]);
  expect(after.log.epoch).not.toBe(epoch);
});

test('[AU4] a head file of an earlier release knows of no trail, and is read', async () => {
  const path = newPath();
  const store = await open(path);
  const { epoch } = store.log;
  await store.log.close();
  const { audit, ...head } = JSON.parse(readFileSync(`${path}.head`, 'utf8'));
  expect(audit).toEqual({ seq: 0, hash: '0'.repeat(64) });
  writeFileSync(`${path}.head`, `${JSON.stringify(head)}\n`.padStart(160));
  const after = await open(path);
  expect([after.opening.kind, after.log.epoch]).toEqual(['continued', epoch]);
});

function change(path: string, sql: string): void {
  const raw = new DatabaseSync(path);
  raw.exec(sql);
  raw.close();
}

test('[AU1] one row has one text, whatever order its details were said in', async () => {
  const store = await open(':memory:');
  const again = await open(':memory:');
  const said: AuditDraft['detail'] = { b: 1, a: 'x', 9: true };
  await store.alarms.append([], [aDraftRow({ detail: said })]);
  await again.alarms.append([], [aDraftRow({ detail: Object.fromEntries(Object.entries(said).toReversed()) })]);
  expect(await again.alarms.readAudit(ALL)).toEqual(await store.alarms.readAudit(ALL));
});
