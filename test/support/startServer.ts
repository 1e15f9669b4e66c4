import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
/** What a server before it has compiled: it is started some hundred times, and reads a quarter faster so. */
const COMPILED = resolve(ROOT, 'node_modules/.cache/ioc-compiled');

export interface RunningServer {
  /** "http://127.0.0.1:<port>", no trailing slash. */
  readonly url: string;
  readonly process: ChildProcess;
  readonly dataDir: string;
  /** Everything it printed so far. */
  output(): string;
  /** SIGKILL, as a power cut would; the data stays for a restart. */
  kill(): Promise<void>;
  /** SIGTERM and removal of the data, unless the folder was given. */
  stop(): Promise<void>;
}

export interface StartServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Reused over restarts; by default a fresh folder that `stop` removes. */
  readonly dataDir?: string;
  /** Of another copy of the product. */
  readonly root?: string;
}

/** The simulator without incidents: else a critical alarm, which comes some three times a day, takes a wall's place at whatever hour a test runs. */
export const QUIET_DAY = { IOC_SCENARIO: 'quiet-day' };

/** The product as a user runs it, on a free port, in a process of its own. Resolves once it has printed its address. */
export async function startServer(options: StartServerOptions = {}): Promise<RunningServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'ioc-'));
  const root = options.root ?? ROOT;
  const child = spawn(process.execPath, [join(root, 'server/main.ts')], {
    cwd: root,
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, NODE_ENV: 'production', IOC_PORT: '0', IOC_DATA: dataDir, IOC_LOG_LEVEL: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const url = await new Promise<string>((ready, failed) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const address = /(http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (address !== undefined) ready(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => failed(new Error(`The server ended with ${code} before it printed an address:\n${text}`)));
  });
  const ended = new Promise<void>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once('exit', () => done());
  });
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal);
    await ended;
  };
  return {
    url, process: child, dataDir,
    output: () => text,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
