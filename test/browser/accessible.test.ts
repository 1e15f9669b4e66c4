import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';
import { smallTargets } from '../support/touchTargets.ts';
import { switchWebGlOff } from './screenActs.ts';

let server: RunningServer;
let browser: Browser;
let opened: Page | null = null;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: QUIET_DAY }), launchChromium()]);
  const wall = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
  await leaveMapOut(wall);
  await wall.goto(`${server.url}/wall?rotate=0&motion=off&wall=phong-hop&name=Phòng họp`);
  await wall.locator('.clock').waitFor();
});
// A test that fails would leave its page drawing beside those after it.
afterEach(async () => { await opened?.close(); });
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const SIZES = [['landscape', 1180, 820], ['portrait', 820, 1180], ['phone', 390, 844]] as const;
const MIN_TARGET_PX = 44;

/** The outline stands in for the map: what the map has beside its canvas is the same. */
async function pageOf(width: number, height: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, hasTouch: true, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', serviceWorkers: 'block' });
  await switchWebGlOff(page);
  opened = page;
  return page;
}

const STATES: readonly { readonly name: string; readonly path: string; readonly ready: string; readonly act?: (page: Page) => Promise<void> }[] = [
  { name: 'the province', path: '/province/68?domain=dossiers&unit=672', ready: '.province-list tbody tr' },
  { name: 'its whole list', path: '/province/68?domain=dossiers&list=all', ready: '.province-listWhole tbody tr' },
  { name: 'security, which has no list', path: '/province/68?domain=security', ready: '.province-levels' },
  { name: 'the switcher', path: '/province/68', ready: '.bar-switch', act: async (page) => { await page.locator('.bar-switch').tap(); await page.getByRole('option').first().waitFor(); } },
  { name: 'the hand-over', path: '/province/68', ready: '.bar-switch', act: async (page) => { await page.getByRole('button', { name: 'Đưa lên tường' }).tap(); await page.locator('.handover-wall').first().waitFor(); } },
  { name: 'an unknown province', path: '/province/99', ready: '.province-unknown a' },
  { name: 'home', path: '/', ready: '.home-province' },
];

describe.each(SIZES)('[AX1] %s: nothing against WCAG 2.2 AA, and [AX2] nothing to press below 44 px', (_size, width, height) => {
  test.each(STATES)('$name', async ({ path, ready, act }) => {
    const page = await pageOf(width, height);
    await page.goto(`${server.url}${path}`);
    await page.locator(ready).first().waitFor();
    await act?.(page);
    expect({ axe: await axeViolations(page), small: await smallTargets(page, MIN_TARGET_PX) }).toEqual({ axe: [], small: [] });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  });
});

test('[AX1] a planted fault is found', async () => {
  const page = await pageOf(1180, 820);
  await page.goto(`${server.url}/`);
  await page.locator('.home-province').first().waitFor();
  // Not in its text: the page's policy refuses styles there.
  await page.evaluate(() => Object.assign(document.body.appendChild(document.createElement('button')).style, { position: 'fixed', left: 0, top: 0, width: '20px', height: '20px', minHeight: 0, padding: 0 }));
  expect(await axeViolations(page)).toEqual([expect.stringMatching(/^button-name/)]);
  expect(await smallTargets(page, MIN_TARGET_PX)).toEqual([expect.stringMatching(/20×20/)]);
});

/** A browser at 200 % has half as many CSS pixels. */
test.each([['landscape', 590, 410], ['portrait', 410, 590]] as const)('[AX3] %s at 200 %% keeps everything: switcher, neighbours, domains, cards, list, hand-over', async (_size, width, height) => {
  const page = await pageOf(width, height);
  await page.goto(`${server.url}/province/68?domain=dossiers`);
  await page.locator('.province-list tbody tr').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  await page.getByRole('tab', { name: 'Kết nối' }).tap();
  await page.getByRole('tab', { name: 'Hồ sơ' }).tap();
  await page.getByRole('button', { name: 'Quá hạn', exact: true }).tap();
  await page.getByRole('button', { name: /^Xem cả/ }).tap();
  await page.getByRole('button', { name: 'Độ mới' }).tap();
  await page.getByRole('button', { name: 'Đưa lên tường' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'Chiếu' }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Đóng' }).tap();
  await page.getByRole('button', { name: 'Việc khác' }).tap();
  await page.getByRole('menuitem', { name: 'So sánh' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Tỉnh sau/ }).tap();
  await page.waitForURL((url) => /^\/province\/\d\d$/.test(url.pathname) && url.pathname !== '/province/68');
});

test('[AX4] by keyboard every stop on the page shows where one is, in the order of reading', async () => {
  const page = await pageOf(1180, 820);
  await page.goto(`${server.url}/province/68?domain=dossiers`);
  await page.locator('.province-list tbody tr').first().waitFor();
  const stops: string[] = [];
  for (let press = 0; press < 24; press++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return { what: element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '', isSeen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 };
    });
    if (stop === null) break;
    expect(stop).toMatchObject({ what: stop.what, isSeen: true });
    stops.push(stop.what);
  }
  const order = ['Về trang chọn màn hình', 'So sánh', 'Đưa lên tường', 'Hồ sơ', 'Đúng hạn'];
  expect(stops.filter((what) => order.includes(what))).toEqual(order);
});
