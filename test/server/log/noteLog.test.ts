import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../server/openStore.ts';
import type { NoteEntry } from '../../../shared/protocol/notes.ts';
import { anObservation } from '../../support/anObservation.ts';
import { aDraft } from '../../support/someNotes.ts';
import { NO_FINGERPRINTS, smallTable } from '../../support/storeContract.ts';

const folder = mkdtempSync(join(tmpdir(), 'note-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, `${files++}.sqlite`);
const entryOf = (number: number): NoteEntry => ({ kind: 'written', recordedAtMs: number, draft: aDraft({ id: `note-${number}000`, text: `Ghi chú ${number}: “ắềữ”\nhai dòng` }) });

async function open(path: string, options: { readonly readOnly?: boolean } = {}) {
  const store = await openStore({ path, table: smallTable, ...options });
  onTestFinished(() => store.log.close().catch(() => {}));
  return store;
}

test('[NT3] entries come back in order after a restart, beside the readings', async () => {
  const path = newPath();
  const store = await open(path);
  await store.notes.append(entryOf(1));
  await store.log.append([anObservation({ value: 4 })], NO_FINGERPRINTS);
  await store.notes.append(entryOf(2));
  await store.log.close();
  const again = await open(path);
  expect(again.opening.kind).toBe('continued');
  expect(await again.notes.readAll()).toEqual([entryOf(1), entryOf(2)]);
});

test('[NT3] a file of an earlier release, which knew no notes, takes them', async () => {
  const path = newPath();
  await (await open(path)).log.close();
  const raw = new DatabaseSync(path);
  raw.exec('DROP TABLE note_entry');
  raw.close();
  const store = await open(path);
  expect([store.opening.kind, await store.notes.readAll()]).toEqual(['continued', []]);
  await store.notes.append(entryOf(1));
  expect(await store.notes.readAll()).toEqual([entryOf(1)]);
});

test('[NT3] a damaged entry is said to be damaged', async () => {
  const path = newPath();
  const store = await open(path);
  await store.notes.append(entryOf(1));
  await store.log.close();
  const raw = new DatabaseSync(path);
  raw.exec(`UPDATE note_entry SET entry = replace(entry, 'Ghi', 'ghi')`);
  raw.close();
  await expect((await open(path)).notes.readAll()).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining('Entry 1') });
});

test('[NT3] a file opened to read takes none', async () => {
  const path = newPath();
  await (await open(path)).log.close();
  await expect((await open(path, { readOnly: true })).notes.append(entryOf(1))).rejects.toMatchObject({ code: 'read-only' });
});
