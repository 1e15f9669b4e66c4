import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Case, Figures } from './fanoutFigures.ts';
import { quantile } from './row.ts';

/** Ratio of the series that change in a tick. */
export const CHANGED_RATIO = { W1: 0.2, W2: 1, T1: 0.2 } as const;
/** What a client follows. */
const SCOPE = { W1: 'nation', W2: 'nation', T1: 'province' } as const;
/** The young generation as `npm start` sets it: it is memory of the process, not of a connection. */
export const SERVER_FLAGS = ['--expose-gc', '--max-semi-space-size=16'] as const;
const PROTOCOLS = { product: 'socket.io', naive: 'socket.io', ws: 'websocket', tcp: 'tcp' } as const;
/** 2,500 deltas are 20-30 ms of a core; the ports of one address are 28,000, and stay taken for a minute after a case. */
const CLIENTS_PER_PROCESS = 2500;
/** Files of a process beside its sockets. */
const OTHER_FILES = 200;
/** The compiler goes on in the background for seconds after the warm-up: up to a tenth of a round was its work. */
const SETTLE_MS = 4000;
const CONNECT_MS_PER_CLIENT = 8;
const ANSWER_MS = 60_000;

const Ready = z.object({ port: z.number() });
export const Report = z.object({ bytes: z.number(), closed: z.number(), cpuUs: z.number(), latenciesMs: z.instanceof(Float64Array), ticksByClient: z.instanceof(Uint32Array) });
type Report = z.infer<typeof Report>;

/** Why a case has no figures. */
export class CaseTrouble extends Error {}

/** CPU of all threads of a process, user and system, in µs. */
export function cpuUs(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).reduce((total, task) => {
    const [runNs] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ');
    return total + Number(runNs) / 1000;
  }, 0);
}

export function rssKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** Node raises its own limit to the hard one, so what this process has its children have too. */
export function refuseTooFewFiles(clients: number): void {
  const files = Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Number.POSITIVE_INFINITY);
  if (files < clients + OTHER_FILES) throw new CaseTrouble(`${files} open files are allowed to a process and ${clients + OTHER_FILES} are needed; run \`ulimit -n ${clients + OTHER_FILES}\` first, as root if the hard limit is lower`);
}

export function start(file: string, args: readonly (string | number)[]): ChildProcess {
  return fork(join(import.meta.dirname, file), args.map(String), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [...SERVER_FLAGS], serialization: 'advanced' });
}

export async function messageOf(child: ChildProcess, withinMs: number, what: string): Promise<unknown> {
  const stopWaiting = new AbortController();
  const { signal } = stopWaiting;
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => { throw new CaseTrouble(`a process ended with ${code} before ${what}`); }),
      wait(withinMs, undefined, { signal }).then(() => { throw new CaseTrouble(`${what} took longer than ${Math.round(withinMs / 1000)} s`); }),
    ]);
    return message;
  } finally {
    stopWaiting.abort();
  }
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

export function startClients({ system, clients, workload }: Case, port: number): ChildProcess[] {
  const processes = Math.ceil(clients / CLIENTS_PER_PROCESS);
  return Array.from({ length: processes }, (_, index) => {
    const share = Math.floor(((index + 1) * clients) / processes) - Math.floor((index * clients) / processes);
    return start('fanoutClients.ts', [port, share, PROTOCOLS[system], `127.0.0.${index + 2}`, SCOPE[workload]]);
  });
}

/** @throws CaseTrouble when what arrived is not what the case is about. */
export function figuresOf({ clients, tickMs, seconds }: Case, reports: readonly Report[], server: { readonly cpuUs: number; readonly rssKb: number }): Figures {
  const sum = (of: (report: Report) => number) => reports.reduce((total, report) => total + of(report), 0);
  const closed = sum((report) => report.closed);
  if (closed > 0) throw new CaseTrouble(`${closed} of ${clients} clients were closed`);
  const ticksByClient = reports.flatMap(({ ticksByClient: ticks }) => [...ticks]);
  const ticks = ticksByClient.reduce((total, count) => total + count, 0);
  const ticksEach = (seconds * 1000) / tickMs;
  if (ticks < clients * ticksEach * 0.8) throw new CaseTrouble(`${ticks} of ${clients * ticksEach} ticks arrived; the machine is too busy or the server too slow`);
  const latenciesMs = reports.flatMap(({ latenciesMs: some }) => [...some]);
  return {
    serverUsPerClientTick: server.cpuUs / ticks,
    bytesPerClientTick: sum((report) => report.bytes) / ticks,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    rssKbPerConnection: server.rssKb / clients,
    // One tick may fall to either side of the window.
    clientsBehind: ticksByClient.filter((count) => count < Math.floor(ticksEach) - 1).length,
    clientUsPerClientTick: sum((report) => report.cpuUs) / ticks,
    clientBusiestPercentOfCore: Math.max(...reports.map((report) => report.cpuUs)) / (seconds * 10_000),
  };
}

async function measure(of: Case, server: ChildProcess, processes: readonly ChildProcess[], idleRssKb: number): Promise<Figures> {
  const pid = server.pid ?? 0;
  const connectedRssKb = rssKb(pid) - idleRssKb;
  await wait(SETTLE_MS);
  for (const clients of processes) clients.send('measure');
  const beforeUs = cpuUs(pid);
  await wait(of.seconds * 1000);
  const takenUs = cpuUs(pid) - beforeUs;
  const reports = processes.map((clients) => messageOf(clients, ANSWER_MS, 'the clients reported'));
  for (const clients of processes) clients.send('report');
  return figuresOf(of, z.array(Report).parse(await Promise.all(reports)), { cpuUs: takenUs, rssKb: connectedRssKb });
}

/** Others who come once the clients of the case are there; returns how they are ended. */
export type Company = (server: { readonly port: number; readonly pid: number }) => Promise<() => void>;

/** One server and its clients, in processes of their own, started for this and stopped after it. @throws CaseTrouble */
export async function runCase(of: Case, company: Company | null = null): Promise<Figures> {
  refuseTooFewFiles(of.clients);
  const server = start('fanoutServer.ts', [of.system, CHANGED_RATIO[of.workload], of.tickMs, of.clients, SCOPE[of.workload]]);
  const started = [server];
  let endCompany = () => {};
  try {
    const { port } = Ready.parse(await messageOf(server, ANSWER_MS, 'the server listened'));
    const idleRssKb = rssKb(server.pid ?? 0);
    const processes = startClients(of, port);
    started.push(...processes);
    const connectMs = ANSWER_MS + of.clients * CONNECT_MS_PER_CLIENT;
    await Promise.all(processes.map((clients) => messageOf(clients, connectMs, 'all clients were connected')));
    server.send('start');
    await messageOf(server, ANSWER_MS, 'the server was warm');
    if (company !== null) endCompany = await company({ port, pid: server.pid ?? 0 });
    return await measure(of, server, processes, idleRssKb);
  } finally {
    endCompany();
    await Promise.all(started.map(stop));
  }
}
