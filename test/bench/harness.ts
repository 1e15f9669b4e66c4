import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import { startServer } from '../support/startServer.ts';
import { CHANGED_RATIO, SERVER_FLAGS } from './fanoutCase.ts';
import { WORKLOADS, type Workload } from './fanoutFigures.ts';
import { median } from './row.ts';

// `npm run bench:harness -- --harness DIR [--clients 1000,5000] [--rounds 3] [--seconds 15] [--workload W1]`
// Another load generator than ours, pointed at our servers by URL, and the reference servers it brings, in turn. DIR holds its
// bench.mjs; PERF_DEPS names the packages of its references, as its README says.

/** `rooms`: what `bench:fanout` measures. `whole`: the product as it is run, with the simulator, every service on. */
const OURS = ['rooms', 'whole'] as const;
const REFERENCES = ['ws-framed-delta', 'tcp-delta', 'sio-naive'] as const;
const SUBSCRIBE = JSON.stringify(['subscribe', { channel: 'live', topics: ['nation'] }]);
const WARM_UP_SEC = 8;
/** Handshakes of the generator at once; more would only wait. */
const AT_ONCE = 50;

const Row = z.object({
  case: z.string(), usPerClientTick: z.number(), bytesPerTick: z.number(), rssEndConnKb: z.number(), closed: z.number(), ticksPerClientPerS: z.number(),
  latencyMs: z.object({ p50: z.number(), p99: z.number() }),
});
type Row = z.infer<typeof Row>;

interface Ours { readonly url: string; readonly pid: number; readonly stop: () => Promise<void> }
interface Load { readonly harness: string; readonly clients: number; readonly seconds: number; readonly workload: Workload }

/** As the harness does with its references: the server on one processor, the generator on the other. */
function pin(pid: number): void {
  execFileSync('taskset', ['-apc', '0', String(pid)], { stdio: 'ignore' });
}

async function startRooms({ clients, workload }: Load): Promise<Ours> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'fanoutServer.ts'), ['product', String(CHANGED_RATIO[workload]), '1000', String(clients)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [...SERVER_FLAGS] });
  const [{ port }] = z.tuple([z.object({ port: z.number() })]).parse((await once(child, 'message')).slice(0, 1));
  child.send('start');
  await once(child, 'message');
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop };
}

async function startWhole(): Promise<Ours> {
  // One process, so that one number is its processor time.
  const { url, process: child, stop } = await startServer({ env: { IOC_SOCKET_WORKERS: '0', IOC_HANDSHAKES_PER_SEC: '10000' } });
  return { url, pid: child.pid ?? 0, stop };
}

async function runHarness({ harness, clients, seconds, workload }: Load, what: readonly string[]): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'ioc-harness-'));
  const out = join(dir, 'rows.jsonl');
  try {
    const args = [join(harness, 'bench.mjs'), ...what, '--clients', clients, '--rounds', 1, '--seconds', seconds, '--warmup', WARM_UP_SEC, '--workload', workload, '--concurrency', AT_ONCE, '--out', out].map(String);
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    await once(child, 'exit');
    return readFileSync(out, 'utf8').trim().split('\n').map((line) => Row.parse(JSON.parse(line)));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function runOurs(name: (typeof OURS)[number], load: Load): Promise<Row[]> {
  const server = await (name === 'rooms' ? startRooms(load) : startWhole());
  try {
    pin(server.pid);
    const opt = JSON.stringify({ path: `${SOCKET_PATH}/`, subscribe: SUBSCRIBE });
    return await runHarness(load, ['--url', server.url, '--pid', String(server.pid), '--proto', 'sio', '--name', name, '--opt', opt]);
  } finally {
    await server.stop();
  }
}

function table(clients: number, rows: readonly Row[]): string[] {
  const of = (name: string, pick: (row: Row) => number) => median(rows.filter((row) => row.case === name).map(pick));
  const wsUs = of('ws-framed-delta', (row) => row.usPerClientTick);
  return [...REFERENCES, ...OURS].map((name) => {
    const us = of(name, (row) => row.usPerClientTick);
    const cells = [us.toFixed(1), (us / wsUs).toFixed(2), of(name, (row) => row.bytesPerTick).toFixed(0), of(name, (row) => row.latencyMs.p50).toFixed(0), of(name, (row) => row.latencyMs.p99).toFixed(0), of(name, (row) => row.rssEndConnKb).toFixed(1), of(name, (row) => row.closed).toFixed(0)];
    return `| ${clients} | ${name} | ${cells.join(' | ')} |`;
  });
}

const { values } = parseArgs({ options: {
  harness: { type: 'string' }, clients: { type: 'string', default: '1000,5000' }, rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '15' }, workload: { type: 'string', default: 'W1' },
} });
const asked = z.object({ harness: z.string('--harness DIR is needed: the folder of the harness'), clients: z.array(z.coerce.number().int().positive()), rounds: z.coerce.number().int().positive(), seconds: z.coerce.number().int().positive(), workload: z.enum(WORKLOADS) })
  .parse({ ...values, clients: values.clients.split(',') });
const lines: string[] = [];
for (const clients of asked.clients) {
  const load: Load = { ...asked, clients };
  const rows: Row[] = [];
  for (let round = 0; round < asked.rounds; round += 1) {
    rows.push(...await runHarness(load, ['--cases', REFERENCES.join(',')]));
    for (const name of OURS) rows.push(...await runOurs(name, load));
  }
  lines.push(...table(clients, rows));
}
console.log(['| clients | server | CPU µs | × ws-framed-delta | bytes | p50 ms | p99 ms | RSS KB a connection | closed |', '|---|---|---|---|---|---|---|---|---|', ...lines].join('\n'));
