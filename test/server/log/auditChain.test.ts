import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALARM_SCHEMA, createAlarmTable } from '../../../server/log/alarmTable.ts';
import { checkChain, EMPTY_TRAIL } from '../../../server/log/auditChain.ts';
import type { AuditDraft } from '../../../server/ports/alarmLog.ts';
import { aDraftRow, arbitraryDraftRow } from '../../support/someAlarmEvents.ts';

function aTrail(drafts: readonly AuditDraft[]) {
  const db = new DatabaseSync(':memory:');
  db.exec(ALARM_SCHEMA);
  const alarms = createAlarmTable(db);
  alarms.append([], drafts);
  const noted = alarms.auditHead();
  return { db, noted, find: () => checkChain(createAlarmTable(db).walkAudit(), noted) };
}

const trail = fc.array(arbitraryDraftRow, { minLength: 1, maxLength: 8 });

test('[AU3] a trail as it was written is whole, and says how far it goes', () => {
  fc.assert(fc.property(fc.array(arbitraryDraftRow, { maxLength: 8 }), (drafts) => {
    const { noted, find } = aTrail(drafts);
    expect(noted.seq).toBe(drafts.length);
    expect(find()).toEqual({ kind: 'whole', head: noted });
  }));
});

test.each(['row', 'hash'])('[AU3] any one bit of any %s turned is found, at that row', (column) => {
  fc.assert(fc.property(trail, fc.nat(), fc.nat(), fc.nat(7), (drafts, rowPick, bytePick, bit) => {
    const { db, find } = aTrail(drafts);
    const seq = 1 + rowPick % drafts.length;
    const bytes = Buffer.from(db.prepare(`SELECT CAST(${column} AS BLOB) AS bytes FROM audit_row WHERE seq = ?`).get(seq)?.bytes as Uint8Array);
    const at = bytePick % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    db.prepare(`UPDATE audit_row SET ${column} = CAST(? AS TEXT) WHERE seq = ?`).run(bytes, seq);
    expect(find()).toMatchObject({ kind: 'broken', seq });
  }), { numRuns: 300 });
});

test('[AU3] any row deleted is found, the last one too', () => {
  fc.assert(fc.property(trail, fc.nat(), (drafts, pick) => {
    const { db, find } = aTrail(drafts);
    const seq = 1 + pick % drafts.length;
    db.prepare('DELETE FROM audit_row WHERE seq = ?').run(seq);
    expect(find()).toMatchObject({ kind: 'broken', seq });
  }));
});

test('[AU3] any two rows that differ, with their hashes or without, are found when they change places', () => {
  fc.assert(fc.property(fc.array(arbitraryDraftRow, { minLength: 2, maxLength: 8 }), fc.nat(), fc.nat(), fc.boolean(), (drafts, one, other, withHash) => {
    const { db, find } = aTrail(drafts);
    const [a, b] = [1 + one % drafts.length, 1 + other % drafts.length].sort((x, y) => x - y) as [number, number];
    fc.pre(a !== b);
    const columns = withHash ? ['row', 'hash'] : ['row'];
    const kept = [a, b].map((seq) => db.prepare(`SELECT ${columns.join(', ')} FROM audit_row WHERE seq = ?`).get(seq));
    const put = db.prepare(`UPDATE audit_row SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE seq = ?`);
    put.run(...columns.map((column) => kept[1]?.[column] as string), a);
    put.run(...columns.map((column) => kept[0]?.[column] as string), b);
    expect(find()).toMatchObject({ kind: 'broken', seq: a });
  }));
});

test('[AU3] a trail made anew from a row on is found by the head that was noted', () => {
  const before = aTrail([aDraftRow(), aDraftRow({ outcome: 'refused' })]);
  const anew = aTrail([aDraftRow(), aDraftRow({ outcome: 'done' })]);
  expect(checkChain(createAlarmTable(anew.db).walkAudit(), before.noted)).toMatchObject({ kind: 'broken', seq: 2, why: expect.stringContaining('written anew') });
});

test('[AU3] rows that came after the head was noted are as good; without a head, the end cannot be trusted', () => {
  const { db, noted } = aTrail([aDraftRow(), aDraftRow()]);
  createAlarmTable(db).append([], [aDraftRow()]);
  const rows = () => createAlarmTable(db).walkAudit();
  expect(checkChain(rows(), noted)).toMatchObject({ kind: 'whole', head: { seq: 3 } });
  expect(checkChain(rows(), EMPTY_TRAIL)).toMatchObject({ kind: 'whole', head: { seq: 3 } });
  expect(checkChain(rows(), null)).toMatchObject({ kind: 'broken', seq: 4 });
});
