import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { createAlarmBook } from '../../../server/alarms/alarmBook.ts';
import { createAlarms } from '../../../server/alarms/createAlarms.ts';
import { cutAlarmLog } from '../../../server/alarms/cutAlarmLog.ts';
import { openStore, type Store } from '../../../server/openStore.ts';
import { AlarmCheckpoint } from '../../../server/ports/alarmCheckpoint.ts';
import { keepLongWatch } from '../../support/aLongWatch.ts';
import { aDraftRow } from '../../support/someAlarmEvents.ts';
import { aCondition, anEvent, T0 } from '../../support/someAlarms.ts';
import { aRule } from '../../support/someRules.ts';
import { smallTable } from '../../support/storeContract.ts';

const DAY_MS = 24 * 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'ioc-cut-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

async function open(path: string): Promise<Store> {
  const store = await openStore({ path, table: smallTable });
  onTestFinished(() => store.log.close().catch(() => {}));
  return store;
}

const watch = keepLongWatch({ transitions: 3_000, conditions: 200 });

async function aWrittenLog() {
  const path = join(folder, `${files++}.sqlite`);
  const store = await open(path);
  const { events } = await watch;
  await store.alarms.append(events, [aDraftRow()]);
  return { path, store, events };
}

async function restarted(path: string) {
  const store = await open(path);
  const { endedAtMs } = await watch;
  const events = await store.alarms.readAll();
  const checkpoint = await store.alarms.readCheckpoint();
  return { store, events, checkpoint, alarms: createAlarms({ log: store.alarms, events, checkpoint, nowMs: () => endedAtMs, onTransitions: () => {}, onError: () => {} }) };
}

test('[LC16] a book made of a checkpoint and the events after it is the one of all events, and goes on like it, wherever the cut falls', async () => {
  const { events } = await watch;
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: events.length }), { minLength: 1, maxLength: 4 }), (cuts) => {
    const whole = createAlarmBook();
    let book = createAlarmBook();
    const at = new Set(cuts);
    const told: unknown[] = [];
    const expected: unknown[] = [];
    for (const [index, event] of events.entries()) {
      // As through the file.
      if (at.has(index)) book = createAlarmBook({}, AlarmCheckpoint.parse(JSON.parse(JSON.stringify({ atMs: 0, ruleChanges: [], ...book.export(), open: book.export().open.map((held) => ({ ...held, eventsCut: 0 })) }))));
      told.push(book.apply(event));
      expected.push(whole.apply(event));
    }
    expect(told).toEqual(expected);
    expect(book.export()).toEqual(whole.export());
  }), { numRuns: 12 });
});

test('[LC16] what is older than 90 days leaves the log; after a restart the alarms are the same, and the trail is whole', async () => {
  const { path, store, events } = await aWrittenLog();
  const { alarms, endedAtMs } = await watch;
  const middleMs = events[1_500]?.atMs ?? T0;
  const isOld = ({ atMs }: { atMs: number }) => atMs < middleMs;
  expect(await cutAlarmLog(store.alarms, middleMs + 90 * DAY_MS)).toBe(events.filter(isOld).length);
  expect(await cutAlarmLog(store.alarms, middleMs + 90 * DAY_MS)).toBe(0);
  await store.log.close();
  const again = await restarted(path);
  expect(again.events).toEqual(events.filter((event) => !isOld(event)));
  expect(again.alarms.open()).toEqual(alarms.open());
  expect(again.store.opening.kind).toBe('continued');
  expect(await again.store.alarms.readAudit({ limit: 10, beforeSeq: null })).toHaveLength(1);
  // What is gone from an alarm's history is counted.
  const { leftOff, events: kept } = again.alarms.historyOf(again.alarms.open()[0]?.id ?? '');
  expect(leftOff + kept.length).toBe(events.filter(({ alarmId }) => alarmId === again.alarms.open()[0]?.id).length);
  // And a second cut stands on the first.
  expect(await cutAlarmLog(again.store.alarms, endedAtMs + 91 * DAY_MS)).toBe(again.events.length);
  await again.store.log.close();
  const last = await restarted(path);
  expect([last.events, last.alarms.open()]).toEqual([[], alarms.open()]);
  // The clock of the log goes on where its last event was, also without one.
  await last.alarms.observe([], T0 - DAY_MS);
  await last.alarms.act([{ kind: 'hand-over', to: 'Trần Văn Nam', note: null }], { account: 'ha.lt', name: 'Lê Thị Hà', station: null });
  expect((await last.store.alarms.readAll())[0]?.atMs).toBeGreaterThanOrEqual(endedAtMs);
});

