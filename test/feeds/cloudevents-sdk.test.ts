import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudEvent, emitterFor, httpTransport, HTTP, Mode } from 'cloudevents';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IngestAnswer, SnapshotDto } from '../../shared/protocol/http.ts';
import { runIoc, writeFeeds } from '../support/ioc.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ioc-sdk-'));
let server: RunningServer;
let authorization = '';

beforeAll(async () => {
  const env = { IOC_DATA: dataDir, IOC_FEEDS: writeFeeds(dataDir, [{ id: 'vn-lamdong-motcua', localities: ['68'] }]), IOC_LIVE: 'feeds', IOC_INGEST: 'tokens' };
  server = await startServer({ dataDir, env });
  authorization = `Bearer ${(await runIoc(['token', 'create', '--feed', 'vn-lamdong-motcua'], env)).out.trim()}`;
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const anEvent = (id: string, subject: string, value: number | null) => new CloudEvent({
  id, source: 'urn:vn:lamdong:motcua', type: 'vn.ioc.observation.v1', subject, time: new Date().toISOString(), datacontenttype: 'application/json',
  data: { indicator: 'dossiers-overdue', value, unit: 'hồ sơ' }, sequence: '7',
});

async function valueAt(localityCode: string): Promise<number | null | undefined> {
  const snapshot = await (await fetch(`${server.url}/api/v1/snapshot?locality=${localityCode}`)).json() as SnapshotDto;
  return snapshot.readings.find((reading) => reading.indicatorId === 'dossiers-overdue' && reading.localityCode === localityCode)?.value;
}

test.each([['structured', Mode.STRUCTURED, '672', 0], ['binary', Mode.BINARY, '673', 12]] as const)('[FK15] the CNCF SDK sends in %s mode, and its reading is on the wall', async (name, mode, subject, value) => {
  const emit = emitterFor(httpTransport(`${server.url}/api/v1/observations`), { mode });
  const answer = await emit(anEvent(`sdk-${name}`, subject, value), { headers: { Authorization: authorization } }) as { readonly body: string };
  expect(JSON.parse(answer.body)).toMatchObject({ stored: 1, items: [{ id: `sdk-${name}`, outcome: 'stored' }] });
  await expect.poll(() => valueAt(subject), { timeout: 10_000 }).toBe(value);
});

test('[FK15] the CNCF SDK\'s events make a batch; sent again, each is a duplicate', async () => {
  const events = ['674', '675'].map((subject, index) => anEvent(`sdk-batch-${index}`, subject, index));
  const body = `[${events.map((event) => String(HTTP.structured(event).body)).join(',')}]`;
  const send = async () => await (await fetch(`${server.url}/api/v1/observations`, { method: 'POST', headers: { 'Content-Type': 'application/cloudevents-batch+json', Authorization: authorization }, body })).json() as IngestAnswer;
  expect(await send()).toMatchObject({ stored: 2 });
  expect(await send()).toMatchObject({ stored: 0, duplicate: 2 });
});

test('[FK15] the SDK is told when its token is wrong', async () => {
  const emit = emitterFor(httpTransport(`${server.url}/api/v1/observations`), { mode: Mode.STRUCTURED });
  const answer = await emit(anEvent('sdk-none', '672', 1)) as { readonly body: string };
  expect(JSON.parse(answer.body)).toMatchObject({ status: 401, type: 'urn:ioc:problem:unauthorized' });
});
