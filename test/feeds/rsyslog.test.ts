import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { openSyslog, type SyslogListeners } from '../../server/openSyslog.ts';
import { createCefFeed } from '../../server/sources/cef/decode.ts';
import { aFeed, aPlacer } from '../support/aFeed.ts';
import { aFeedDoor } from '../support/aFeedDoor.ts';
import { ensureDebian } from '../support/debianService.ts';
import { type Rsyslog, startRsyslog } from '../support/startRsyslog.ts';

const binary = await ensureDebian('rsyslog', 'rsyslogd');

const cef = (externalId: number, more = '') => `CEF:0|Ví dụ|Tường lửa|7.2|100100|Tấn công vào cổng dịch vụ công|8|externalId=${externalId} src=203.0.113.7 msg=Phát hiện quét lỗ hổng${more}\n`;
const idOf = (externalId: number) => `Ví dụ/Tường lửa/da-lat/${externalId}`;
const feed = (port: number) => ({ ...aFeed({ id: 'fw-68', format: 'cef', domain: 'security' }), syslog: { transport: 'tcp' as const, port, listenOn: '127.0.0.1', allowFrom: ['127.0.0.1'] } });

let rsyslog: Rsyslog | undefined;
let listeners: SyslogListeners | undefined;

async function open(gate: ReturnType<typeof aFeedDoor>): Promise<number> {
  listeners = await openSyslog({ door: gate.door, adapters: [createCefFeed(aPlacer)], nowMs: Date.now, onError: (error) => { throw error; }, wait: (waitMs, signal) => setTimeout(waitMs, undefined, { signal }) });
  return listeners.listeners[0]!.port;
}

afterEach(async () => {
  await rsyslog?.stop();
  await listeners?.close();
  rsyslog = undefined;
  listeners = undefined;
});

describe.skipIf(binary === null)('a real rsyslog', () => {
  test.each(['traditional', 'octet-counted'] as const)('[SL14] forwards CEF with Vietnamese text, %s; a line too long costs itself only', async (framing) => {
    const gate = aFeedDoor(feed(0));
    rsyslog = startRsyslog(binary!, { port: await open(gate), framing });
    rsyslog.write(cef(1) + cef(2, 'x'.repeat(70_000)) + cef(3));
    await gate.until(() => gate.items.length >= 3);
    expect(gate.items.map(({ kind, id }) => [kind, id])).toEqual([['report', idOf(1)], ['unreadable', null], ['report', idOf(3)]]);
    expect(gate.items[0]).toMatchObject({ report: { title: 'Tấn công vào cổng dịch vụ công', severity: 'high', localityCode: '672', placedBy: 'host' } });
    expect(gate.items[1]).toMatchObject({ problems: [{ where: expect.stringMatching(/^line \d+$/), expected: 'at most 65536 bytes' }] });
  });

  test('[SL14] keeps what it has while the door is shut and while nobody listens, and then sends it', async () => {
    const gate = aFeedDoor(feed(0));
    const port = await open(gate);
    rsyslog = startRsyslog(binary!, { port, framing: 'octet-counted' });
    rsyslog.write(cef(1));
    await gate.until(() => gate.items.length === 1);
    gate.hold();
    rsyslog.write(cef(2));
    await gate.until(() => gate.calls === 2);
    rsyslog.write(cef(3));
    gate.release();
    await gate.until(() => gate.items.length === 3);

    await listeners!.close();
    rsyslog.write(cef(4));
    rsyslog.write(cef(5));
    const again = aFeedDoor(feed(port));
    await open(again);
    rsyslog.write(cef(6));
    await again.until(() => again.items.some(({ id }) => id === idOf(6)));
    expect(again.items.every(({ kind }) => kind === 'report')).toBe(true);
  });
});
