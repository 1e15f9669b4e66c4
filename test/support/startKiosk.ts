import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './chromium.ts';

const SCRIPT = resolve(import.meta.dirname, '../../docs/kiosk/ioc-wall');

export interface Kiosk {
  /** How often the browser was started. */
  startCount(): number;
  /** Process id of the browser that runs; `null`: the script still waits for the server. */
  browserPid(): number | null;
  /** The running browser, once it can be spoken to. */
  connect(): Promise<Browser>;
  /** As when the power goes: the script and its browser end without a word, and are not started again. */
  cutPower(): Promise<void>;
  /** As after the power came back. */
  boot(): void;
  stop(): Promise<void>;
}

const childrenOf = (pid: number) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter((text) => text !== '').map(Number);
const commandOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

/** What docs/kiosk/ioc-wall.service does: the guide's script, with a profile that is new at each start, and started again when it ends. */
export function startKiosk(server: string, wallId: string, flags: readonly string[], checkSec: number): Kiosk {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-kiosk-'));
  const profile = join(folder, 'run/profile');
  let script: ChildProcess | null = null;
  let starts = 0;
  let isPowered = true;

  function boot(): void {
    isPowered = true;
    rmSync(join(folder, 'run'), { recursive: true, force: true });
    mkdirSync(join(folder, 'run'));
    starts += 1;
    script = spawn(SCRIPT, {
      env: {
        ...process.env, RUNTIME_DIRECTORY: join(folder, 'run'), IOC_WALL_CHROMIUM: findChromium() ?? 'no Chromium found',
        IOC_WALL_SERVER: server, IOC_WALL_ID: wallId, IOC_WALL_SEARCH: 'rotate=0&motion=off', IOC_WALL_CHECK_SEC: String(checkSec),
        // The screen, the sandbox that root may not have, and a way for the test to look inside.
        IOC_WALL_FLAGS: [...flags, '--headless=new', '--no-sandbox', '--screen-info={1920x1080}', '--remote-debugging-port=0'].join(' '),
      },
      stdio: 'ignore', detached: true,
    });
    script.once('exit', () => { if (isPowered) boot(); });
  }

  function browserPid(): number | null {
    const pid = script?.pid;
    return pid === undefined || !existsSync(`/proc/${pid}`) ? null : childrenOf(pid).find((child) => commandOf(child).includes('--user-data-dir')) ?? null;
  }

  async function cutPower(): Promise<void> {
    isPowered = false;
    const running = script;
    if (running?.pid === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((done) => { running.once('exit', done); });
    process.kill(-running.pid, 'SIGKILL');
    await ended;
  }

  async function connect(): Promise<Browser> {
    const portFile = join(profile, 'DevToolsActivePort');
    for (;;) {
      const [port, path] = existsSync(portFile) ? readFileSync(portFile, 'utf8').split('\n') : [];
      if (port !== undefined && path !== undefined) return chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`);
      await new Promise(setImmediate);
    }
  }

  boot();
  return {
    startCount: () => starts, browserPid, connect, cutPower, boot,
    async stop() {
      await cutPower();
      // Its helpers notice a moment later that their browser is gone, and write until then.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
