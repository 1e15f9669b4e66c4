import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import vi from '../../client/i18n/vi.json' with { type: 'json' };
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ioc-export-'));
let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: QUIET_DAY, dataDir }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const SIZES = [{ width: 1180, height: 820 }, { width: 820, height: 1180 }, { width: 390, height: 844 }];

async function openProvince(viewport = SIZES[0]!, query = ''): Promise<{ readonly page: Page; readonly problems: string[] }> {
  const context = await browser.newContext({ viewport, hasTouch: true, locale: 'vi-VN', acceptDownloads: true, serviceWorkers: 'block' });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  // The map is drawn by the processor here and says nothing about files.
  await leaveMapOut(page);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  await page.goto(`${server.url}/province/68${query}`);
  return { page, problems };
}

/** Opens the menu of the first panel whose button says so, and chooses, by touch. */
async function exportBy(page: Page, panel: RegExp, item: string): Promise<Download> {
  const section = page.getByRole('region', { name: panel });
  await section.locator('.export-button').scrollIntoViewIfNeeded();
  await section.locator('.export-button').tap();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).tap()]);
  await page.getByRole('menu').waitFor({ state: 'detached' });
  return download;
}

test.each(SIZES)('[XE3] [XE4] the district table leaves by touch as a CSV with all twelve districts, $width px wide', async (viewport) => {
  const { page, problems } = await openProvince(viewport, '?domain=dossiers');
  await page.locator('.province-list .figure[data-look="fresh"]').first().waitFor();
  const download = await exportBy(page, /thấp nhất/, vi.exported.csv);
  expect(download.suggestedFilename()).toMatch(/^ioc_tinh-lam-dong_dung-han_\d{4}-\d{2}-\d{2}T\d{4}\.csv$/);
  const bytes = readFileSync(await download.path());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = bytes.toString('utf8').slice(1).split('\r\n');
  expect(lines[1]).toBe('Nơi;Tỉnh Lâm Đồng;mã 68');
  expect(lines[2]).toMatch(/^Thời điểm \(giờ Việt Nam\);\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
  expect(lines[4]).toContain('KHÔNG PHẢI SỐ ĐO THẬT');
  expect(lines[6]).toMatch(/^Huyện;Mã đơn vị;Đúng hạn \(%\);/);
  const rows = lines.slice(7, -1).map((line) => line.split(';'));
  expect(rows).toHaveLength(12);
  for (const row of rows) expect(row).toEqual([expect.any(String), expect.stringMatching(/^mã \d{3}$/), expect.stringMatching(/^\d+(,\d)?$/), expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+$/), 'mới', 'mô phỏng', expect.stringMatching(/^20/)]);
  const target = await page.locator('.export-button').first().boundingBox();
  expect(Math.min(target?.width ?? 0, target?.height ?? 0)).toBeGreaterThanOrEqual(48);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('[XE6] a table and a chart are pictures at twice the size, without a network', async () => {
  const { page, problems } = await openProvince(SIZES[0], '?domain=dossiers');
  // A chart ends at the last whole minute: a server that has just begun has none to draw yet.
  await page.locator('.history-chart canvas').first().waitFor();
  // Answers are asked for again and again; nothing else may be needed.
  const asked: string[] = [];
  page.on('request', (request) => { if (!/\/api\/v1\/|^blob:/.test(request.url())) asked.push(request.url()); });
  for (const [panel, leastHeight] of [[/thấp nhất/, 2 * 12 * 30], [new RegExp(vi.history.titleOf.replace('{{name}}', '')), 2 * 176]] as const) {
    const download = await exportBy(page, panel, vi.exported.png);
    expect(download.suggestedFilename()).toMatch(/^ioc_tinh-lam-dong_[a-z0-9-]+_[\dT-]+\.png$/);
    const bytes = readFileSync(await download.path());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    // IHDR: width and height at bytes 16 and 20.
    expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(2 * 720);
    expect(bytes.readUInt32BE(20)).toBeGreaterThan(leastHeight);
    // A picture with letters in it does not fit in less.
    expect(bytes.length).toBeGreaterThan(10_000);
  }
  expect(asked).toEqual([]);
  expect(problems).toEqual([]);
  await page.context().close();
});

test.each(SIZES)('[NT3] [NT5] a note written by touch appears, outlives a restart, and is withdrawn, $width px wide', async (viewport) => {
  const { page } = await openProvince(viewport);
  const text = `Đứt cáp ở đèo Prenn, ${viewport.width} px`;
  const panel = page.getByRole('region', { name: vi.notes.title });
  await panel.getByRole('button', { name: vi.notes.write }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(vi.notes.text).fill(text);
  await dialog.locator('.notes-radio').filter({ hasText: 'Lâm Đồng, nói chung' }).tap();
  expect(await dialog.getByRole('radio', { name: 'Lâm Đồng, nói chung' }).isChecked()).toBe(true);
  await dialog.getByLabel(vi.notes.author).fill('Trực ban');
  await dialog.getByRole('button', { name: vi.notes.save }).tap();
  await dialog.waitFor({ state: 'detached' });
  const note = panel.locator('.notes-note', { hasText: text });
  await note.waitFor();
  expect(await note.innerText()).toContain('Trực ban (tên tự ghi)');

  await server.kill();
  server = await startServer({ env: QUIET_DAY, dataDir });
  await page.goto(`${server.url}/province/68`);
  await note.waitFor();
  await note.getByRole('button', { name: vi.notes.withdraw }).tap();
  await dialog.getByLabel(vi.notes.reason).fill('Đã nối lại');
  await dialog.getByLabel(vi.notes.author).fill('Chị Hoa');
  await dialog.getByRole('button', { name: vi.notes.withdraw }).tap();
  await note.waitFor({ state: 'detached' });
  await panel.getByRole('button', { name: /Xem cả/ }).tap();
  expect(await note.innerText()).toContain('Chị Hoa đã rút lại lúc');
  await page.context().close();
});

test('[NT11] a note that could not be sent stays in its field', async () => {
  const { page } = await openProvince();
  await page.getByRole('region', { name: vi.notes.title }).getByRole('button', { name: vi.notes.write }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(vi.notes.text).fill('Chưa gửi được');
  await dialog.getByLabel(vi.notes.author).fill('Trực ban');
  await page.context().setOffline(true);
  await dialog.getByRole('button', { name: vi.notes.save }).tap();
  await dialog.getByText(vi.notes.outcome.unreachable).waitFor();
  expect(await dialog.getByLabel(vi.notes.text).inputValue()).toBe('Chưa gửi được');
  await page.context().setOffline(false);
  await dialog.getByRole('button', { name: vi.notes.save }).tap();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.notes-note', { hasText: 'Chưa gửi được' }).waitFor();
  await page.context().close();
});
