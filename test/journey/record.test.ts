import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { RecordingDto } from '../../shared/protocol/answers.ts';
import { ChannelDto } from '../../shared/protocol/http.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

const run = promisify(execFile);
const RECORD = resolve(import.meta.dirname, '../../server/record.ts');
const folder = mkdtempSync(join(tmpdir(), 'ioc-recordings-'));
const WHERE = [['672', 'dossiers-overdue'], ['68', 'alerts-open'], ['01', 'alerts-open']] as const;

let live: RunningServer;
beforeAll(async () => { live = await startServer({ env: { IOC_LIVE: 'feeds' } }); });
afterAll(async () => {
  await live.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function report([subject, indicator]: readonly [string, string], value: number): Promise<number> {
  const answer = await fetch(`${live.url}/api/v1/observations`, {
    method: 'POST', headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({ specversion: '1.0', id: `${subject}-${indicator}-${value}`, source: 'test', type: 'vn.ioc.observation.v1', subject, time: new Date().toISOString(), data: { indicator, value } }),
  });
  expect(await answer.json()).toMatchObject({ stored: 1 });
  return Date.now();
}

const record = (fromMs: number, toMs: number, out: string) =>
  run(process.execPath, [RECORD, '--data', live.dataDir, '--from', new Date(fromMs).toISOString(), '--to', new Date(toMs).toISOString(), '--out', out]);

/** `null`: no reading. */
async function valueAt(url: string, channel: string, [code, indicator]: readonly [string, string]): Promise<number | null> {
  const answer = await fetch(`${url}/api/v1/explain?channel=${channel}&locality=${code}&indicator=${indicator}`);
  const { reading } = z.looseObject({ reading: z.looseObject({ value: z.number().nullable() }).nullable() }).parse(await answer.json());
  return reading?.value ?? null;
}

async function recordingsOf(url: string): Promise<RecordingDto[]> {
  const listed = z.array(RecordingDto).parse(await (await fetch(`${url}/api/v1/recordings`)).json());
  return listed.some(({ state }) => state === 'opening') ? recordingsOf(url) : listed;
}

describe('a recording of a live run', () => {
  test('[LR7] taken from a running server it begins with the picture of then, ends with the picture of then, and plays on a channel of its own', async () => {
    const beforeMs = await report(WHERE[0], 41);
    const midMs = await report(WHERE[1], 7);
    const endMs = await report(WHERE[2], 3);
    await report(WHERE[1], 900);
    await record(beforeMs, endMs, join(folder, 'ban-ghi.jsonl.gz'));
    const bytes = readFileSync(join(folder, 'ban-ghi.jsonl.gz'));
    writeFileSync(join(folder, 'cut.jsonl.gz'), bytes.subarray(0, bytes.length - 9));
    expect(midMs).toBeLessThanOrEqual(endMs);

    const replaying = await startServer({ env: { ...QUIET_DAY, IOC_RECORDINGS: folder, IOC_LOG_LEVEL: 'silent' } });
    try {
      const [whole, cut] = await recordingsOf(replaying.url);
      expect(whole).toEqual({ name: 'ban-ghi', state: 'ready', why: null, line: null });
      expect(cut).toMatchObject({ name: 'cut', state: 'refused' });
      expect(cut?.line).toBeGreaterThan(0);
      const channels = z.array(ChannelDto).parse(await (await fetch(`${replaying.url}/api/v1/channels`)).json());
      expect(channels.map(({ channel }) => channel)).toEqual(['live', 'demo', 'recording:ban-ghi']);
      const { playback } = channels[2]!;
      expect(playback).toMatchObject({ startMs: beforeMs, endMs, isLooping: true });
      // Known before it began.
      expect(await valueAt(replaying.url, 'recording:ban-ghi', WHERE[0])).toBe(41);
      await expect.poll(() => valueAt(replaying.url, 'recording:ban-ghi', WHERE[2]), { timeout: 10_000 }).toBe(3);
      // What was said after its end is not in it.
      expect(await valueAt(replaying.url, 'recording:ban-ghi', WHERE[1])).toBe(7);
    } finally {
      await replaying.stop();
    }
  });

  test('[LR8] a span that the log does not hold, and what cannot be understood, are refused with what to do', async () => {
    await report(WHERE[0], 42);
    await expect(record(Date.now() - 3 * 86_400_000, Date.now(), join(folder, 'early.jsonl.gz'))).rejects.toThrow(/holds what arrived from .* 48 hours/);
    await expect(record(Date.now(), Date.now() - 1, join(folder, 'back.jsonl.gz'))).rejects.toThrow(/--from is not before --to/);
    await expect(record(1, 2, join(folder, 'name.txt'))).rejects.toThrow(/--out: must end with ".jsonl.gz"/);
  });

  test('[LR8] a folder with a name that no address can say stops the start', async () => {
    const other = mkdtempSync(join(tmpdir(), 'ioc-recordings-'));
    try {
      copyFileSync(join(folder, 'cut.jsonl.gz'), join(other, 'Bão.jsonl.gz'));
      await expect(startServer({ env: { IOC_RECORDINGS: other } })).rejects.toThrow(/small letters, digits and hyphens/);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });
});
