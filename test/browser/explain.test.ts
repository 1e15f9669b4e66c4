import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';
import { switchWebGlOff } from './screenActs.ts';

const SIZES = [{ name: 'landscape', width: 1180, height: 820 }, { name: 'portrait', width: 820, height: 1180 }, { name: 'phone', width: 390, height: 844 }] as const;
const PAGE = '/province/68?domain=dossiers';

let server: RunningServer;
let browser: Browser;

/** Of the twelve districts of Lâm Đồng: Đà Lạt 80 of 100 on time, Bảo Lộc 99 of 100, nine more 10 of 10, and one silent: 269 of 290. */
const COUNTS = [['672', 80, 100], ['673', 99, 100], ...['674', '675', '676', '677', '678', '679', '680', '681', '682'].map((code) => [code, 10, 10] as const)] as const;
const TOLD = COUNTS.flatMap(([code, onTime, resolved]) => [[code, 'dossiers-on-time', onTime], [code, 'dossiers-resolved', resolved]] as const);

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: { IOC_LIVE: 'feeds' } }), launchChromium()]);
  const time = new Date().toISOString();
  const events = TOLD.map(([subject, indicator, value]) => ({ specversion: '1.0', id: `${subject}-${indicator}`, source: 'mot-cua-68', type: 'vn.ioc.observation.v1', subject, time, data: { indicator, value } }));
  const answer = await fetch(`${server.url}/api/v1/observations`, { method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
  expect(await answer.json()).toMatchObject({ stored: TOLD.length });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function openPage({ width, height }: { readonly width: number; readonly height: number }, prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, hasTouch: true, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce', serviceWorkers: 'block' });
  page.setDefaultTimeout(60_000);
  await switchWebGlOff(page);
  await prepare?.(page);
  await page.goto(server.url + PAGE);
  await page.locator('.card-facts').getByText('269/290').waitFor();
  return page;
}

const infoOf = (page: Page) => page.getByRole('button', { name: 'Đúng hạn: số này từ đâu ra?' });

describe.each(SIZES)('[XP6] on a $name', (size) => {
  test('a ratio is followed by touch to a district, to a count, to its source; Back goes up and closes', async () => {
    const page = await openPage(size);
    await infoOf(page).tap();
    const sheet = page.getByRole('dialog', { name: 'Số này từ đâu ra?' });
    await sheet.getByText('Cộng, khớp với con số trên').waitFor();
    expect(page.url()).toContain('explain=dossiers-on-time-share');
    const box = (await page.locator('.explain-modal').boundingBox())!;
    expect(size.name === 'landscape' ? [box.x > 0, box.y] : [box.x > 0, box.y > 0]).toEqual(size.name === 'landscape' ? [true, 0] : [false, true]);

    const names = await sheet.locator('.explain-memberName').allInnerTexts();
    expect([names.length, ...names.slice(0, 2)]).toEqual([12, 'Đà Lạt', 'Bảo Lộc']);
    expect(await sheet.getByText('1 đơn vị chưa có số').count()).toBe(1);
    expect(await axeViolations(page)).toEqual([]);
    const small = await sheet.getByRole('button').evaluateAll((buttons) => buttons.map((button) => [button.textContent, button.getBoundingClientRect().height] as const).filter(([, heightPx]) => heightPx < 48));
    expect(small).toEqual([]);
    expect(await page.locator('.explain-modal').evaluate((modal) => modal.scrollWidth <= modal.clientWidth)).toBe(true);

    await sheet.getByRole('button', { name: /^Đà Lạt/ }).tap();
    await sheet.getByText('2 số đếm đứng sau con số').waitFor();
    await sheet.locator('.explain-member').first().getByRole('button').tap();
    await sheet.getByText('Nguồn gửi thẳng con số này, hệ thống không tính thêm gì.').waitFor();
    expect(await sheet.locator('.explain-sources').first().innerText()).toContain('mot-cua-68');
    expect(await sheet.locator('.explain-origin').innerText()).toMatch(/dòng \d+ của nhật ký/);
    await page.goBack();
    await sheet.getByText('2 số đếm đứng sau con số').waitFor();
    await sheet.getByRole('button', { name: 'Lâm Đồng' }).tap();
    await sheet.getByText('12 huyện đứng sau con số').waitFor();
    await page.goBack();
    await sheet.waitFor({ state: 'detached' });
    expect(page.url()).toBe(server.url + PAGE);
    await page.close();
  });
});

test('[XP6] by keyboard: Enter opens, the focus is in the sheet, Escape closes and gives the focus back', async () => {
  const page = await openPage(SIZES[0]);
  await infoOf(page).focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Số này từ đâu ra?' });
  await sheet.getByText('Cộng, khớp với con số trên').waitFor();
  const isInside = () => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null);
  for (let press = 0; press < 5; press++) {
    expect(await isInside()).toBe(true);
    await page.keyboard.press('Tab');
  }
  expect(await sheet.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(['Cách tính', '12 huyện đứng sau con số', 'Nguồn gốc']);
  expect(await sheet.locator('.explain-members').getByRole('listitem').count()).toBe(12);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Đúng hạn: số này từ đâu ra?');
  await page.close();
});

test('[XP2] a number that is not what its parts come to is said so, with both; a link opens it', async () => {
  const page = await openPage(SIZES[0], async (opened) => {
    await opened.route(/\/api\/v1\/explain\?/, async (route) => {
      const answer = await (await route.fetch()).json();
      await route.fulfill({ json: { ...answer, reading: { ...answer.reading, value: 91 } } });
    });
  });
  await page.goto(`${server.url}${PAGE}&explain=dossiers-on-time-share`);
  const alert = page.getByRole('dialog').getByRole('alert');
  await alert.waitFor();
  expect(await alert.innerText()).toBe('Không khớp: cộng các phần được 92,8% (269/290), con số trên là 91,0% (269/290)');
  await page.getByRole('button', { name: 'Đóng' }).tap();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(page.url()).toBe(server.url + PAGE);
  await page.close();
});

test('[XP5] no fact of a card is cut or runs out of it, on any size', async () => {
  for (const size of SIZES) {
    const page = await openPage(size);
    const cut = await page.locator('.province-card').evaluateAll((cards) => cards.flatMap((card) => [...card.querySelectorAll('li, button, .figure')]
      .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0 || part.getBoundingClientRect().right > card.getBoundingClientRect().right + 1)
      .map((part) => part.textContent)));
    expect([size.name, cut]).toEqual([size.name, []]);
    await page.close();
  }
});
