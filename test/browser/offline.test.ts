import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WallsDto } from '../../shared/protocol/answers.ts';
import { launchChromium } from '../support/chromium.ts';
import { makeOtherBuild } from '../support/otherBuild.ts';
import { retrySoon } from '../support/retrySoon.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

const SIZES = [{ width: 1180, height: 820 }, { width: 820, height: 1180 }, { width: 390, height: 844 }];
const KEPT_TITLE = /^Số lúc \d{2}:\d{2}, \d{1,2}\/\d{1,2} — không có liên lạc$/;

let browser: Browser;
let context: BrowserContext;
let dataDir: string;
let server: RunningServer;
let port: string;

/** Where pages find it again. */
async function startAgain(env: Record<string, string> = {}, root?: string): Promise<void> {
  server = await startServer({ env: { ...QUIET_DAY, IOC_PORT: port, ...env }, dataDir, ...(root !== undefined && { root }) });
}

// Without WebGL the outline of the country stands in for the map: what is tried here does not need it, and two cores do.
beforeAll(async () => { browser = await launchChromium(['--disable-3d-apis']); });
afterAll(async () => { await browser.close(); });
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ioc-'));
  port = '0';
  await startAgain();
  port = new URL(server.url).port;
  context = await browser.newContext({ locale: 'vi-VN' });
  await retrySoon(context);
});
afterEach(async () => {
  await context.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A visit long enough for the page's copy and its picture to be kept. */
async function openAndKeep(path = '/province/68'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.url + path);
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  await page.locator('.province-card .figure[data-look="fresh"]').first().waitFor();
  await keptPicture(page);
  return page;
}

/** Waits for the picture of this page to lie in the browser. */
async function keptPicture(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const open = () => new Promise<IDBDatabase>((done) => { const opening = indexedDB.open('ioc-kept'); opening.onsuccess = () => done(opening.result); });
    const count = async () => {
      // Whoever opens it first makes it: here it would have nothing in it, and the page could keep nothing ever after.
      if (!(await indexedDB.databases()).some(({ name }) => name === 'ioc-kept')) return 0;
      const database = await open();
      if (!database.objectStoreNames.contains('kept')) { database.close(); return 0; }
      return new Promise<number>((done) => {
        const asked = database.transaction('kept').objectStore('kept').getAllKeys(IDBKeyRange.bound('picture/', 'picture0'));
        asked.onsuccess = () => { database.close(); done(asked.result.length); };
      });
    };
    // Going out of sight keeps at once.
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    while (await count() === 0) {
      document.dispatchEvent(new Event('visibilitychange'));
      await new Promise((again) => { setTimeout(again, 200); });
    }
    Reflect.deleteProperty(document, 'visibilityState');
  });
}

const looks = (page: Page) => page.locator('.province-card .figure').evaluateAll((figures) => figures.map((figure) => ({ look: (figure as HTMLElement).dataset.look, text: figure.textContent })));

test('[OF1] Chromium would install it', async () => {
  const page = await openAndKeep();
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Contexts of tests are private windows, which install nothing.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  const { url, errors } = await devtools.send('Page.getAppManifest');
  expect({ url, errors }).toEqual({ url: `${server.url}/manifest.webmanifest`, errors: [] });
});

