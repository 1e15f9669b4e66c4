import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../server/openStore.ts';
import { runIoc } from '../support/ioc.ts';
import { aDraftRow } from '../support/someAlarmEvents.ts';
import { smallTable } from '../support/storeContract.ts';

let data = '';
let path = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'ioc-audit-'));
  path = join(data, 'live-2021.sqlite');
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
});

const audit = (verb: string) => runIoc(['audit', verb, '--data', data]);
/** A store as a server holds it, with this many rows. */
async function aTrail(rows: number) {
  const store = await openStore({ path, table: smallTable });
  for (let row = 1; row <= rows; row++) await store.alarms.append([], [aDraftRow({ target: `báo động ${row}` })]);
  return store;
}
function change(sql: string) {
  const raw = new DatabaseSync(path);
  raw.exec(sql);
  raw.close();
}

describe('[AU5] npm run ioc -- audit', () => {
  test('while a server holds the file, says how many rows are whole and where they end', async () => {
    const store = await aTrail(3);
    const [newest] = await store.alarms.readAudit({ limit: 1, beforeSeq: null });
    expect(await audit('verify')).toEqual({ code: 0, out: `The audit trail of ${path} is whole. Rows checked: 3. Head: ${newest?.hash}\n`, error: '' });
    // Nothing of it is left to the one that runs.
    await store.alarms.append([], [aDraftRow()]);
    expect((await audit('verify')).out).toContain('Rows checked: 4');
    await store.log.close();
  });

  test('export gives a row a line, with its hash, and says on the other line that they are whole', async () => {
    const store = await aTrail(2);
    const rows = (await store.alarms.readAudit({ limit: 9, beforeSeq: null })).toReversed();
    const said = await audit('export');
    expect(said.out.trimEnd().split('\n').map((line) => JSON.parse(line))).toEqual(rows);
    expect([said.code, said.error]).toEqual([0, expect.stringContaining('Rows checked: 2')]);
    await store.log.close();
  });

  test.each([
    { harm: `UPDATE audit_row SET row = replace(row, 'báo', 'bao') WHERE seq = 2`, says: /broken at row 2: .*the row, or its hash, was changed/ },
    { harm: 'DELETE FROM audit_row WHERE seq = 2', says: /broken at row 2: it is not there; the next row is number 3/ },
    { harm: 'DELETE FROM audit_row WHERE seq = 3', says: /broken at row 3: it is not there, and the trail had come to row 3/ },
  ])('after $harm names the first broken row and fails', async ({ harm, says }) => {
    await (await aTrail(3)).log.close();
    change(harm);
    const said = await audit('verify');
    expect([said.code, said.out, said.error]).toEqual([1, '', expect.stringMatching(says)]);
    expect((await audit('export')).code).toBe(1);
  });

  test('where the server found another database than it had left, that is said', async () => {
    const store = await aTrail(2);
    await store.alarms.append([], [aDraftRow({ actor: 'system', action: 'log.cut' })]);
    await store.log.close();
    expect(await audit('verify')).toMatchObject({ code: 0, out: expect.stringMatching(/Rows checked: 3\..* Before row 3 /) });
  });

  test('a store without a trail has none to break; no store, and another verb, say what to do', async () => {
    await (await aTrail(0)).log.close();
    change('DROP TABLE audit_row; DROP TABLE alarm_event');
    expect(await audit('verify')).toMatchObject({ code: 0, out: expect.stringContaining('Rows checked: 0') });
    rmSync(path);
    expect(await audit('verify')).toMatchObject({ code: 1, error: expect.stringContaining('There is no store') });
    expect(await audit('mend')).toMatchObject({ code: 1, error: expect.stringContaining('audit verify') });
  });
});
