import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FeedsDto } from '../../shared/protocol/answers.ts';
import { startReceiver } from '../support/aReceiver.ts';
import { startServer } from '../support/startServer.ts';

test('[WH9] a receiver that does not take alarms is told of where feeds are, without what may be secret in its address', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-webhooks-'));
  const receiver = await startReceiver();
  receiver.answer((_post, response) => { response.writeHead(500).end(); });
  writeFileSync(join(folder, 'a.secret'), `whsec_${Buffer.alloc(32, 7).toString('base64')}\n`);
  writeFileSync(join(folder, 'webhooks.json'), JSON.stringify({ webhooks: [{ id: 'phieu', url: receiver.url, secretFile: 'a.secret' }] }));
  const server = await startServer({ dataDir: join(folder, 'data'), env: { IOC_LIVE: 'feeds', IOC_WEBHOOKS: join(folder, 'webhooks.json') } });
  onTestFinished(async () => {
    await server.stop();
    await receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const text = async () => (await fetch(`${server.url}/api/v1/feeds?channel=live`)).text();
  expect(FeedsDto.parse(JSON.parse(await text())).webhooks).toMatchObject([{ id: 'phieu', state: 'well', pending: 0, lastError: null }]);
  await fetch(`${server.url}/api/v1/observations`, {
    method: 'POST', headers: { 'Content-Type': 'application/cloudevents+json' },
    body: JSON.stringify({ specversion: '1.0', id: 'l-1', source: 'lamdong-tslcd', type: 'vn.ioc.observation.v1', subject: '672', time: new Date().toISOString(), data: { indicator: 'tslcd-link-state', value: 0 } }),
  });
  await vi.waitFor(async () => expect(FeedsDto.parse(JSON.parse(await text())).webhooks).toMatchObject([{ state: 'failing', pending: 1, lastError: { text: 'answered 500' } }]), { timeout: 15_000 });
  expect(await text()).not.toContain('/hooks/ioc');
  expect((await (await fetch(`${server.url}/api/v1/feeds?channel=demo`)).json()).webhooks).toEqual([]);
});
