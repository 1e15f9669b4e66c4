import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { QUIET_DAY, startServer } from '../support/startServer.ts';
import { aBatchOfEvents } from './events.ts';
import { type BenchRow, median, quantile } from './row.ts';
import { cpuSecOf } from './serverCpu.ts';

const CLIENTS = 2_000;
const BATCH = 20;
const BATCH_EVERY_MS = 20;
const ROUNDS = 3;
const CALM_MS = 15_000;
const SETTLE_MS = 3_000;
const BACK_WITHIN_SEC = 30;
const GIVE_UP_MS = 120_000;

const Report = z.object({ comebacks: z.array(z.object({ currentAtMs: z.number(), attempts: z.number(), refusals: z.number(), hasSnapshot: z.boolean() })) });

function startClients(port: string): ChildProcess {
  return fork(join(import.meta.dirname, 'stormClients.ts'), [port, String(CLIENTS), '127.0.0.2'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function allCurrent(clients: ChildProcess): Promise<void> {
  const [message] = await once(clients, 'message', { signal: AbortSignal.timeout(GIVE_UP_MS) });
  z.object({ isCurrent: z.literal(true) }).parse(message);
}

async function snapshotsOf(url: string): Promise<{ readonly encoded: number; readonly sent: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const countOf = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return { encoded: countOf('ioc_snapshots_encoded_total'), sent: countOf('ioc_snapshots_sent_total') };
}

let batches = 0;

/** A batch every 20 ms whatever the answers do, until told. ms from sent to answered of each. */
async function ingestUntil(url: string, until: Promise<unknown>): Promise<number[]> {
  const tookMs: number[] = [];
  const sending: Promise<void>[] = [];
  let isOver = false;
  void until.then(() => { isOver = true; });
  for (let dueMs = performance.now(); !isOver; dueMs += BATCH_EVERY_MS) {
    await wait(Math.max(0, dueMs - performance.now()));
    sending.push((async () => {
      const body = aBatchOfEvents('province-68', `storm-${batches++}`, BATCH);
      const response = await fetch(`${url}/api/v1/observations`, { method: 'POST', headers: { 'Content-Type': 'application/cloudevents-batch+json' }, body });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`The bench of the reconnect storm was answered ${response.status}.`);
      tookMs.push(performance.now() - dueMs);
    })());
  }
  await Promise.all(sending);
  return tookMs;
}

interface Storm extends z.infer<typeof Report> {
  /** From listening. */
  readonly backMs: number;
  readonly listeningAtMs: number;
  readonly cpuSec: number;
  readonly calmMs: readonly number[];
  readonly stormMs: readonly number[];
  readonly snapshots: { readonly encoded: number; readonly sent: number };
}

const ratioOf = ({ stormMs, calmMs }: Storm) => quantile(stormMs, 0.99) / quantile(calmMs, 0.99);

/** kill -9 under 2,000 clients and a steady feed; the same server again on the same port and data, and all of them come back. */
export async function benchReconnectStorm(): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ioc-storm-'));
  let server = await startServer({ dataDir, env: QUIET_DAY });
  const { port } = new URL(server.url);
  const clients = startClients(port);
  const storms: Storm[] = [];
  try {
    await allCurrent(clients);
    for (let round = 0; round < ROUNDS; round += 1) {
      await wait(SETTLE_MS);
      const calmMs = await ingestUntil(server.url, wait(CALM_MS));
      await server.kill();
      server = await startServer({ dataDir, env: { ...QUIET_DAY, IOC_PORT: port } });
      const listeningAtMs = performance.timeOrigin + performance.now();
      const cpuBeforeSec = await cpuSecOf(server.url);
      const stormMs = await ingestUntil(server.url, allCurrent(clients));
      const backMs = performance.timeOrigin + performance.now() - listeningAtMs;
      const cpuSec = await cpuSecOf(server.url) - cpuBeforeSec;
      const snapshots = await snapshotsOf(server.url);
      clients.send('report');
      const [message] = await once(clients, 'message');
      storms.push({ ...Report.parse(message), backMs, listeningAtMs, cpuSec, calmMs, stormMs, snapshots });
    }
  } finally {
    clients.kill('SIGKILL');
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return rowsOf(storms);
}

function rowsOf(storms: readonly Storm[]): BenchRow[] {
  const each = (of: (storm: Storm) => string | number) => storms.map(of).join(', ');
  const backSec = median(storms.map(({ backMs }) => backMs)) / 1_000;
  const ratio = median(storms.map(ratioOf));
  const halfSec = ({ comebacks, listeningAtMs }: Storm) => ((median(comebacks.map(({ currentAtMs }) => currentAtMs)) - listeningAtMs) / 1_000).toFixed(1);
  const attempts = storms.flatMap(({ comebacks }) => comebacks.map((came) => came.attempts));
  const refusals = ({ comebacks }: Storm) => comebacks.reduce((sum, came) => sum + came.refusals, 0);
  const bySnapshot = ({ comebacks }: Storm) => comebacks.filter((came) => came.hasSnapshot).length;
  return [
    {
      what: `${CLIENTS.toLocaleString('en')} clients after kill -9 and a restart: all hold the current picture, from listening, median of ${ROUNDS}`,
      measured: `${backSec.toFixed(1)} s (each ${each(({ backMs }) => (backMs / 1_000).toFixed(1))}; half of them after ${each(halfSec)})`, reach: `≤ ${BACK_WITHIN_SEC} s`, ok: backSec <= BACK_WITHIN_SEC,
    },
    {
      what: `a batch of ${BATCH} readings every ${BATCH_EVERY_MS} ms meanwhile, from due to answered, p99, against the calm before with all connected`,
      measured: `${ratio.toFixed(2)} × (${each(({ stormMs, calmMs }) => `${quantile(stormMs, 0.99).toFixed(0)} against ${quantile(calmMs, 0.99).toFixed(0)} ms`)})`, reach: '< 2 ×', ok: ratio < 2,
    },
    { what: 'handshakes told to come later; attempts of a client, those before the server listened among them', measured: `${each(refusals)}; p50 ${median(attempts)}, most ${Math.max(...attempts)}`, reach: 'told', ok: true },
    { what: 'back by a snapshot; snapshots encoded, sent', measured: `${each(bySnapshot)}; ${each(({ snapshots }) => `${snapshots.encoded} for ${snapshots.sent}`)}`, reach: 'told', ok: true },
    { what: 'processor time of the server from listening until all were back', measured: `${each((storm) => storm.cpuSec.toFixed(1))} s`, reach: 'told', ok: true },
  ];
}

if (import.meta.main) console.table(await benchReconnectStorm());
