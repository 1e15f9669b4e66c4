import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { type BenchRow, median } from './row.ts';

type System = 'rooms' | 'raw';

interface Round { readonly usPerClientTick: number; readonly bytesPerTick: number; readonly p99Ms: number; readonly closed: number }

const CLIENTS = 800;
const TICK_MS = 1000;
const ROUNDS = 3;
const SETTLE_MS = 1500;
const MEASURE_MS = 10_000;
const Ready = z.object({ port: z.number().optional() });
const Report = z.object({ ticks: z.number(), bytes: z.number(), closed: z.number(), p99Ms: z.number() });

/** CPU of all threads of a process, user and system, in µs. */
function cpuUs(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).reduce((total, task) => {
    const [runNs] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ');
    return total + Number(runNs) / 1000;
  }, 0);
}

function start(file: string, args: readonly string[]): ChildProcess {
  return fork(join(import.meta.dirname, file), [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(([code]) => { throw new Error(`A bench process ended with ${code} before it answered.`); })]);
  return message;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function runRound(system: System): Promise<Round> {
  const server = start('fanoutServer.ts', [system, String(TICK_MS)]);
  let clients: ChildProcess | null = null;
  try {
    const { port } = Ready.parse(await messageOf(server));
    clients = start('fanoutClients.ts', [String(port), String(CLIENTS), system === 'rooms' ? 'socket.io' : 'websocket']);
    await messageOf(clients);
    await wait(SETTLE_MS);
    const pid = server.pid ?? 0;
    clients.send('measure');
    const before = cpuUs(pid);
    await wait(MEASURE_MS);
    const after = cpuUs(pid);
    clients.send('report');
    const { ticks, bytes, closed, p99Ms } = Report.parse(await messageOf(clients));
    if (ticks < (CLIENTS * MEASURE_MS) / TICK_MS * 0.8) throw new Error(`${system}: ${ticks} ticks arrived, expected about ${(CLIENTS * MEASURE_MS) / TICK_MS}; the machine is too busy to measure.`);
    return { usPerClientTick: (after - before) / ticks, bytesPerTick: bytes / ticks, p99Ms, closed };
  } finally {
    if (clients !== null) await stop(clients);
    await stop(server);
  }
}

/** Both systems in turn, in the same minute of the same machine; medians. About 90 s. */
export async function benchFanout(): Promise<BenchRow[]> {
  const rounds: Record<System, Round[]> = { rooms: [], raw: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const system of ['raw', 'rooms'] as const) rounds[system].push(await runRound(system));
  }
  const of = (system: System, part: keyof Round) => median(rounds[system].map((round) => round[part]));
  const ratio = of('rooms', 'usPerClientTick') / of('raw', 'usPerClientTick');
  const closed = rounds.rooms.reduce((total, round) => total + round.closed, 0);
  return [
    {
      what: `server CPU per client and tick, ${CLIENTS} clients, W1 at 1 Hz, against pre-framed ws`,
      measured: `${of('rooms', 'usPerClientTick').toFixed(1)} µs against ${of('raw', 'usPerClientTick').toFixed(1)} µs: ${ratio.toFixed(2)} ×`, reach: '≤ 1.3 ×', ok: ratio <= 1.3,
    },
    { what: 'bytes per client and tick, all told (frames, heartbeats, pings)', measured: `${of('rooms', 'bytesPerTick').toFixed(0)} B`, reach: '≤ 3,720 B', ok: of('rooms', 'bytesPerTick') <= 3720 },
    { what: 'age of a tick when it arrives, p99', measured: `${of('rooms', 'p99Ms').toFixed(0)} ms against ${of('raw', 'p99Ms').toFixed(0)} ms`, reach: 'told', ok: true },
    { what: 'clients lost', measured: `${closed}`, reach: '0', ok: closed === 0 },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchFanout());
