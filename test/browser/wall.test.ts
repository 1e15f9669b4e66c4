import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { retrySoon } from '../support/retrySoon.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: QUIET_DAY }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

interface Watched {
  readonly page: Page;
  /** Errors, failed requests, requests to other hosts and policy violations. */
  readonly problems: string[];
}

/** Each pixel of a map stands for four: the processor draws it, and no rule here is about its sharpness. */
const COARSE = { deviceScaleFactor: 0.5 };

async function openPage(path: string, { size = { width: 1920, height: 1080 }, hasMap = true } = {}): Promise<Watched> {
  const page = await browser.newPage({ viewport: size, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...COARSE });
  if (!hasMap) await leaveMapOut(page);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(`console: ${message.text()}`); });
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && host !== new URL(server.url).host) problems.push(`outside: ${request.url()}`);
  });
  await page.addInitScript(() => {
    // biome-ignore lint/suspicious/noConsole: the page's console is how a violation reaches this test.
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(`${server.url}${path}`);
  return { page, problems };
}

const mapIsReady = (page: Page) => page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });

describe('every page, in a real browser', () => {
  test.each([
    ['/', 'Trung tâm điều hành'],
    ['/wall?rotate=0&motion=off', 'Huyện đã nối'],
    ['/province/68', 'Lâm Đồng'],
    ['/demo', 'KHÔNG PHẢI TRỰC TIẾP'],
  ])('[BR1] %s loads with no error, no outside request and no policy violation', async (path, words) => {
    const { page, problems } = await openPage(path);
    await page.getByText(words).first().waitFor();
    if (path !== '/') await mapIsReady(page);
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe('the wall', () => {
  test('[BR2] text and figures are painted before the map’s code has arrived', async () => {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, ...COARSE });
    let release = () => {};
    const held = new Promise<void>((open) => { release = open; });
    let isHeld = false;
    await page.route(/MapView-[^/]*\.js$/, async (route) => {
      isHeld = true;
      await held;
      await route.continue();
    });
    await page.goto(`${server.url}/wall?scene=connectivity&rotate=0&motion=off`);
    await page.getByText(/\/705/).first().waitFor();
    expect(isHeld).toBe(true);
    expect(await page.locator('canvas').count()).toBe(0);
    release();
    await mapIsReady(page);
    expect(await page.locator('canvas').count()).toBeGreaterThan(0);
    await page.close();
  });

  test('[BR3] simulated data is called so, and never live', async () => {
    const { page } = await openPage('/wall?rotate=0&motion=off', { hasMap: false });
    await page.getByText('MÔ PHỎNG').first().waitFor();
    expect(await page.getByText('TRỰC TIẾP').count()).toBe(0);
    await page.close();
  });

  test('[BR4] the clock runs and the figures are those of the server', async () => {
    const { page } = await openPage('/wall?scene=connectivity&rotate=0&motion=off', { size: { width: 3840, height: 2160 }, hasMap: false });
    await page.getByText(/\d\d:\d\d:\d\d/).first().waitFor();
    const clock = () => page.getByText(/^\d\d:\d\d:\d\d$/).first().innerText();
    const before = await clock();
    await page.waitForFunction((text) => !document.body.innerText.includes(text), before);
    const snapshot = await (await fetch(`${server.url}/api/v1/snapshot?locality=VN`)).json() as { readings: { localityCode: string; indicatorId: string; denominator: number }[] };
    const share = snapshot.readings.find(({ localityCode, indicatorId }) => localityCode === 'VN' && indicatorId === 'tslcd-share');
    expect(share?.denominator).toBe(705);
    await page.getByText('/705').first().waitFor();
    await page.close();
  });

  test('[BR5] a province that the wall flies to shows its district cells, called schematic', async () => {
    const { page, problems } = await openPage('/wall?focus=68&rotate=0&motion=off');
    await mapIsReady(page);
    await page.getByText('Ranh giới huyện: sơ đồ').first().waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe('when the server dies', () => {
  test('[BR6] the whole wall says so within 10 s, and comes back by itself, without a reload', async () => {
    const own = await startServer({ dataDir: server.dataDir.concat('-lost'), env: QUIET_DAY });
    const { port } = new URL(own.url);
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
    await leaveMapOut(page);
    await retrySoon(page);
    await page.goto(`${own.url}/wall?scene=connectivity&rotate=0&motion=off`);
    await page.getByText(/\/705/).first().waitFor();
    await page.evaluate(() => { document.body.dataset.mark = 'same page'; });
    await own.kill();
    await page.getByText('MẤT LIÊN LẠC · SỐ ĐÃ CŨ').first().waitFor({ timeout: 10_000 });
    expect(await page.locator('html').getAttribute('data-link')).toBe('lost');

    const again = await startServer({ dataDir: own.dataDir, env: { ...QUIET_DAY, IOC_PORT: port } });
    await page.getByText('MẤT LIÊN LẠC · SỐ ĐÃ CŨ').first().waitFor({ state: 'detached', timeout: 60_000 });
    await page.getByText(/\/705/).first().waitFor();
    expect(await page.locator('body').getAttribute('data-mark')).toBe('same page');
    await page.close();
    await again.stop();
  });
});
