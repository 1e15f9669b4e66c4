import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import brand from '../../docs/branding/brand.json' with { type: 'json' };
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  const file = resolve(import.meta.dirname, '../../docs/branding/brand.json');
  [server, browser] = await Promise.all([startServer({ env: { IOC_LIVE: 'feeds', IOC_BRAND: file } }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

test('[BN3] the example of the guide is seen on every screen, and its province is the root of walls', async () => {
  const page = await browser.newPage({ viewport: { width: 3840, height: 2160 }, serviceWorkers: 'block' });
  await leaveMapOut(page);
  const isDrawn = () => page.locator('img[src^="/api/v1/branding/emblem"]').evaluate(async (image: HTMLImageElement) => { await image.decode(); return image.naturalWidth > 0; });
  const accent = () => page.evaluate(() => document.documentElement.style.getPropertyValue('--accent'));

  await page.goto(`${server.url}/wall?rotate=0&motion=off`);
  await page.locator('.product').getByText(brand.shortTitle.vi).waitFor();
  expect([await isDrawn(), await accent(), await page.title()]).toEqual([true, brand.accent.dark, `Hưng Yên · ${brand.title.vi}`]);
  await page.keyboard.press('l');
  await page.waitForFunction((title) => document.title.endsWith(title), brand.title.en);

  await page.goto(`${server.url}/wall?rotate=0&motion=off&root=VN`);
  await page.locator('.product').waitFor();
  await page.waitForFunction((title) => document.title === title, brand.title.vi);

  await page.goto(`${server.url}/?lang=en`);
  await page.getByRole('heading', { level: 1, name: brand.title.en }).waitFor();
  expect([await isDrawn(), await accent(), await page.title()]).toEqual([true, brand.accent.light, brand.title.en]);
  expect(await page.getByRole('link').evaluateAll((links) => links.filter((link) => !link.getAttribute('href')?.includes('lang=en')).length)).toBe(0);

  await page.goto(`${server.url}/province/33`);
  await page.waitForFunction((title) => document.title === `Hưng Yên · ${title}`, brand.title.vi);
  await page.getByRole('button', { name: 'English' }).click();
  await page.waitForFunction((title) => document.title === `Hưng Yên · ${title}`, brand.title.en);

  await page.goto(`${server.url}/desk`);
  await page.locator('.product').getByText(brand.shortTitle.vi).waitFor();
  await page.goto(`${server.url}/demo`);
  await page.waitForFunction((title) => document.title.endsWith(title), brand.title.vi);
  expect(await accent()).not.toBe(brand.accent.light);
  await page.close();
});
