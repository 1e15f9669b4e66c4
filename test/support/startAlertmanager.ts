import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const CONFIGURATION = resolve(import.meta.dirname, '../../docs/feeds/alertmanager/alertmanager.yml');

interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt?: string;
  readonly endsAt?: string;
}

export interface RunningAlertmanager {
  /** Its API, as Prometheus calls it. */
  post(alerts: readonly PostedAlert[]): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  readonly binary: string;
  /** What its webhook calls: a listener of the test, or a server's /api/v1/feeds/alertmanager. */
  readonly url: string;
  readonly token: string;
}

/** The configuration of docs/feeds/alertmanager.md with this address and token, and without its waits. On loopback, a free port, alone. */
export async function startAlertmanager({ binary, url, token }: Options): Promise<RunningAlertmanager> {
  const folder = mkdtempSync(join(tmpdir(), 'alertmanager-'));
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  writeFileSync(join(folder, 'alertmanager.yml'), readFileSync(CONFIGURATION, 'utf8')
    .replace('http://IOC:4000/api/v1/feeds/alertmanager', url).replace('/etc/alertmanager/ioc.token', tokenFile)
    .replace(/group_wait: .*/, 'group_wait: 0s').replace(/group_interval: .*/, 'group_interval: 1s').replace(/repeat_interval: .*/, 'repeat_interval: 1s'));
  const child = spawn(binary, [
    `--config.file=${join(folder, 'alertmanager.yml')}`, `--storage.path=${join(folder, 'data')}`,
    '--web.listen-address=127.0.0.1:0', '--web.external-url=http://alertmanager.example:9093', '--web.route-prefix=/', '--cluster.listen-address=',
  ], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  let text = '';
  const address = await new Promise<string>((ready, failed) => {
    child.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const listening = /Listening on" address=(127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (listening !== undefined) ready(listening);
    });
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`Alertmanager ended with ${code} before it listened:\n${text}`)));
  });
  return {
    async post(alerts) {
      const answer = await fetch(`http://${address}/api/v2/alerts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(alerts) });
      if (!answer.ok) throw new Error(`Alertmanager answered ${answer.status} to ${JSON.stringify(alerts)}: ${await answer.text()}`);
    },
    stop,
  };
}
