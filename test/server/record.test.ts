import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCatalogue } from '../../server/catalogue.ts';
import { openStore } from '../../server/openStore.ts';
import { createLogRecording } from '../../server/players/logRecording.ts';
import { readRecording, RecordingHeader } from '../../server/players/recordingFile.ts';
import { exportSpan, linesOf } from '../../server/exportSpan.ts';
import { readPackedRecording } from '../../server/players/packedRecording.ts';
import type { LoggedBatch } from '../../server/ports/store.ts';
import { realTable } from '../support/aCatalogue.ts';
import { anObservation } from '../support/anObservation.ts';

const folder = mkdtempSync(join(tmpdir(), 'ioc-record-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('[LR6] a series that spoke before the log reaches back is in the first picture, and a late item does not take its place', async () => {
  const HOUR_MS = 3_600_000;
  const T0 = Date.parse('2026-10-01T00:00:00Z');
  const catalogue = readCatalogue();
  const table = catalogue.tablesByEdition[2021];
  const [rare, often] = [table.indexOf('68', 'alerts-open')!, table.indexOf('01', 'alerts-open')!];
  const store = await openStore({ path: join(folder, 'store.sqlite'), table });
  const say = (seriesIndex: number, receivedAtMs: number, value: number, observedAtMs = receivedAtMs) =>
    store.log.append([anObservation({ seriesIndex, receivedAtMs, observedAtMs, value })], { words: new Uint32Array() });
  await say(rare, T0, 1);
  for (let hour = 1; hour <= 60; hour++) await say(often, T0 + hour * HOUR_MS, hour);
  await say(rare, T0 + 61 * HOUR_MS, 9, T0 - HOUR_MS);
  await say(often, T0 + 62 * HOUR_MS, 62);
  await store.history.retain(T0 + 62 * HOUR_MS);
  const path = join(folder, 'file.jsonl.gz');
  await exportSpan(store, path, { from: T0 + 61.5 * HOUR_MS, to: T0 + 62 * HOUR_MS, edition: '2021', rate: 1, out: 'file.jsonl.gz' }, catalogue, T0 + 62 * HOUR_MS);
  await store.log.close();
  const { recording } = await readPackedRecording(path);
  const first = await recording.currentAt(recording.startMs);
  const heldBy = (code: string) => first.flatMap(({ candidate }) => (Reflect.get(Object(candidate), 'localityCode') === code ? [Reflect.get(Object(candidate), 'value')] : []));
  expect(heldBy('68')).toEqual([1]);
  expect(heldBy('01')).toEqual([60]);
  expect(await recording.readBetween(recording.startMs, recording.endMs)).toHaveLength(1);
});

test('[LR9] a recording over a clock set back can be read, and keeps the order of arrival', async () => {
  const table = realTable('2021');
  const seriesIndex = table.indexOf('68', 'alerts-open')!;
  const observations = [10_000, 20_000, 12_000, 30_000].map((receivedAtMs, i) => anObservation({ seriesIndex, receivedAtMs, observedAtMs: i, value: i }));
  const batch: LoggedBatch = { firstOffset: 0, observations };
  const recording = await createLogRecording({ readFrom: async (offset) => (offset === 0 ? [batch] : []) }, table);
  const header = RecordingHeader.parse({ format: 'ioc-recording', version: 1, name: 'test', edition: '2021', startMs: 9_000, endMs: 30_000, rate: 1, marksMs: [], sourceIds: [] });
  let text = '';
  for await (const piece of linesOf(header, [], recording, 9_000)) text += piece;
  const { received } = readRecording(text);
  expect(received.map(({ receivedAtMs }) => receivedAtMs)).toEqual([10_000, 20_000, 20_000, 30_000]);
  expect(received.map(({ candidate }) => Reflect.get(Object(candidate), 'value'))).toEqual([0, 1, 2, 3]);
});
