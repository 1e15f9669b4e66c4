import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { say } from '../support/aStorm.ts';
import { launchChromium } from '../support/chromium.ts';
import { addAccounts } from '../support/signInOn.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';
import { takeWatch } from './deskActs.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: QUIET_DAY }), launchChromium()]);
  await addAccounts(server.dataDir, [{ name: 'Nguyễn Hoàng Phương Thảo' }]);
  await say(server.url, [{ place: '68', indicator: 'alerts-critical', value: 2 }, { place: '38', indicator: 'portal-state', value: 0 }]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function open(path: string, width = 1920, height = 1080): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
  await page.goto(server.url + path);
  return page;
}

/** Pairs of a header's parts of which one lies over the other. */
const overlaps = (page: Page) => page.locator('.desk-header').evaluate((header) => {
  const parts = [...header.querySelectorAll('a, button, .chip, .sourceCounts, .session-who, .clock, .product')].map((element) => ({ name: element.textContent, box: element.getBoundingClientRect() })).filter(({ box }) => box.width > 1);
  return parts.flatMap((one, at) => parts.slice(at + 1).filter(({ box }) => box.left < one.box.right - 1 && one.box.left < box.right - 1 && box.top < one.box.bottom - 1 && one.box.top < box.bottom - 1).map(({ name }) => `${one.name} / ${name}`));
});

test.each([[1920, 1080], [1366, 768], [1280, 800]])('[TX1] at %i × %i nothing of the header lies over anything else, with somebody of a long name signed in and sound on', async (width, height) => {
  const page = await open('/desk?sound=on', width, height);
  await takeWatch(page);
  await page.getByText('Nguyễn Hoàng Phương Thảo').first().waitFor();
  expect(await overlaps(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.close();
});

test('[SD8] sound that a person asked for stays on from one page of the desk to the next', async () => {
  const page = await open('/desk');
  await page.getByRole('button', { name: 'Âm báo' }).click();
  for (const name of ['Tải cảnh báo', 'Tường & diễn tập', 'Cảnh báo']) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.locator('.desk-pages [aria-current="page"]', { hasText: name }).waitFor();
    await page.getByRole('button', { name: 'Âm báo', pressed: true }).waitFor();
  }
  await page.close();
});

test('[DK11] the way to the page one is on changes nothing, the address neither', async () => {
  const page = await open('/desk?tab=hidden&level=critical');
  await page.getByRole('tab', { name: /^Tạm ẩn/, selected: true }).waitFor();
  await page.getByRole('link', { name: 'Cảnh báo', exact: true }).click();
  await page.getByRole('tab', { name: /^Tạm ẩn/, selected: true }).waitFor();
  expect(new URL(page.url()).search).toMatch(/tab=hidden&level=critical|level=critical&tab=hidden/);
  await page.close();
});

test('[DK12] the link is lost while somebody writes: the note goes on where it is, and no letter of it is a key of the page', async () => {
  const page = await open('/desk');
  await takeWatch(page);
  const note = page.getByRole('textbox', { name: /^Ghi chú khi xác nhận/ });
  await note.click();
  await page.keyboard.type('Gọi ');
  server.process.kill('SIGSTOP');
  try {
    await page.getByText('Không gửi được khi mất liên lạc').waitFor({ timeout: 20_000 });
    await page.keyboard.type('ca 2');
    expect([await note.inputValue(), new URL(page.url()).searchParams.get('tab')]).toEqual(['Gọi ca 2', null]);
  } finally {
    server.process.kill('SIGCONT');
  }
  await page.close();
}, 60_000);
