import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realTable } from '../support/aCatalogue.ts';
import { LOST_THEN, prepareLog } from '../support/aPreparedLog.ts';
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 86_400_000;
/** Of the log's end; the server's own clock is a little later. */
const END_MS = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
const DISTRICTS = realTable('2021').childrenOf('68').map(({ code }) => code);

let folder: string;
let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ioc-past-'));
  await prepareLog(folder, END_MS, 8);
  [server, browser] = await Promise.all([startServer({ dataDir: folder, env: { IOC_LIVE: 'feeds' } }), launchChromium()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the districts' links send now: a figure of the present must be fresh however long the tests before took. */
async function reportLinks(): Promise<void> {
  const time = new Date().toISOString();
  const events = DISTRICTS.map((subject) => ({ specversion: '1.0', id: `${subject} ${time}`, source: 'province-68', type: 'vn.ioc.observation.v1', subject, time, data: { indicator: 'tslcd-link-state', value: 2 } }));
  const answer = await fetch(`${server.url}/api/v1/observations`, { method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
  expect(await answer.json()).toMatchObject({ stored: DISTRICTS.length });
}

interface Opened {
  readonly page: Page;
  readonly faults: string[];
}

async function open(query: string, viewport: { readonly width: number; readonly height: number }): Promise<Opened> {
  const context = await browser.newContext({ viewport, locale: 'vi-VN', hasTouch: true, serviceWorkers: 'block' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.setDefaultTimeout(90_000);
  await leaveMapOut(page);
  await page.goto(`${server.url}/province/68?${query}`);
  await page.locator('.province-card').first().waitFor();
  return { page, faults };
}

const cardOf = async (page: Page, name: string) => page.locator('.province-card').filter({ hasText: name }).locator('.figure-main').innerText();
const until = (isSo: () => Promise<boolean>) => expect.poll(isSo, { timeout: 60_000 }).toBe(true);
const banner = (page: Page) => page.getByRole('region', { name: 'QUÁ KHỨ' });
const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test.each([{ width: 1180, height: 820 }, { width: 820, height: 1180 }, { width: 390, height: 844 }])('[TV3] [TV6] on $width×$height a tap leads a week back, the figures are those of then, and back again', async (viewport) => {
  await reportLinks();
  const { page, faults } = await open('', viewport);
  await until(async () => await cardOf(page, 'Huyện đã nối') === '100');
  expect(await banner(page).count()).toBe(0);
  await page.getByRole('button', { name: '1 tuần trước' }).tap();
  await banner(page).waitFor();
  await until(async () => await cardOf(page, 'Huyện đã nối') === '75,0');
  const { searchParams } = new URL(page.url());
  expect(Math.abs(END_MS - WEEK_MS - Date.parse(searchParams.get('at') ?? ''))).toBeLessThan(10 * MINUTE_MS);
  expect(await banner(page).innerText()).toContain('7 ngày trước');
  expect(await page.locator('.bar-mode').innerText()).toContain('QUÁ KHỨ');
  expect(await page.locator('body').innerText()).not.toContain('TRỰC TIẾP');
  // Alarms of then, and that nobody knows since when.
  await until(async () => (await page.locator('.province-alarm').innerText()).includes(`${LOST_THEN.length} huyện mất nối`));
  expect(await page.locator('.province-alarm').innerText()).toContain('không rõ từ bao giờ');
  expect(await widthOf(page)).toBe(0);

  await reportLinks();
  await page.getByRole('button', { name: 'Về hiện tại' }).tap();
  await banner(page).waitFor({ state: 'detached' });
  await until(async () => await cardOf(page, 'Huyện đã nối') === '100');
  expect(new URL(page.url()).searchParams.has('at')).toBe(false);
  expect(faults).toEqual([]);
  await page.context().close();
}, 240_000);

test('[TV3] [HC3] a link opens the moment and the span it names; a moment before the log says from when there is one', async () => {
  const { page, faults } = await open(`at=${new Date(END_MS - WEEK_MS).toISOString()}&range=24h&indicator=tslcd-latency`, { width: 1180, height: 820 });
  await banner(page).getByText('Theo những gì nay đã biết', { exact: false }).waitFor();
  await page.locator('.history-series[data-main="true"] canvas').waitFor();
  expect(await page.getByRole('radio', { name: '24 giờ', checked: true }).count()).toBe(1);
  await page.reload();
  await banner(page).waitFor();
  expect(faults).toEqual([]);
  await page.getByRole('button', { name: 'Lùi 1 tuần' }).tap();
  await page.goto(`${server.url}/province/68?at=${END_MS - 90 * 86_400_000}`);
  await banner(page).getByText('máy chủ lưu số từ', { exact: false }).waitFor();
  expect(await cardOf(page, 'Huyện đã nối')).toBe('—');
  await page.context().close();
}, 240_000);

test('[HC3] [HC4] [HC6] the silence is a gap in the table, the crosshair of one chart is that of all, and a tap leads to its moment', async () => {
  const { page, faults } = await open('range=7d', { width: 1180, height: 820 });
  const main = page.locator('.history-series[data-main="true"]');
  await main.locator('canvas').waitFor();
  await page.locator('.history-others canvas').first().waitFor();
  await main.locator('summary').click();
  expect(await main.locator('table').innerText()).toContain('không có số');
  const over = main.locator('.u-over');
  await over.scrollIntoViewIfNeeded();
  const box = (await over.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.95, box.y + box.height / 2);
  const wordsOf = (place: ReturnType<Page['locator']>) => place.locator('.history-words .num').innerText();
  await until(async () => /^\d{2}:\d{2} \d+\/\d+ · 100,0%/.test(await wordsOf(main)));
  const latency = page.locator('.history-others .history-series').filter({ hasText: 'Độ trễ' });
  await until(async () => /^\d{2}:\d{2} \d+\/\d+ · /.test(await wordsOf(latency)));
  await page.touchscreen.tap(box.x + box.width * 0.25, box.y + box.height / 2);
  await banner(page).waitFor();
  const atMs = Date.parse(new URL(page.url()).searchParams.get('at') ?? '');
  expect(Math.abs(atMs - (END_MS - 0.75 * WEEK_MS))).toBeLessThan(2 * 3_600_000);
  expect(faults).toEqual([]);
  await page.context().close();
}, 240_000);

test('[TV5] the picker is day first, in reach of a finger, and leads to the moment chosen', async () => {
  const { page } = await open(`at=${END_MS - WEEK_MS}`, { width: 390, height: 844 });
  await page.getByRole('button', { name: 'Thời điểm khác' }).tap();
  const dialog = page.getByRole('dialog', { name: 'Chọn thời điểm' });
  await dialog.waitFor();
  const [day, month] = [new Date(END_MS - WEEK_MS + 7 * 3_600_000).getUTCDate(), new Date(END_MS - WEEK_MS + 7 * 3_600_000).getUTCMonth() + 1];
  expect((await dialog.locator('.past-input').first().innerText()).replace(/\s/g, '')).toMatch(new RegExp(`^0?${day}/0?${month}/`));
  const sizes = await dialog.getByRole('button').evaluateAll((buttons) => buttons.filter((button) => button.closest('[style*="clip"]') === null)
    .map((button) => ({ name: button.getAttribute('aria-label') ?? button.textContent, width: Math.round(button.getBoundingClientRect().width), height: Math.round(button.getBoundingClientRect().height) })));
  expect(sizes.length).toBeGreaterThan(10);
  expect(sizes.filter(({ width, height }) => width < 48 || height < 48)).toEqual([]);
  await dialog.getByRole('spinbutton').nth(3).focus();
  await page.keyboard.type('0315');
  await dialog.getByRole('button', { name: 'Xem' }).tap();
  await until(async () => (await banner(page).innerText()).includes('03:15:00'));
  await page.context().close();
}, 240_000);

// Last: it ends the server.
test('[TV7] a past page whose server goes says that the link is lost, and keeps its picture', async () => {
  const { page } = await open(`at=${END_MS - WEEK_MS}`, { width: 1180, height: 820 });
  await banner(page).waitFor();
  await until(async () => /\d/.test(await cardOf(page, 'Huyện đã nối')));
  // What is still on its way when the server goes does not come: the page is whole before.
  await page.locator('.history-series[data-main="true"] canvas').waitFor();
  const before = await cardOf(page, 'Huyện đã nối');
  await server.kill();
  await page.locator('.linkLost').getByText('MẤT LIÊN LẠC').waitFor();
  expect([await banner(page).count(), await cardOf(page, 'Huyện đã nối')]).toEqual([1, before]);
  await page.context().close();
}, 240_000);
