import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { cpuUs, figuresOf, messageOf, refuseTooFewFiles, Report, rssKb, start, startClients, stop } from './fanoutCase.ts';
import type { Case, Figures } from './fanoutFigures.ts';
import { type BenchRow, median } from './row.ts';

const OF: Case = { system: 'product', workload: 'W1', clients: 2000, tickMs: 1000, seconds: 12 };
const WORKERS = [0, 1, 2] as const;
const ROUNDS = 3;
const SETTLE_MS = 4000;
const ANSWER_MS = 120_000;

const Ready = z.object({ port: z.number(), pids: z.array(z.number()) });
const Loop = z.object({ loopP99Ms: z.number() });

interface Measured extends Figures {
  /** From the first client's call until the last one follows its topic. */
  readonly connectMs: number;
  /** Of the process that holds the state, while they connect. */
  readonly loopP99Ms: number;
  /** CPU of that process alone. */
  readonly primaryUsPerClientTick: number;
}

/** One server with so many workers and its clients, started for this and stopped after it. */
async function runWith(workers: number, of: Case): Promise<Measured> {
  const server = start('socketWorkersServer.ts', [workers, of.tickMs]);
  const started = [server];
  try {
    const { port, pids } = Ready.parse(await messageOf(server, ANSWER_MS, 'the server listened'));
    server.send('connecting');
    const fromMs = performance.now();
    const processes = startClients(of, port);
    started.push(...processes);
    await Promise.all(processes.map((clients) => messageOf(clients, ANSWER_MS, 'all clients were connected')));
    const connectMs = performance.now() - fromMs;
    server.send('connected');
    const { loopP99Ms } = Loop.parse(await messageOf(server, ANSWER_MS, 'the server told of its loop'));
    await wait(SETTLE_MS);
    for (const clients of processes) clients.send('measure');
    const before = pids.map(cpuUs);
    await wait(of.seconds * 1000);
    const takenUs = pids.map((pid, index) => cpuUs(pid) - (before[index] ?? 0));
    const reports = processes.map((clients) => messageOf(clients, ANSWER_MS, 'the clients reported'));
    for (const clients of processes) clients.send('report');
    const total = takenUs.reduce((sum, us) => sum + us, 0);
    const figures = figuresOf(of, z.array(Report).parse(await Promise.all(reports)), { cpuUs: total, rssKb: pids.reduce((sum, pid) => sum + rssKb(pid), 0) });
    return { ...figures, connectMs, loopP99Ms, primaryUsPerClientTick: (figures.serverUsPerClientTick * (takenUs[0] ?? 0)) / total };
  } finally {
    await Promise.all(started.map(stop));
  }
}

/** One process against workers beside it, in turn; medians. Told, not judged: with the clients on the same cores, more processes share what one had. */
export async function benchSocketWorkers(): Promise<BenchRow[]> {
  refuseTooFewFiles(OF.clients);
  const rounds = WORKERS.map((workers) => ({ workers, measured: [] as Measured[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { workers, measured } of rounds) measured.push(await runWith(workers, OF));
  }
  return rounds.map(({ workers, measured }) => {
    const of = (part: keyof Measured) => median(measured.map((figures) => figures[part]));
    return {
      what: `${OF.clients} clients, W1 at 1 Hz, ${workers === 0 ? 'one process' : `${workers} socket workers`}: CPU per client and tick (of the primary); age of a tick p99; all connected after; the primary's loop late by, p99, meanwhile`,
      measured: `${of('serverUsPerClientTick').toFixed(1)} µs (${of('primaryUsPerClientTick').toFixed(1)}); ${of('p99Ms').toFixed(0)} ms; ${(of('connectMs') / 1000).toFixed(1)} s; ${of('loopP99Ms').toFixed(0)} ms`,
      reach: 'told', ok: true,
    };
  });
}
