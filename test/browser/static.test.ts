import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import vi from '../../client/i18n/vi.json' with { type: 'json' };
import { DEMO_INDICATORS } from '../../client/screens/demo/demoIndicators.ts';
import { startOfDayMs } from '../../shared/domain/instant.ts';
import { REPLAY_INDEX_PATH, ReplayIndex } from '../../shared/protocol/replayFolder.ts';
import { aDemoWall, facts, table } from '../support/aDemoWall.ts';
import { launchChromium } from '../support/chromium.ts';
import { type FolderServer, serveFolder } from '../support/serveFolder.ts';
import { startServer } from '../support/startServer.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'ioc-static-'));
let host: FolderServer;
let browser: Browser;
let served: Awaited<ReturnType<typeof aDemoWall>>;

beforeAll(async () => {
  // As a user builds it: the test runner's own NODE_ENV would make a page for development.
  await promisify(execFile)(process.execPath, [join(ROOT, 'server/buildDemo.ts'), folder], { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } });
  [host, browser, served] = await Promise.all([serveFolder(folder, 'ioc/2019-2021'), launchChromium(), aDemoWall()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), host?.close(), served?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Errors, failed or refused requests, and requests that leave the folder. */
async function openPage(search = ''): Promise<{ readonly page: Page; readonly problems: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(`console: ${message.text()}`); });
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`));
  page.on('response', (response) => { if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`); });
  page.on('request', (request) => { if (!request.url().startsWith(host.url) && !/^(blob|data):/.test(request.url())) problems.push(`outside: ${request.url()}`); });
  page.on('websocket', (socket) => problems.push(`socket: ${socket.url()}`));
  await page.goto(`${host.url}${search}`);
  return { page, problems };
}

const isDay = (page: Page, day: string) => page.locator('.demo-day').getByText(day, { exact: true }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** By indicator: "> 15,9%", without the space. */
async function figuresOf(page: Page): Promise<Record<string, string>> {
  const rows = await page.locator('.demo-figure').all();
  const texts = await Promise.all(rows.map(async (row) => [await row.locator('.demo-figureName').innerText(), (await row.locator('.figure').innerText()).replace(/\s/g, '')] as const));
  const shownByName = new Map(texts);
  return Object.fromEntries(DEMO_INDICATORS.map((id) => [id, shownByName.get(vi.demo.names[id]) ?? 'not on the page']));
}

/** What the replay with a server behind it shows on that day. */
async function servedFigures(day: string): Promise<Record<string, string>> {
  await served.seek(startOfDayMs(day));
  return Object.fromEntries(DEMO_INDICATORS.map((id) => [id, served.figure(table.indexOf('VN', id)!).replace(/\s/g, '')]));
}

const SIGNS = { exactly: '', about: '≈', 'more-than': '>', 'less-than': '<' } as const;

/** The fact of the newest day among those said by then; every one of these indicators has one, or nothing is shown. */
function lastSaid(indicatorId: string, day: string) {
  return facts.filter((fact) => fact.localityCode === 'VN' && fact.indicatorId === indicatorId && fact.reportedOn <= day)
    .toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1)).at(-1);
}