describe('[OF8] without a link', () => {
  test.each(SIZES)('the last state opens at $width × $height, dated and dead-looking, and lives again with the server, without a reload', async (size) => {
    const page = await openAndKeep();
    await page.setViewportSize(size);
    await server.kill();
    await page.locator('.linkLost').waitFor();
    await page.reload();

    await page.locator('.linkLost strong').filter({ hasText: KEPT_TITLE }).waitFor();
    const shown = await looks(page);
    expect(shown.length).toBeGreaterThan(2);
    expect(new Set(shown.map(({ look }) => look))).toEqual(new Set(['lost']));
    for (const { text } of shown) expect(text).toMatch(/\d/);
    expect(await page.locator('html').getAttribute('data-link')).toBe('lost');
    expect(await page.locator('.province-mode').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

    await page.evaluate(() => { Object.assign(window, { isSamePage: true }); });
    await startAgain();
    await page.locator('.linkLost').waitFor({ state: 'detached' });
    await page.locator('.province-card .figure[data-look="fresh"]').first().waitFor();
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  });

  test('[OF9] what needs the server says so, and comes by itself when there is one', async () => {
    const page = await openAndKeep();
    await server.kill();
    await page.reload();
    await page.locator('.linkLost strong').filter({ hasText: KEPT_TITLE }).waitFor();
    await page.getByText('Cần liên lạc với máy chủ.').first().waitFor();
    await startAgain();
    await page.locator('.linkLost').waitFor({ state: 'detached' });
    await page.getByText('Cần liên lạc với máy chủ.').first().waitFor({ state: 'detached' });
  });

  test('home finds places, one that was never opened says that nothing is kept, and one that was opens', async () => {
    const page = await openAndKeep();
    await server.kill();
    await page.goto(`${server.url}/`);
    await page.getByRole('link', { name: 'Hà Giang' }).click();
    await page.locator('.linkLost').filter({ hasText: 'Máy này chưa lưu số của nơi đang xem' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Lâm Đồng' }).click();
    await page.locator('.linkLost strong').filter({ hasText: KEPT_TITLE }).waitFor();
  });
});

test('[OF5] IOC_OFFLINE=off takes everything away at the next visit', async () => {
  const page = await openAndKeep();
  await server.kill();
  await startAgain({ IOC_OFFLINE: 'off' });
  await page.goto(`${server.url}/province/01`);
  await page.waitForFunction(() => document.querySelector('.province-card') !== null);
  await page.evaluate(async () => {
    const isLeft = async () => (await caches.keys()).length > 0 || await navigator.serviceWorker.getRegistration() !== undefined || (await indexedDB.databases()).length > 0;
    while (await isLeft()) await new Promise((again) => { setTimeout(again, 200); });
  });
});

test('[OF3] [OF4] an upgrade reaches the tablet at its next visit and, with the worker in place, the wall by itself', async () => {
  const tablet = await openAndKeep();
  const firstCaches = await tablet.evaluate(() => caches.keys());
  const wall = await context.newPage();
  // The wall comes back after a time by chance, up to five minutes.
  await wall.addInitScript(() => { Math.random = () => 0; });
  await wall.goto(`${server.url}/wall?rotate=0&motion=off&wall=offline-test`);
  const reportedBuild = async () => WallsDto.parse(await (await fetch(`${server.url}/api/v1/walls`)).json()).walls.find(({ wallId }) => wallId === 'offline-test')?.buildId;
  await expect.poll(reportedBuild, { timeout: 30_000 }).toBeDefined();
  expect(await wall.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);

  const other = makeOtherBuild();
  try {
    await server.kill();
    await startAgain({}, other.root);
    await expect.poll(reportedBuild, { timeout: 90_000 }).toBe(other.buildId);

    await tablet.goto(`${server.url}/province/68`);
    await tablet.evaluate(async (before) => { while ((await caches.keys()).length === before) await new Promise((again) => { setTimeout(again, 200); }); }, firstCaches.length);
    expect(await tablet.evaluate(() => caches.keys())).toEqual([...firstCaches, `ioc-shell-${other.buildId}`]);
    // What runs is of one build, and it is the new one.
    const names = await tablet.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/assets/')));
    // A copy has its name before it is whole.
    const known = () => tablet.evaluate(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url), `ioc-shell-${other.buildId}`);
    await expect.poll(async () => { const held = await known(); return names.filter((name) => !held.includes(name)); }, { timeout: 60_000 }).toEqual([]);
  } finally {
    other.remove();
  }
});
