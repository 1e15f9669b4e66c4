import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReceivedCandidate } from '../../server/ports/player.ts';
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { packedBytes } from '../support/packedBytes.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';

const START_MS = Date.parse('2026-10-18T08:00:00+07:00');
const folder = mkdtempSync(join(tmpdir(), 'ioc-recordings-'));
let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  const received = [672, 673, 674].map((code, i): ReceivedCandidate => ({
    receivedAtMs: START_MS + i,
    candidate: { sourceId: 'province-68', localityCode: String(code), indicatorId: 'tslcd-link-state', observedAtMs: START_MS + i, value: 2, provenance: 'measured' },
  }));
  const bytes = packedBytes(received, { endMs: START_MS + 3_600_000, sourceIds: [] });
  writeFileSync(join(folder, 'bao.jsonl.gz'), bytes);
  writeFileSync(join(folder, 'sua.jsonl.gz'), bytes.subarray(0, bytes.length - 9));
  [server, browser] = await Promise.all([startServer({ env: { IOC_LIVE: 'feeds', IOC_RECORDINGS: folder, IOC_LOG_LEVEL: 'silent' } }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function openWall(query: string, widthPx: number, heightPx: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: widthPx, height: heightPx }, locale: 'vi-VN' });
  await leaveMapOut(page);
  await page.goto(`${server.url}/wall?rotate=0&motion=off${query}`);
  return page;
}

test('[LR1] [LR2] a wall that plays a recording says so over all of its picture, and its clock and date are those of the data', async () => {
  for (const [widthPx, heightPx] of [[1920, 1080], [3840, 2160], [5760, 1080]] as const) {
    const page = await openWall('&recording=bao', widthPx, heightPx);
    await page.locator('.chip[data-mode="replay"]', { hasText: 'PHÁT LẠI' }).waitFor();
    const frame = await page.locator('.wall-replay').boundingBox();
    expect(frame!.width).toBeGreaterThanOrEqual(widthPx);
    expect(await page.locator('.wall-replayWord').count()).toBe(2);
    await page.getByText('18/10/2026').first().waitFor();
    expect(await page.locator('.clock-time').first().innerText()).toMatch(/^0[89]:/);
    await page.close();
  }
  // What is live has neither.
  const live = await openWall('', 1920, 1080);
  await live.locator('.chip[data-mode]').waitFor();
  expect(await live.locator('.wall-replay').count()).toBe(0);
  await live.close();
});

test('[LR3] a recording that is unknown or refused is told of, with those there are', async () => {
  for (const name of ['khac', 'KHÁC/..']) {
    const page = await openWall(`&recording=${encodeURIComponent(name)}`, 1920, 1080);
    await page.getByText(`Không có bản ghi “${name}”`).waitFor();
    await page.getByText('Các bản ghi hiện có: bao.').waitFor();
    await page.close();
  }
  const refused = await openWall('&recording=sua&lang=en', 1920, 1080);
  await refused.getByText('The recording “sua” cannot be played').waitFor();
  await refused.getByText(/cut or altered, from line \d+ on/).waitFor();
  await refused.close();
});
