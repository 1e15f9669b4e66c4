import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { realTable } from '../support/aCatalogue.ts';
import { axeViolations } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';
import { readTextBoxes } from '../support/textBoxes.ts';

const SIZES = [{ width: 1180, height: 820 }, { width: 820, height: 1180 }, { width: 390, height: 844 }] as const;
const MINUTE_MS = 60_000;
const PROVINCES = realTable('2021').localities.filter(({ level }) => level === 'province').map(({ code }) => code as string);
/** Its last reading is older than it may be. */
const STALE = '01';
/** It has never said anything. */
const SILENT = '68';
const SHARE_NOW: Readonly<Record<string, number>> = { 48: 98, 79: 95 };
const SHARE_BEFORE: Readonly<Record<string, number>> = { 48: 60, 79: 95 };

let server: RunningServer;
let browser: Browser;

/** Electronic documents of a thousand, of every province that speaks. */
async function postShares(atMs: number, shareOf: (code: string, place: number) => number, codes: readonly string[]): Promise<void> {
  const events = codes.flatMap((code) => [['documents-total', 1_000], ['documents-electronic', 10 * shareOf(code, PROVINCES.indexOf(code))]].map(([indicator, value]) => ({
    specversion: '1.0', id: `${code}-${indicator}-${atMs}`, source: `province-${code}`, type: 'vn.ioc.observation.v1', subject: code, time: new Date(atMs).toISOString(), data: { indicator, value },
  })));
  const answer = await fetch(`${server.url}/api/v1/observations`, { method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
  expect(await answer.json()).toMatchObject({ stored: events.length });
}

/** Đà Nẵng last of all an hour ago and first now; Hà Nội silent for long, Lâm Đồng always. */
async function postDay(): Promise<void> {
  const nowMs = Date.now();
  const speaking = PROVINCES.filter((code) => code !== SILENT && code !== STALE);
  for (let agoMs = 80 * MINUTE_MS; agoMs >= 60 * MINUTE_MS; agoMs -= 4 * MINUTE_MS) {
    await postShares(nowMs - agoMs, (code, place) => SHARE_BEFORE[code] ?? 70 + place / 4, PROVINCES.filter((code) => code !== SILENT));
  }
  await postShares(nowMs - 20 * MINUTE_MS, () => 91, [STALE]);
  await postNow(speaking);
}

function postNow(codes = PROVINCES.filter((code) => code !== SILENT && code !== STALE)): Promise<void> {
  return postShares(Date.now(), (code, place) => SHARE_NOW[code] ?? 70 + place / 4, codes);
}

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: { IOC_LIVE: 'feeds' } }), launchChromium(['--disable-gpu'])]);
  await postDay();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function open(size: (typeof SIZES)[number], query: string): Promise<Page> {
  const context = await browser.newContext({ viewport: size, hasTouch: true, serviceWorkers: 'block' });
  const page = await context.newPage();
  await postNow();
  await page.goto(`${server.url}/compare?domain=connectivity&indicator=documents-electronic-share${query}`);
  await page.evaluate(() => document.fonts.ready);
  return page;
}

const article = (page: Page) => page.getByRole('article', { name: 'Tỷ lệ văn bản trao đổi điện tử' });
const cells = (page: Page) => article(page).getByRole('listitem');

/** What is wrong with the page as it stands: text that is cut, a page that scrolls sideways, and all that axe finds. */
async function faultsOf(page: Page): Promise<string[]> {
  const { boxes } = await page.evaluate(readTextBoxes);
  const { width: widthPx, height: heightPx } = page.viewportSize()!;
  expect(boxes.length).toBeGreaterThan(10);
  const overPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const small = await page.evaluate(() => [...document.querySelectorAll('main :is(button, [role="tab"], label.compare-segment, a)')].map((element) => ({ text: element.getAttribute('aria-label') ?? element.textContent, ...element.getBoundingClientRect().toJSON() as DOMRect }))
    .filter(({ width, height }) => width > 0 && (width < 44 || height < 44)).map(({ text, width, height }) => `small: ${text} ${width}×${height}`));
  return [
    ...boxes.filter(({ isCut, path, x, y, width, height }) => isCut && path.includes('compare-') && !path.includes('visuallyHidden') && (x < 0 || x + width > widthPx || (y > 0 && y + height < heightPx))).map(({ text, path }) => `cut: ${text} (${path})`),
    ...(overPx > 0 ? [`scrolls sideways by ${overPx}`] : []), ...small, ...await axeViolations(page),
  ];
}

