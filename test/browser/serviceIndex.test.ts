import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServiceIndexDto } from '../../shared/protocol/serviceIndex.ts';
import { launchChromium } from '../support/chromium.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';
import { overlapsOf, readTextBoxes } from '../support/textBoxes.ts';

const SIZES = [{ name: 'landscape', width: 1180, height: 820 }, { name: 'portrait', width: 820, height: 1180 }, { name: 'phone', width: 390, height: 844 }] as const;
/** Room for all of the panel, so that what is cut is not merely further down. */
const TALL_PX = 4_800;
const MIN_TARGET_PX = 48;
/** Two cores that draw for other pages too. */
const PATIENT = { timeout: 30_000 };
const LONGEST_TEST_MS = 240_000;

let server: RunningServer;
let browser: Browser;
const errors: string[] = [];

beforeAll(async () => {
  server = await startServer({ env: QUIET_DAY });
  // The outline stands in for the map, which is not what is looked at and would draw in software.
  browser = await launchChromium(['--disable-3d-apis']);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function open(path: string, { width, height }: { readonly width: number; readonly height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, hasTouch: true, isMobile: true, serviceWorkers: 'block' });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${server.url}${path}`);
  return page;
}

const askIndex = async () => ServiceIndexDto.parse(await (await fetch(`${server.url}/api/v1/service-index?locality=68`)).json());
/** "4.321,50" → 432150. */
const hundredths = (text: string) => Number(text.replace(/[.,]/g, ''));
/** The whole, and each of its groups, as they stand at one moment. */
async function scoresIn(page: Page): Promise<{ readonly total: number; readonly groups: readonly number[] }> {
  const [total = '', ...groups] = await page.evaluate(() => ['.index-total .figure', '.index-groupScore .figure'].flatMap((figures) => [...document.querySelectorAll<HTMLElement>(figures)].map(({ innerText }) => innerText)));
  return { total: hundredths(total), groups: groups.map(hundredths) };
}

async function publish(indicator: string, value: number, time: Date): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/observations`, {
    method: 'POST', headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({ specversion: '1.0', id: `${indicator}-${value}`, source: 'national-portal', type: 'vn.ioc.observation.v1', subject: '68', time: time.toISOString(), data: { indicator, value } }),
  });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('"stored":1')]);
}

describe.each(SIZES)('service index by touch, $name', (size) => {
  test('[SI7] one tap from the dossiers, one more to a group, one more to where a count comes from', async () => {
    const page = await open('/province/68?domain=dossiers', size);
    await page.getByRole('button', { name: /^Chỉ số 766: sáu nhóm/ }).tap();
    await page.locator('.index-total .figure').waitFor();
    expect(new URL(page.url()).searchParams.get('view')).toBe('index');
    // What is shown of the groups adds up to what is shown of the whole.
    const { total, groups } = await scoresIn(page);
    expect(groups.reduce((sum, score) => sum + score, 0)).toBe(total);
    await page.getByRole('button', { name: /^Tiến độ giải quyết/ }).tap();
    await page.waitForURL((url) => url.searchParams.get('group') === 'progress');
    const component = page.getByRole('region', { name: /^2\.1/ });
    await expect.poll(() => component.innerText(), PATIENT).toMatch(/[\d.]+ \/ [\d.]+ × 100 = [\d,]+%/);
    expect(await component.innerText()).toContain('chưa xác minh');
    for (const button of await page.locator('.index-panel button:visible').all()) expect((await button.boundingBox())?.height, await button.innerText()).toBeGreaterThanOrEqual(MIN_TARGET_PX);
    await component.getByRole('button', { name: /Hồ sơ giải quyết đúng hạn/ }).tap();
    await expect.poll(() => new URL(page.url()).searchParams.get('explain'), PATIENT).toBe('dossiers-on-time');
    await page.context().close();
  });

  test('[SI7] in both languages, with every group opened in turn, no text is cut, covered, or over another', async () => {
    const page = await open('/province/68?domain=dossiers&view=index', { ...size, height: TALL_PX });
    for (const language of ['vi', 'en']) {
      if (language === 'en') await page.goto(`${server.url}/province/68?domain=dossiers&view=index&lang=en`);
      await page.locator('.index-total .figure').waitFor();
      for (const row of await page.locator('.index-groupRow').all()) {
        await row.tap();
        await page.locator('.index-group[data-expanded] .index-component').first().waitFor();
        const { boxes, widthPx } = await page.evaluate(readTextBoxes);
        const own = boxes.filter(({ path }) => path.includes('index-'));
        expect(own.length).toBeGreaterThan(40);
        expect(own.filter(({ isCut, isCovered, x, width }) => isCut || isCovered || x + width > widthPx).map(({ text }) => text)).toEqual([]);
        expect(overlapsOf(own)).toEqual([]);
      }
    }
    await page.context().close();
  }, LONGEST_TEST_MS);
});

test('[SI7] whatever is simulated is marked so, and a figure that the portal sends takes the place of a simulated one', async () => {
  const page = await open('/province/68?domain=dossiers&view=index&group=progress', SIZES[1]);
  await page.locator('.index-tag', { hasText: 'có số mô phỏng' }).waitFor();
  expect(await page.locator('.index-total .figure').getAttribute('data-made-up')).toBe('true');
  await publish('portal-index-progress', 18.75, new Date());
  await expect.poll(async () => (await askIndex()).groups[1]?.portal.reading?.value, PATIENT).toBe(18.75);
  await page.reload();
  const portal = page.locator('.index-group[data-expanded] .index-portal');
  await portal.waitFor();
  expect(await portal.innerText()).toMatch(/18,75\nđo · ngày/);
  // All of this group was judged, so that the difference is one number.
  const progress = (await askIndex()).groups[1];
  expect(progress?.portal.difference).toEqual({ min: progress?.portal.difference?.max, max: progress?.portal.difference?.min });
  expect(await page.locator('.index-group[data-expanded] .index-portal dd').last().innerText()).toMatch(/^[+−]?\d+,\d\d$/);
  await page.context().close();
});

test('[SI7] as of a moment before the first reading nothing is judged, and nothing reads as 0', async () => {
  const page = await open(`/province/68?domain=dossiers&view=index&at=${Date.now() - 30 * 86_400_000}`, SIZES[2]);
  await page.getByText('Chưa đủ số để chấm điểm nào').waitFor();
  expect(await page.locator('.index-groupScore').allInnerTexts()).toEqual(new Array(6).fill('chưa chấm'));
  await page.context().close();
});

test('[SI7] no page had an error', () => expect(errors).toEqual([]));