describe('[SR5] the folder on a web server that has nothing else, under a path', () => {
  test('plays, is sought both ways, and shows exactly what was reported, with no error and no request beyond it', async () => {
    const { page, problems } = await openPage();
    await page.getByText(vi.demo.notLive).waitFor();
    await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });
    await isDay(page, '1/1/2019');

    await page.keyboard.press('Space');
    await page.locator('.demo-playState').getByText(/^Đang phát/).waitFor();
    await page.waitForFunction(() => document.querySelector('.demo-day')?.textContent !== '1/1/2019');
    await page.keyboard.press('Space');
    await page.locator('.demo-playState').getByText(vi.demo.paused).waitFor();

    for (const day of ['23/7/2019', '16/2/2020', '26/8/2020']) {
      await page.keyboard.press('ArrowRight');
      await isDay(page, day);
    }
    await page.locator('.demo-figure').filter({ hasText: vi.demo.names['tslcd-share'] }).getByText('96', { exact: true }).waitFor();
    const reported = await figuresOf(page);
    expect(reported).toEqual(await servedFigures('2020-08-26'));
    for (const id of DEMO_INDICATORS.filter((each) => each !== 'ndxp-transactions-total')) {
      const { value, numerator, denominator, comparator } = lastSaid(id, '2020-08-26')!;
      const digits = value === null ? `${numerator}/${denominator}` : String(value).replace('.', ',');
      expect(reported[id]?.replace(/%$/, ''), id).toBe(`${SIGNS[comparator]}${digits}`);
    }

    // The day before, by the timeline: nothing of the conference is left, and what follows from the one before it stands.
    await page.locator('.demo-slider input').focus();
    await page.keyboard.press('ArrowLeft');
    await isDay(page, '25/8/2020');
    await page.locator('.demo-figure').filter({ hasText: vi.demo.names['sharing-platform-share'] }).getByText('< 30', { exact: true }).waitFor();
    expect(await figuresOf(page)).toEqual(await servedFigures('2020-08-25'));
    await page.keyboard.press('ArrowRight');
    await isDay(page, '26/8/2020');
    await page.locator('.demo-figure').filter({ hasText: vi.demo.names['tslcd-share'] }).getByText('96', { exact: true }).waitFor();
    expect(await figuresOf(page)).toEqual(reported);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('every control works by itself: speeds, chapters, loop; and nothing is offered that needs a server', async () => {
    const { page, problems } = await openPage('?remote');
    await isDay(page, '1/1/2019');
    expect(await page.locator('.remote').count()).toBe(0);
    await page.keyboard.press('ArrowUp');
    await page.locator('.demo-rates [aria-pressed="true"]').getByText('30', { exact: true }).waitFor();
    await page.keyboard.press('c');
    await button(page, vi.demo.chapters).and(page.locator('[aria-pressed="true"]')).waitFor();
    await page.keyboard.press('l');
    await button(page, vi.demo.loop).and(page.locator('[aria-pressed="true"]')).waitFor();
    // Half a year at thirty days a second; in chapters it then waits.
    await button(page, vi.demo.play).click();
    await isDay(page, '23/7/2019');
    await page.locator('.demo-playState').getByText(vi.demo.paused).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  test('[SR3] with a byte of the frames turned it is not played, and says which frame is wrong and what to do', async () => {
    const page = await browser.newPage();
    await page.route(/\/frames-\w+\.bin$/, async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      body[body.length - 1] = (body.at(-1) ?? 0) ^ 1;
      await route.fulfill({ response, body });
    });
    await page.goto(host.url);
    await page.getByText(/frame (\d+) of \1 is not as it was written\. Copy it again/).waitFor();
    await page.close();
  });
});

test('[SR5] its answers are those of the server, and its index tells of the file of frames that is there', async () => {
  const index = ReplayIndex.parse(JSON.parse(readFileSync(join(folder, REPLAY_INDEX_PATH), 'utf8')));
  const server = await startServer({ env: { IOC_LIVE: 'feeds' } });
  try {
    for (const [path, answer] of Object.entries(index.answers)) {
      const said: unknown = await (await fetch(server.url + path)).json();
      if (!path.endsWith('/channels')) expect(answer, path).toEqual(said);
      // The live channel has no part in it, and an epoch is each log's own.
      else expect(answer).toEqual((said as readonly (typeof index.channel)[]).filter(({ channel }) => channel === index.channel.channel).map((channel) => ({ ...channel, epoch: index.channel.epoch })));
    }
    expect(readFileSync(join(folder, 'replay', index.frames.file)).length).toBe(index.frames.bytes);
  } finally {
    await server.stop();
  }
});
