import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DecodedItem } from '../../server/ports/feed.ts';
import { createZabbixFeed } from '../../server/sources/zabbix/decode.ts';
import { aFeed, aPlacer } from '../support/aFeed.ts';
import { ensureDebian } from '../support/debianService.ts';
import { startWebhookListener, type WebhookListener } from '../support/webhookListener.ts';
import { mediaTypeParameters, mediaTypeScript } from '../support/zabbixMediaType.ts';

const binary = ensureDebian('zabbix-server-pgsql', 'zabbix_js');
const { decode } = createZabbixFeed(aPlacer);
const feed = aFeed({ format: 'zabbix' });
/** Made up for this test. */
const token = 'a-token-of-this-test';

const PROBLEM = {
  '{EVENT.ID}': '4217', '{EVENT.NAME}': 'Mất đường truyền', '{EVENT.NSEVERITY}': '4', '{EVENT.SOURCE}': '0', '{EVENT.TAGSJSON}': '[{"tag":"district","value":"672"}]',
  '{EVENT.UPDATE.STATUS}': '0', '{EVENT.VALUE}': '1', '{HOST.HOST}': 'sw-672-core', '{EVENT.TIMESTAMP}': '1772326800', '{EVENT.RECOVERY.TIMESTAMP}': '{EVENT.RECOVERY.TIMESTAMP}',
};
const RECOVERY = { ...PROBLEM, '{EVENT.VALUE}': '0', '{EVENT.RECOVERY.TIMESTAMP}': '1772327100' };

describe.skipIf(binary === null)('our media type, run by the script engine of a real Zabbix', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zabbix-'));
  const script = join(folder, 'script.js');
  let listener: WebhookListener;

  beforeAll(async () => {
    writeFileSync(script, mediaTypeScript());
    listener = await startWebhookListener();
  });
  afterAll(async () => {
    await listener?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Exit code and all that the engine printed. */
  function run(macros: Readonly<Record<string, string>>): Promise<{ readonly code: number | null; readonly text: string }> {
    const parameters = mediaTypeParameters({ '{$IOC.URL}': listener.url, '{$IOC.TOKEN}': token, ...macros });
    const child = spawn(binary ?? '', ['-s', script, '-p', parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { text += chunk.toString(); });
    return new Promise((done, failed) => child.once('error', failed).once('close', (code) => done({ code, text })));
  }

  async function sent(macros: Readonly<Record<string, string>>): Promise<readonly DecodedItem[]> {
    expect(await run(macros)).toEqual({ code: 0, text: expect.stringContaining('OK') });
    const { headers, body, receivedAtMs } = await listener.next();
    expect(headers).toMatchObject({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });
    return decode({ mediaType: 'application/json', headers: {}, payload: JSON.parse(body), receivedAtMs }, feed).items;
  }

  test('[MA14] a problem and its recovery are one occurrence, with place and severity in both', async () => {
    const [raised] = await sent(PROBLEM);
    expect(raised).toMatchObject({ kind: 'report', report: { alertId: '4217', transition: 'raised', atMs: 1_772_326_800_000, severity: 'high', title: 'Mất đường truyền', localityCode: '672' } });
    const [cleared] = await sent(RECOVERY);
    expect(cleared).toMatchObject({ kind: 'report', report: { alertId: '4217', transition: 'cleared', atMs: 1_772_327_100_000, severity: 'high', localityCode: '672' } });
  });

  test('[MA15] the button "Test" and updates of a problem arrive and are not counted', async () => {
    expect(await sent({})).toEqual([{ kind: 'ignored', id: null, why: 'test message' }]);
    expect(await sent({ ...PROBLEM, '{EVENT.UPDATE.STATUS}': '1' })).toMatchObject([{ kind: 'ignored', id: '4217' }]);
  });

  test('[MA15] where the release has no macro for the time, it is that of receipt', async () => {
    const { '{EVENT.TIMESTAMP}': _, ...withoutTime } = PROBLEM;
    const beforeMs = Date.now();
    const [raised] = await sent(withoutTime);
    expect(raised?.kind === 'report' && raised.report.atMs >= beforeMs).toBe(true);
  });

  test('[MA15] an event that is not of a trigger is refused in Zabbix, by name', async () => {
    expect((await run({ ...PROBLEM, '{EVENT.SOURCE}': '1' })).text).toContain('only events of triggers are read; event source is 1');
  });
});