test('[LC16] [RU1] a rule that was changed years ago is in force after a cut and a restart', async () => {
  const { path, store, events } = await aWrittenLog();
  const { endedAtMs } = await watch;
  const rule = aRule({ id: 'link-lost', version: 2, severity: 'low', when: { type: 'state', indicator: 'tslcd-link-state', equals: 0 } });
  await store.alarms.append([{ kind: 'rule-changed', atMs: endedAtMs, alarmId: 'rule:link-lost', by: 'Quản trị', station: null, rule, basedOn: 1, why: 'Báo quá nhiều' }], []);
  expect(await cutAlarmLog(store.alarms, endedAtMs + 91 * DAY_MS)).toBe(events.length + 1);
  await store.log.close();
  expect((await restarted(path)).alarms.rules.inForce()).toEqual([rule]);
});

test('[LC16] a handful is left where it is', async () => {
  const store = await open(':memory:');
  const { events } = await watch;
  await store.alarms.append(events.slice(0, 999), []);
  expect(await cutAlarmLog(store.alarms, T0 + 1_000 * DAY_MS)).toBe(0);
  expect(await store.alarms.readCheckpoint()).toBeNull();
});

test('[LC16] two cuts at once: the second is refused, and nothing is in the checkpoint twice', async () => {
  const { path, store } = await aWrittenLog();
  const { alarms } = await watch;
  const both = await Promise.allSettled([cutAlarmLog(store.alarms, T0 + 1_000 * DAY_MS), cutAlarmLog(store.alarms, T0 + 1_000 * DAY_MS)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await store.log.close();
  expect((await restarted(path)).alarms.open()).toEqual(alarms.open());
});

test('[LC16] a seek empties the checkpoint with the log', async () => {
  const { store } = await aWrittenLog();
  await cutAlarmLog(store.alarms, T0 + 1_000 * DAY_MS);
  expect(await store.alarms.readCheckpoint()).not.toBeNull();
  await store.log.restart();
  expect([await store.alarms.readCheckpoint(), await store.alarms.readAll()]).toEqual([null, []]);
});

test('[LC16] a damaged checkpoint is told', async () => {
  const { path, store } = await aWrittenLog();
  await cutAlarmLog(store.alarms, T0 + 1_000 * DAY_MS);
  await store.log.close();
  const raw = new DatabaseSync(path);
  raw.exec(`UPDATE alarm_checkpoint SET checkpoint = replace(checkpoint, 'ACKED', 'UNACK')`);
  raw.close();
  await expect((await open(path)).alarms.readCheckpoint()).rejects.toMatchObject({ code: 'corrupt' });
});

test('[LC5] [LC16] how bad it was when that was last known goes through a checkpoint; one of an earlier release, which does not say, is read', () => {
  const changedTo = (severity: string) => anEvent('changed', { condition: aCondition({ severity }) });
  const before = createAlarmBook();
  for (const event of [anEvent('raised', { condition: aCondition({ severity: 'medium' }) }), anEvent('acknowledged'), changedTo('unknown')]) before.apply(event);
  const kept = { atMs: T0, ruleChanges: [], ...before.export(), open: before.export().open.map((held) => ({ ...held, eventsCut: 0 })) };
  const book = createAlarmBook({}, AlarmCheckpoint.parse(JSON.parse(JSON.stringify(kept))));
  expect(book.apply(changedTo('critical'))).toMatchObject([{ state: 'UNACK', acked: null }]);
  const older = { ...kept, open: kept.open.map(({ severityBefore, ...held }) => held) };
  expect(AlarmCheckpoint.parse(JSON.parse(JSON.stringify(older))).open).toMatchObject([{ severityBefore: null }]);
});
