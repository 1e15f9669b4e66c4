import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

test('[I18N5] L turns the language of a wall there and back, without a reload; the address keeps it', async () => {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
  await page.route(/WallMap-[^/]*\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: 'export default () => null;' }));
  let loads = 0;
  page.on('load', () => { loads += 1; });
  await page.goto(`${server.url}/wall?rotate=0&motion=off&root=68`);
  await page.getByRole('heading', { level: 1, name: 'KẾT NỐI' }).waitFor();
  await page.keyboard.press('l');
  await page.getByRole('heading', { level: 1, name: 'CONNECTIVITY' }).waitFor();
  await page.waitForURL(/root=68.*lang=en/);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.keyboard.press('2');
  await page.waitForURL(/lang=en.*scene=security|scene=security.*lang=en/);
  await page.keyboard.press('L');
  await page.getByRole('heading', { level: 1, name: 'AN NINH' }).waitFor();
  expect(page.url()).not.toContain('lang=');
  expect(await page.locator('html').getAttribute('lang')).toBe('vi');
  expect(loads).toBe(1);
  await page.close();
});
