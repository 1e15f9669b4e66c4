import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startServer } from '../support/startServer.ts';

const DELIVERIES = 20;
const EVENTS = 200;

function delivery(number: number): string {
  const time = new Date().toISOString();
  return JSON.stringify(Array.from({ length: EVENTS }, (_, i) => ({
    specversion: '1.0', id: `d${number}-${i}`, source: 'province-68', type: 'vn.ioc.observation.v1', subject: '672', time, data: { indicator: 'dossiers-overdue', value: i },
  })));
}

test('[L13] stopped by its manager in the middle of deliveries, the server says of each what became of it, and ends well', async () => {
  const server = await startServer({ env: { IOC_LIVE: 'feeds' } });
  const bodies = Array.from({ length: DELIVERIES }, (_, number) => delivery(number));
  const send = (body: string) => fetch(`${server.url}/api/v1/observations`, { method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json' }, body });
  const ended = once(server.process, 'exit');
  const [first, ...others] = bodies.map(send);
  expect((await first!).status).toBe(200);
  server.process.kill('SIGTERM');
  const statuses = (await Promise.allSettled(others)).map((answer) => (answer.status === 'fulfilled' ? answer.value.status : String(answer.reason.cause?.code ?? answer.reason)));
  // What had not been accepted as a connection yet is refused as one; nothing that was read is left without an answer.
  expect(statuses.filter((status) => status !== 200 && status !== 503 && status !== 'ECONNREFUSED')).toEqual([]);
  expect(await ended).toEqual([0, null]);
});
