import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { FeedSettings } from '../../server/ports/feedSettings.ts';
import { aFeed } from './someFeeds.ts';

const COMMAND = resolve(import.meta.dirname, '../../server/ioc.ts');

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** `npm run ioc -- …` as a person runs it, in a process of its own. */
export function runIoc(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => { said.out += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { said.error += chunk.toString(); });
  return new Promise((done) => { child.once('close', (code) => done({ code, ...said })); });
}

/** A file of feeds in the folder. */
export function writeFeeds(folder: string, feeds: readonly (Partial<z.input<typeof FeedSettings>> & { readonly id: string })[]): string {
  const path = join(folder, 'feeds.json');
  writeFileSync(path, JSON.stringify({ feeds: feeds.map(aFeed) }));
  return path;
}
