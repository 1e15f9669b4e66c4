import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wallScaleOf } from '../../client/theme/wallScale.ts';
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
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

async function newPage(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
  await leaveMapOut(page);
  return page;
}

test('[I18N5] L turns the language of a wall there and back, without a reload; the address keeps it', async () => {
  const page = await newPage();
  let loads = 0;
  page.on('load', () => { loads += 1; });
  await page.goto(`${server.url}/wall?rotate=0&motion=off&root=68`);
  await page.getByRole('heading', { level: 1, name: 'KẾT NỐI' }).waitFor();
  await page.keyboard.press('l');
  await page.getByRole('heading', { level: 1, name: 'CONNECTIVITY' }).waitFor();
  await page.waitForURL(/root=68.*lang=en/);
  await page.locator('html[lang="en"]').waitFor({ state: 'attached' });
  await page.keyboard.press('2');
  await page.waitForURL(/lang=en.*scene=security|scene=security.*lang=en/);
  await page.keyboard.press('L');
  await page.getByRole('heading', { level: 1, name: 'AN NINH' }).waitFor();
  await page.waitForURL((url) => !url.searchParams.has('lang'));
  await page.locator('html[lang="vi"]').waitFor({ state: 'attached' });
  expect(loads).toBe(1);
  await page.close();
});

test('[WO3] C opens the settings, whose keys are not the wall’s; applied, the wall and its address are set up so', async () => {
  const page = await newPage();
  await page.goto(`${server.url}/wall?scene=security&rotate=0&motion=off&widthMm=1217&distance=3`);
  await page.getByRole('heading', { level: 1, name: 'AN NINH' }).waitFor();
  await page.keyboard.press('c');
  const distance = page.getByRole('textbox', { name: 'Người đọc gần nhất, m' });
  await distance.fill('5');
  await distance.press('Tab');
  await page.getByText(/Chữ nhỏ nhất \d+ px/).waitFor();
  await page.getByRole('button', { name: 'Áp dụng' }).focus();
  await page.keyboard.press('3');
  expect(await page.getByRole('heading', { level: 1, name: 'AN NINH', includeHidden: true }).count()).toBe(1);
  await page.getByRole('button', { name: 'Áp dụng' }).click();
  await page.waitForURL(/distance=5/);
  await page.locator('.wallSettings').waitFor({ state: 'detached' });
  const { bPx } = wallScaleOf({ widthPx: 1920, heightPx: 1080, widthMm: 1217, nearM: 5 });
  await page.locator(`.wall[style*="--b: ${bPx}px;"]`).waitFor();
  await page.keyboard.press('3');
  await page.getByRole('heading', { level: 1, name: 'HỒ SƠ' }).waitFor();
  await page.close();
});
