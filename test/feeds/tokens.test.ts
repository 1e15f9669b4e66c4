import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FeedsDto } from '../../shared/protocol/answers.ts';
import { startFeedServer } from '../support/aFeedServer.ts';
import { runIoc, writeFeeds } from '../support/ioc.ts';
import { startServer } from '../support/startServer.ts';

const event = (id: string) => JSON.stringify({
  specversion: '1.0', id, source: 'lamdong-motcua', type: 'vn.ioc.observation.v1', subject: '672', time: new Date().toISOString(), data: { indicator: 'dossiers-overdue', value: 12 },
});

test('[FK5] a running server takes a token made meanwhile at once, and refuses a revoked one within a second', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ioc-revoke-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const env = { IOC_DATA: dataDir, IOC_FEEDS: writeFeeds(dataDir, [{ id: 'lamdong-motcua', localities: ['68'] }]), IOC_LIVE: 'feeds', IOC_INGEST: 'tokens' };
  const server = await startServer({ dataDir, env });
  onTestFinished(() => server.stop());
  let sent = 0;
  const post = async (token: string) => (await fetch(`${server.url}/api/v1/observations`, {
    method: 'POST', headers: { 'Content-Type': 'application/cloudevents+json', Authorization: `Bearer ${token}` }, body: event(`e-${sent++}`),
  })).status;
  expect(await post('none')).toBe(401);
  const token = (await runIoc(['token', 'create', '--feed', 'lamdong-motcua'], env)).out.trim();
  expect(await post(token)).toBe(200);
  expect((await runIoc(['token', 'list'], env)).out).toMatch(/\tactive\t.*T\d\d:00:00\.000Z$/m);
  const revoked = await runIoc(['token', 'revoke', token], env);
  expect(revoked.code).toBe(0);
  const revokedAtMs = Date.parse(/since (\S+)\./.exec(revoked.out)?.[1] ?? '');
  let status = await post(token);
  while (status === 200 && Date.now() - revokedAtMs < 5_000) status = await post(token);
  expect(status).toBe(401);
  // The command's own start and end are in this time; the server looks four times a second.
  expect(server.output()).not.toContain(token.slice(13));
});

test('[FD4] what a feed posts as observations with its token counts for it, as on any other way', async () => {
  const server = await startFeedServer([{ id: 'lamdong-motcua', localities: ['68'], expectEveryMs: 60_000 }]);
  onTestFinished(async () => {
    await server.stop();
    server.remove();
  });
  const events = [event('e-1'), event('e-2').replace('"value":12', '"value":-5'), event('e-3').replace('"subject":"672"', '"subject":"48"'), event('e-4').replace(/"time":"[^"]*"/, '"time":"noon"')];
  const answer = await fetch(`${server.url}/api/v1/observations`, {
    method: 'POST', headers: { 'Content-Type': 'application/cloudevents-batch+json', Authorization: `Bearer ${server.tokenOf('lamdong-motcua')}` }, body: `[${events.join()}]`,
  });
  expect(await answer.json()).toMatchObject({ stored: 1, rejected: 3 });
  const { feeds: [feed] } = FeedsDto.parse(await (await fetch(`${server.url}/api/v1/feeds?channel=live`)).json());
  expect(feed).toMatchObject({ freshness: 'fresh', items: { stored: 1, rejected: 1 }, refused: [{ reason: 'implausible-value' }] });
  expect(feed?.turnedAway.map(({ reason, count }) => [reason, count]).sort()).toEqual([['malformed-item', 1], ['out-of-scope', 1]]);
  expect(JSON.stringify(feed)).not.toContain('noon');
});

test('[FK9] a server open to a network refuses to start', async () => {
  await expect(startServer({ env: { IOC_HOST: '0.0.0.0', IOC_INGEST: 'open' } })).rejects.toThrow(/IOC_INGEST="open" with IOC_HOST="0\.0\.0\.0"/);
});
