import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import en from '../../client/i18n/en.json' with { type: 'json' };
import vi from '../../client/i18n/vi.json' with { type: 'json' };
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';
import { overlapsOf, readTextBoxes } from '../support/textBoxes.ts';

/** A4 at 96 px an inch, and both pages below each other with the bar above. */
const VIEWPORT = { width: 794, height: 2_400 };
/** 8 pt at 96 px an inch. */
const LEAST_TEXT_PX = 8 * 96 / 72;
/** What stands in the text of a map's key is drawn to its size. */
const NOTES = 12;
/** Conditions of a province, each a row of alarms of its own. */
const STATES = ['lgsp-state', 'axis-state', 'portal-state', 'soc-state', 'public-centre-state'];

let browser: Browser;
beforeAll(async () => { browser = await launchChromium(); });
afterAll(() => browser.close());

async function post(server: RunningServer, path: string, type: string, body: unknown): Promise<void> {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
}

/** As much as a report can be asked to hold: long notes, and many conditions at once. */
async function fill(server: RunningServer, code: string): Promise<void> {
  const now = Date.now();
  for (let number = 0; number < NOTES; number++) {
    await post(server, '/api/v1/notes', 'application/json', {
      id: `note-${1000 + number}`, localityCode: code, indicatorId: number % 2 === 0 ? null : 'tslcd-share', atMs: now - number * 60_000, corrects: null,
      author: 'Trưởng phòng Hạ tầng số, trực ca đêm của Sở'.padEnd(60, ' Hà').slice(0, 60), text: 'Đường truyền khu vực phường Quỳnh Lưu chập chờn, đã yêu cầu thay thiết bị. '.repeat(9).slice(0, 500),
    });
  }
  const events = [...STATES.map((indicator) => [indicator, 0] as const), ['alerts-critical', 3] as const, ['alerts-high', 12] as const].map(([indicator, value]) => ({
    specversion: '1.0', id: `report-${indicator}`, source: 'test', type: 'vn.ioc.observation.v1', subject: code, time: new Date(now - 1_000).toISOString(), data: { indicator, value },
  }));
  await post(server, '/api/v1/observations', 'application/cloudevents-batch+json', events);
}

async function openReport(server: RunningServer, code: string, lang: string, query = ''): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT, locale: 'vi-VN', serviceWorkers: 'block' });
  await page.goto(`${server.url}/province/${code}/report?lang=${lang}${query}`);
  await page.locator('.report-map[data-ready="true"]').waitFor();
  await page.locator('.report-method').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return page;
}

/** Pages of a PDF, each an object of its own. */
async function pageCountOf(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map((match) => [Number(match[1]), Number(match[2])]);
  // A4 in points, to the pixel.
  for (const [width, height] of boxes) expect([Math.round((width ?? 0) / 2) * 2, Math.round((height ?? 0) / 2) * 2]).toEqual([594, 842]);
  return [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length;
}

/** The longest of each edition: Hà Nội has 30 districts, and 126 communes. */
describe.each([{ edition: '2021', shown: 30 }, { edition: '2025', shown: 30 }])('the report of Hà Nội in edition $edition', ({ edition, shown }) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ env: { ...QUIET_DAY, IOC_EDITION: edition } });
    await fill(server, '01');
  });
  afterAll(() => server.stop());

  test.each(['vi', 'en'])('[PA1] [PA3] is two whole A4 pages in %s', async (lang) => {
    const words = lang === 'en' ? en : vi;
    const page = await openReport(server, '01', lang);
    await page.locator('.report-lines svg').first().waitFor();
    await page.locator('.report-lines', { hasText: 'Trưởng phòng' }).waitFor();
    expect(await pageCountOf(page)).toBe(2);
    await page.emulateMedia({ media: 'print' });
    const { boxes } = await page.evaluate(readTextBoxes);
    expect(boxes.length).toBeGreaterThan(250);
    expect(boxes.filter(({ isCut }) => isCut).map(({ text, path }) => `${text} (${path})`)).toEqual([]);
    expect(overlapsOf(boxes)).toEqual([]);
    expect(boxes.filter(({ fontPx }) => fontPx < LEAST_TEXT_PX - 0.1).map(({ text }) => text)).toEqual([]);
    expect(await page.locator('.report-page').evaluateAll((pages) => pages.map((each) => each.scrollHeight - each.clientHeight))).toEqual([0, 0]);
    expect(await page.locator('.report-units tbody tr').count()).toBe(shown);
    const text = await page.locator('.report-pages').innerText();
    for (const said of [words.mode.simulation, words.report.method, words.domain.connectivity, words.domain.security, words.domain.dossiers, '© OpenStreetMap', '/api/v1/snapshot?channel=live&locality=01&at=']) expect(text).toContain(said);
    await page.close();
  });
});

describe('[PA4] by touch', () => {
  let server: RunningServer;
  /** Before its first reading. */
  let pastMs: number;
  beforeAll(async () => {
    pastMs = Date.now() - 60_000;
    server = await startServer({ env: QUIET_DAY });
  });
  afterAll(() => server.stop());

  test.each([[1180, 820], [820, 1180], [390, 844]])('at %i×%i one press from the province, two pages, the moment kept, and the past said', async (width, height) => {
    const page = await browser.newPage({ viewport: { width, height }, hasTouch: true, locale: 'vi-VN', serviceWorkers: 'block' });
    await leaveMapOut(page);
    await page.goto(`${server.url}/province/68`);
    await page.getByRole('link', { name: vi.report.open }).tap();
    await page.waitForURL(/\/province\/68\/report$/);
    await page.locator('.report-map[data-ready="true"]').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Tỉnh Lâm Đồng' }).first().waitFor();
    // The browser's own dialog cannot be looked at; that it is asked for can.
    await page.evaluate(() => { window.print = () => { document.title = 'asked to print'; }; });
    await page.getByRole('button', { name: vi.report.print }).tap();
    expect(await page.title()).toBe('asked to print');
    expect(await pageCountOf(page)).toBe(2);
    await page.goto(`${server.url}/province/68/report?at=${pastMs}`);
    await page.getByText(vi.report.past).first().waitFor();
    expect(await page.locator('.report-pages').innerText()).toContain(`at=${pastMs}`);
    await expect.poll(() => page.locator('.report-pages').innerText(), { timeout: 30_000 }).toContain(vi.report.alarmsUnknown);
    await page.close();
  });
});
