import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { issueToken } from '../../server/access/issueToken.ts';
import { tokenPathIn } from '../../server/access/tokenFile.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import type { IngestAnswer } from '../../shared/protocol/http.ts';
import { writeFeeds } from '../support/ioc.ts';
import { startServer } from '../support/startServer.ts';
import { aBatchOfEvents } from './events.ts';
import type { FloodOrder } from './floodSender.ts';
import { type BenchRow, quantile } from './row.ts';
import { cpuSecOf } from './serverCpu.ts';

const GOOD_FEEDS = 9;
const ITEMS_PER_SEC = 100;
const GOOD_BATCH = 20;
/** Nine tenths of the allowance: on a busy machine the ten seconds of a sender are not those of the server. */
const GOOD_EVERY_MS = GOOD_BATCH * 1_000 / (ITEMS_PER_SEC * 0.9);
const FLOOD_BATCH = 500;
const FLOOD_TIMES = 100;
const FLOOD_EVERY_MS = FLOOD_BATCH * 1_000 / (ITEMS_PER_SEC * FLOOD_TIMES);
/** With and without the flood in turns, so that both see the same hours of the machine. */
const SLICE_SEC = 10;

interface Phase { readonly tookMs: number[]; sent: number; stored: number; cpuSec: number }
const aPhase = (): Phase => ({ tookMs: [], sent: 0, stored: 0, cpuSec: 0 });

/** Of `--seconds=60`, for each of both states. */
function secondsAsked(): number {
  return Number(process.argv.find((word) => word.startsWith('--seconds='))?.slice('--seconds='.length) ?? 60);
}

/** Nine feeds near their allowance beside one at a hundred times its own, each with a token, against a server as it is run. */
export async function benchFeedFlood(): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ioc-flood-'));
  const names = ['flood', ...Array.from({ length: GOOD_FEEDS }, (_, index) => `good-${index}`)];
  const feeds = writeFeeds(dataDir, names.map((id) => ({ id, localities: ['68'], itemsPerSec: ITEMS_PER_SEC })));
  const tokens = new Map(names.map((name) => [name, issueToken(tokenPathIn(dataDir), { feedId: SourceId.parse(name), scope: {}, expiresAtMs: null }, Date.now()).token]));
  const server = await startServer({ dataDir, env: { IOC_LIVE: 'feeds', IOC_FEEDS: feeds, IOC_INGEST: 'tokens' } });
  const post = (name: string, body: string) => fetch(`${server.url}/api/v1/observations`, {
    method: 'POST', headers: { 'Content-Type': 'application/cloudevents-batch+json', Authorization: `Bearer ${tokens.get(name)}` }, body,
  });
  const [quiet, flooded]: [Phase, Phase] = [aPhase(), aPhase()];
  const statuses = new Map<number, number>();
  const floodBodies = Array.from({ length: 20 }, (_, index) => aBatchOfEvents('flood', `f${index}`, FLOOD_BATCH));
  let serial = 0;
  let toldToWait = 0;

  async function sendGood(name: string, phase: Phase): Promise<void> {
    const body = aBatchOfEvents(name, `g${serial++}`, GOOD_BATCH);
    phase.sent += GOOD_BATCH;
    const sentMs = performance.now();
    let response = await post(name, body);
    for (; !response.ok; response = await post(name, body)) {
      await response.arrayBuffer();
      toldToWait += 1;
      await wait(1_000 * Number(response.headers.get('Retry-After') ?? 1));
    }
    phase.stored += (await response.json() as IngestAnswer).stored;
    phase.tookMs.push(performance.now() - sentMs);
  }

  async function flood(): Promise<void> {
    const order: FloodOrder = { url: `${server.url}/api/v1/observations`, token: tokens.get('flood') ?? '', bodies: floodBodies, everyMs: FLOOD_EVERY_MS, forMs: SLICE_SEC * 1_000 };
    const [seen] = await once(new Worker(new URL('./floodSender.ts', import.meta.url), { workerData: order }), 'message') as [ReadonlyMap<number, number>];
    for (const [status, count] of seen) statuses.set(status, (statuses.get(status) ?? 0) + count);
  }

  async function slice(phase: Phase, isFlooding: boolean): Promise<void> {
    const cpuBeforeSec = await cpuSecOf(server.url);
    const endMs = performance.now() + SLICE_SEC * 1_000;
    const pace = async (everyMs: number, firstMs: number, send: () => Promise<void>) => {
      const sending: Promise<void>[] = [];
      for (let dueMs = performance.now() + firstMs; dueMs < endMs; dueMs += everyMs) {
        await wait(Math.max(0, dueMs - performance.now()));
        sending.push(send());
      }
      await Promise.all(sending);
    };
    await Promise.all([
      ...names.slice(1).map((name, index) => pace(GOOD_EVERY_MS, index * GOOD_EVERY_MS / GOOD_FEEDS, () => sendGood(name, phase))),
      ...(isFlooding ? [flood()] : []),
    ]);
    phase.cpuSec += await cpuSecOf(server.url) - cpuBeforeSec;
  }

  try {
    const slices = Math.max(1, Math.round(secondsAsked() / SLICE_SEC));
    // What the compiler still has to do is no part of either.
    await slice(aPhase(), false);
    for (let number = 0; number < slices; number += 1) {
      await slice(quiet, false);
      await slice(flooded, true);
    }
    const [before, during] = [quantile(quiet.tookMs, 0.99), quantile(flooded.tookMs, 0.99)];
    const lost = quiet.sent + flooded.sent - quiet.stored - flooded.stored;
    const seen = [...statuses].sort().map(([status, count]) => `${count} × ${status}`).join(', ');
    return [
      {
        what: `nine feeds at nine tenths of their allowance beside one at ${FLOOD_TIMES} times its own (${slices * SLICE_SEC} s): p99 from sent to answered, against without it`,
        measured: `${during.toFixed(0)} against ${before.toFixed(0)} ms: ${(during / before).toFixed(2)} × (p50 ${quantile(flooded.tookMs, 0.5).toFixed(0)} against ${quantile(quiet.tookMs, 0.5).toFixed(0)} ms)`,
        reach: '< 2 ×', ok: during < 2 * before,
      },
      { what: 'processor time of the server a second meanwhile, against without the flood', measured: `${(flooded.cpuSec * 1_000 / (slices * SLICE_SEC)).toFixed(0)} against ${(quiet.cpuSec * 1_000 / (slices * SLICE_SEC)).toFixed(0)} ms`, reach: 'told', ok: true },
      { what: 'items of the nine that were lost; how often they were told to wait; how the flood was answered', measured: `${lost} of ${quiet.sent + flooded.sent}; ${toldToWait}; ${seen}`, reach: '0', ok: lost === 0 },
    ];
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

if (import.meta.main) console.table(await benchFeedFlood());