describe.each(SIZES)('on $width × $height, by touch', (size) => {
  test('[CP10] a province is found without marks and set beside the first; an old side withholds its difference; nothing is cut', async () => {
    const page = await open(size, '&places=48');
    await article(page).waitFor();
    for (const [typed, name] of [['tp hcm', 'Hồ Chí Minh'], ['01', 'Hà Nội']] as const) {
      await page.getByRole('combobox', { name: 'Thêm tỉnh' }).tap();
      await page.keyboard.type(typed);
      await page.getByRole('option', { name }).tap();
      await cells(page).filter({ hasText: name }).waitFor();
    }
    expect(new URL(page.url()).searchParams.get('places')).toBe('48,79,01');
    const said = await cells(page).allInnerTexts();
    expect(said[0]).toMatch(/Đà Nẵng[\s\S]*98,0[\s\S]*980\/1\.000[\s\S]*gốc so sánh/);
    expect(said[1]).toMatch(/Hồ Chí Minh[\s\S]*95,0[\s\S]*−3,0 điểm · kém hơn/);
    expect(said[2]).toMatch(/Hà Nội[\s\S]*không tính chênh: chưa đủ số/);
    expect(await cells(page).evaluateAll((all) => all.map((cell) => (cell as HTMLElement).dataset.old))).toEqual(['false', 'false', 'true']);
    const [first, second] = await cells(page).evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().top));
    expect(second! > first!).toBe(size.width === 390);
    expect(await faultsOf(page)).toEqual([]);
  });

  test('[CP10] among its region, with who says so; the country beside it', async () => {
    const page = await open(size, '&places=48');
    await page.getByText('Cùng vùng').tap();
    await cells(page).filter({ hasText: 'Trung vị 13 tỉnh khác' }).waitFor();
    expect(await cells(page).nth(1).innerText()).toMatch(/Đà Nẵng: hạng 1\/14/);
    await page.getByText(/Nghị quyết 81\/2023\/QH15/).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByText('Cả nước', { exact: true }).tap();
    await cells(page).filter({ hasText: 'Cả nước' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  test('[LG19] the league has all 63 with changes that can be heard, and two taps compare', async () => {
    const page = await open(size, '&places=48&hours=1');
    await page.getByRole('tab', { name: 'Xếp hạng' }).tap();
    const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
    await rows.first().waitFor();
    expect(await rows.count()).toBe(63);
    expect(await rows.first().innerText()).toMatch(/^1\s[\s\S]*▲\d\d[\s\S]*lên \d\d bậc[\s\S]*Đà Nẵng[\s\S]*tỉnh gốc/);
    expect((await rows.allInnerTexts()).slice(-2).map((text) => text.match(/Hà Nội|Lâm Đồng/)?.[0])).toEqual(['Hà Nội', 'Lâm Đồng']);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Tỉnh' }).tap();
    await rows.first().filter({ hasText: 'An Giang' }).waitFor();
    await page.getByRole('button', { name: 'Thêm An Giang vào so sánh' }).tap();
    await page.getByRole('button', { name: 'So sánh Đà Nẵng, An Giang' }).tap();
    await cells(page).filter({ hasText: 'An Giang' }).waitFor();
    await page.getByRole('tab', { name: 'Xếp hạng' }).tap();
    await page.getByRole('link', { name: 'Cao Bằng' }).tap();
    await page.waitForURL(/\/province\/04\?domain=connectivity&indicator=documents-electronic-share$/);
  });

  test('[CP8] a small chart of each province on one scale, by rank or by region', async () => {
    const page = await open(size, '&places=48&view=charts&hours=24');
    const charts = page.locator('.compare-chart');
    await charts.first().waitFor();
    expect(await charts.count()).toBe(63);
    expect(await charts.first().innerText()).toMatch(/Đà Nẵng[\s\S]*98,0[\s\S]*hiện 98,0%, từ 60,0 đến 98,0/);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByText('Vùng', { exact: true }).tap();
    await page.getByRole('heading', { name: 'Tây Nguyên' }).waitFor();
    expect([await page.getByRole('heading', { level: 2 }).count(), await charts.count()]).toEqual([6, 63]);
    expect(await faultsOf(page)).toEqual([]);
  });
});

describe('on any size', () => {
  test('[CP11] no series is followed: the page opens no socket', async () => {
    const context = await browser.newContext({ viewport: SIZES[1] });
    const page = await context.newPage();
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    for (const view of ['places', 'league', 'charts']) {
      await page.goto(`${server.url}/compare?domain=connectivity&indicator=documents-electronic-share&places=48,79&view=${view}`);
      await page.locator('.compare-cell, .compare-league, .compare-charts').first().waitFor();
    }
    expect(sockets).toEqual([]);
  });

  test('[CP12] as of a past time it says so, shows that time, and leads back to now', async () => {
    const page = await open(SIZES[0], `&places=48,79&at=${Date.now() - 61 * MINUTE_MS}`);
    await page.getByText('QUÁ KHỨ').waitFor();
    await cells(page).first().waitFor();
    expect(await cells(page).allInnerTexts()).toEqual([expect.stringMatching(/60,0/), expect.stringMatching(/95,0[\s\S]*\+35,0 điểm · tốt hơn/)]);
    expect(await page.getByRole('link', { name: 'Về trang Đà Nẵng' }).getAttribute('href')).toMatch(/^\/province\/48\?domain=connectivity&at=\d{13}$/);
    await page.getByRole('link', { name: 'Về hiện tại' }).click();
    await cells(page).first().filter({ hasText: '98,0' }).waitFor();
  });

  test('[CP4] a code that is no province, and a grouping that the edition has not, are said', async () => {
    const page = await open(SIZES[1], '&places=99,48');
    await page.getByText('Không có tỉnh mã 99 trong bộ đơn vị 07/2021.').waitFor();
    await cells(page).filter({ hasText: 'Đà Nẵng' }).waitFor();
  });

  test('[CP7] without a server the last answer stays, looks old, and is not compared; it recovers by itself', async () => {
    const page = await open(SIZES[0], '&places=48,79');
    await cells(page).first().waitFor();
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.getByRole('alert').filter({ hasText: 'MẤT LIÊN LẠC' }).waitFor({ timeout: 40_000 });
    expect(await cells(page).nth(1).innerText()).toMatch(/95,0[\s\S]*không tính chênh: mất liên lạc/);
    expect(await faultsOf(page)).toEqual([]);
    await page.unroute('**/api/v1/**');
    await cells(page).nth(1).filter({ hasText: '−3,0 điểm' }).waitFor({ timeout: 40_000 });
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
