import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';
import { StockClient } from '../support/stockClient.ts';
import { untilSo } from '../support/untilSo.ts';

let server: RunningServer | null = null;
afterEach(() => server?.stop());

/** Processes that a process has started and that still run. Linux only. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter((word) => word !== '').map(Number);
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function gauge(name: string): Promise<number> {
  const text = await (await fetch(`${server?.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
}

async function startWithWorkers(): Promise<{ readonly running: RunningServer; readonly workers: readonly number[]; readonly client: StockClient }> {
  const running = await startServer({ env: { ...QUIET_DAY, IOC_SOCKET_WORKERS: '2' } });
  server = running;
  while (await gauge('ioc_socket_workers') < 2);
  const client = new StockClient(Number(new URL(running.url).port));
  await client.follow(['nation']);
  return { running, workers: childrenOf(running.process.pid ?? 0), client };
}

test('[MC1] the product serves pages, figures and sockets on its one port, the sockets from workers', async () => {
  const { client, workers } = await startWithWorkers();
  await client.has('frame', 3);
  while (await gauge('ioc_sockets') < 1);
  expect([workers.length, await gauge('ioc_socket_workers_lost')]).toEqual([2, 0]);
  client.socket.emit('subscribe', { channel: 'demo', topics: ['nation'] });
  await client.has('frame', client.frames().length + 1);
  client.socket.disconnect();
});

test.each(['SIGTERM', 'SIGKILL'] as const)('[MC4] a server that ends by %s takes its workers with it', async (signal) => {
  const { running, workers, client } = await startWithWorkers();
  running.process.kill(signal);
  await client.has('disconnect');
  await untilSo(() => !workers.some(isRunning));
});
