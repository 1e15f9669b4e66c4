import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { freePort } from './freePort.ts';

const AGAIN_MS = 500;

export interface Mosquitto {
  readonly url: string;
  /** `contentType`: of MQTT 5. Resolves once the broker has it. */
  publish(topic: string, payload: string, more?: { readonly contentType?: string; readonly retain?: boolean }): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** While it is stopped: sessions and messages it kept are gone. */
  forget(): void;
  /** Stops it and removes what it kept. */
  remove(): Promise<void>;
}

/** A broker of its own on a free port that keeps sessions over a restart. `moreConfig`: further lines of mosquitto.conf. */
export async function startMosquitto(binary: string, moreConfig: readonly string[] = ['allow_anonymous true']): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-mosquitto-'));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  // "user root": it would otherwise give up root and could not write to its folder.
  writeFileSync(config, [`listener ${port} 127.0.0.1`, 'persistence true', `persistence_location ${folder}/`, 'user root', 'log_dest stderr', 'log_type all', ...moreConfig, ''].join('\n'));
  let broker: ChildProcess | null = null;
  const url = `mqtt://127.0.0.1:${port}`;

  async function start(): Promise<void> {
    const child = spawn(binary, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    broker = child;
    await new Promise<void>((ready, failed) => {
      let log = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        log = (log + text).slice(-4_000);
        if (log.includes(' running')) ready();
      });
      child.once('exit', (code) => failed(new Error(`mosquitto ended with ${code}: ${log}`)));
    });
  }
  async function stop(): Promise<void> {
    const child = broker;
    broker = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    // One that comes between two looks of its loop may wait for a message that never comes.
    const again = setInterval(() => child.kill('SIGTERM'), AGAIN_MS);
    await ended;
    clearInterval(again);
  }

  await start();
  return {
    url, start, stop,
    forget: () => rmSync(join(folder, 'mosquitto.db'), { force: true }),
    async publish(topic, payload, { contentType, retain = false } = {}) {
      const publisher = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0 });
      await publisher.publishAsync(topic, payload, { qos: 1, retain, ...(contentType !== undefined && { properties: { contentType } }) });
      await publisher.endAsync();
    },
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
