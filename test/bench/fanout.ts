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
/** The default pace, measured over one whole round of pings (docs/adr/0007), and the fastest the product ticks at. */
const PACES = [{ name: '1 Hz', tickMs: 1000, measureMs: 24_000 }, { name: '4 Hz', tickMs: 250, measureMs: 4000 }] as const;
const ROUNDS = 3;
/** The compiler goes on in the background for seconds after the warm-up: up to a tenth of a round was its work. */
const SETTLE_MS = 4000;
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
  return fork(join(import.meta.dirname, file), [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--expose-gc'] });
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

async function measure(server: ChildProcess, clients: ChildProcess, { tickMs, measureMs }: (typeof PACES)[number]): Promise<Round> {
  await wait(SETTLE_MS);
  const pid = server.pid ?? 0;
  clients.send('measure');
  const before = cpuUs(pid);
  await wait(measureMs);
  const after = cpuUs(pid);
  clients.send('report');
  const { ticks, bytes, closed, p99Ms } = Report.parse(await messageOf(clients));
  const expected = (CLIENTS * measureMs) / tickMs;
  if (ticks < expected * 0.8) throw new Error(`${ticks} ticks arrived, expected about ${expected}; the machine is too busy to measure.`);
  return { usPerClientTick: (after - before) / ticks, bytesPerTick: bytes / ticks, p99Ms, closed };
}

/** One result for each pace. */
async function runRound(system: System): Promise<Round[]> {
  const server = start('fanoutServer.ts', [system]);
  let clients: ChildProcess | null = null;
  try {
    const { port } = Ready.parse(await messageOf(server));
    clients = start('fanoutClients.ts', [String(port), String(CLIENTS), system === 'rooms' ? 'socket.io' : 'websocket']);
    await messageOf(clients);
    server.send(PACES[0].tickMs);
    await messageOf(server);
    const results: Round[] = [];
    for (const pace of PACES) {
      if (results.length > 0) server.send(pace.tickMs);
      results.push(await measure(server, clients, pace));
    }
    return results;
  } finally {
    if (clients !== null) await stop(clients);
    await stop(server);
  }
}

/** Both systems in turn, in the same minutes of the same machine; medians. About four minutes. */
export async function benchFanout(): Promise<BenchRow[]> {
  const rounds: Record<System, Round[][]> = { rooms: [], raw: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const system of ['raw', 'rooms'] as const) rounds[system].push(await runRound(system));
  }
  return PACES.flatMap(({ name }, pace) => {
    const of = (system: System, part: keyof Round) => median(rounds[system].map((results) => results[pace]?.[part] ?? Number.NaN));
    const ratio = of('rooms', 'usPerClientTick') / of('raw', 'usPerClientTick');
    return [
      {
        what: `server CPU per client and tick, ${CLIENTS} clients, W1 at ${name}, against pre-framed ws`,
        measured: `${of('rooms', 'usPerClientTick').toFixed(1)} µs against ${of('raw', 'usPerClientTick').toFixed(1)} µs: ${ratio.toFixed(2)} ×`, reach: '≤ 1.3 ×', ok: ratio <= 1.3,
      },
      { what: `bytes per client and tick at ${name}, frames, heartbeats and pings`, measured: `${of('rooms', 'bytesPerTick').toFixed(0)} B`, reach: '≤ 3,720 B', ok: of('rooms', 'bytesPerTick') <= 3720 },
      { what: `age of a tick when it arrives at ${name}, p99, against pre-framed ws`, measured: `${of('rooms', 'p99Ms').toFixed(0)} ms against ${of('raw', 'p99Ms').toFixed(0)} ms`, reach: 'told', ok: true },
      { what: `clients lost at ${name}`, measured: `${of('rooms', 'closed')}`, reach: '0', ok: of('rooms', 'closed') === 0 },
    ];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchFanout());
