import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { SOME_FEEDS, sendSomeTraffic } from '../support/someFeedTraffic.ts';
import { QUIET_DAY } from '../support/startServer.ts';
import { addAccounts, signInOn } from '../support/signInOn.ts';
import { type ServerWithFeeds, startWithFeeds } from '../support/startWithFeeds.ts';

let feeds: ServerWithFeeds;
let browser: Browser;

beforeAll(async () => {
  [feeds, browser] = await Promise.all([startWithFeeds(SOME_FEEDS, QUIET_DAY), launchChromium()]);
  await Promise.all([sendSomeTraffic(feeds), addAccounts(feeds.server.dataDir, [{}])]);
});
afterAll(async () => {
  await browser.close();
  await feeds.stop();
});

async function open(language: 'vi' | 'en' = 'vi'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
  await page.goto(`${feeds.server.url}/feeds${language === 'en' ? '?lang=en' : ''}`);
  await page.getByRole('rowheader', { name: /giam-sat-da-nang/ }).waitFor();
  return page;
}

describe('[FP1] the page of the feeds', () => {
  test('shows each feed with what came of it, those to look at first, and why items were refused', async () => {
    const page = await open();
    const row = page.getByRole('row', { name: /giam-sat-da-nang/ });
    for (const words of ['mới', 'gửi lại 1 · bỏ qua 0', 'hẹn 5 phút/lần']) await row.getByText(words).waitFor();
    expect(await row.getByRole('cell').nth(2).innerText()).toMatch(/^3\s/);
    expect(await row.getByRole('cell').nth(6).innerText()).toBe('1');
    await row.getByRole('button', { name: 'Xem lý do: Giám sát Đà Nẵng' }).click();
    await page.getByText('/alerts/3/labels').waitFor();
    const names = await page.getByRole('region', { name: 'Nguồn đã khai báo' }).getByRole('rowheader').allInnerTexts();
    expect(names.map((name) => name.split('\n')[0])).toEqual(['Số đo quốc gia', 'Giám sát Đà Nẵng', 'Một cửa điện tử Lâm Đồng', 'Số nhập tay Lâm Đồng', 'SOC Lâm Đồng']);
    const refusals = page.getByRole('region', { name: 'Đã từ chối, theo lý do' });
    for (const reason of ['Mã truy cập không đúng hoặc hết hạn', 'Giá trị vô lý', 'Thời điểm ở tương lai']) expect(await refusals.getByRole('row', { name: reason }).count()).toBe(1);
    await page.close();
  });

  test('[FP2] what is held back is named: what, where, how much, of when', async () => {
    const page = await open();
    const held = page.getByRole('region', { name: 'Giữ lại chờ xét' });
    expect(await held.getByRole('rowheader').allInnerTexts()).toEqual([expect.stringMatching(/^Độ trễ mạng TSLCD · Đà Lạt: 13,0 ms\s+của \d\d:\d\d:\d\d \d+\/\d+\/\d{4} · so-do-quoc-gia$/)]);
    await page.close();
  });

  test('[FP2] a reading held back is released by name and with a reason, or it is said why not', async () => {
    const page = await open();
    const held = page.getByRole('region', { name: 'Giữ lại chờ xét' });
    await held.getByRole('button', { name: /Cho qua/ }).click();
    await signInOn(page);
    await held.getByRole('button', { name: /Cho qua/ }).click();
    const release = page.getByRole('dialog').getByRole('button', { name: 'Cho qua' });
    expect(await release.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Lý do' }).fill('đã đối chiếu');
    await release.click();
    await held.getByText('Chưa tới thời điểm của số này, hoặc đã cho qua trước đó').waitFor();
    await page.close();
  });

  test.each([1_024, 1_280, 1_920])('[FP3] in either language it keeps to WCAG 2.2 AA and nothing is cut at %i px', async (width) => {
    for (const language of ['vi', 'en'] as const) {
      const page = await open(language);
      await page.setViewportSize({ width, height: 800 });
      await page.getByRole('button', { name: /Xem lý do|See why/ }).first().click();
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      await page.close();
    }
  });
});
