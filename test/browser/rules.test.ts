import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountPathIn, changeAccounts } from '../../server/access/accountFile.ts';
import { axeViolations } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { anAccount, PASSWORD } from '../support/somePeople.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

const LINK = 'Mất kết nối mạng TSLCD của một đơn vị';
let server: RunningServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await startServer({ env: QUIET_DAY });
  const account = await anAccount({ account: 'nam.tv', name: 'Trần Văn Nam', role: 'admin' });
  changeAccounts(accountPathIn(server.dataDir), () => [account]);
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const inForce = async () => (await (await fetch(`${server.url}/api/v1/alarm-rules?channel=live`)).json()).rules.find(({ rule }: { rule: { id: string } }) => rule.id === 'link-lost');

describe('[RU8] an administrator and a rule, on a running server', () => {
  test('signs in, tries another delay over the last week, changes it for a reason, and is in its history', async () => {
    await page.goto(`${server.url}/desk/rules`);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByLabel('Tài khoản').fill('nam.tv');
    await page.getByLabel('Mật khẩu').fill(PASSWORD);
    await page.getByRole('dialog').getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByText('Trần Văn Nam').first().waitFor();
    await page.getByRole('button', { name: `Mở quy tắc: ${LINK}` }).click();
    await page.getByLabel('Giữ bao lâu mới báo (giây)').fill('120');
    await page.getByLabel('Giữ bao lâu mới báo (giây)').blur();
    await page.getByRole('button', { name: 'Thử trên 7 ngày qua' }).click();
    await page.getByText(/Quy tắc này đã báo \d+ lần trong 7 ngày qua \(quy tắc đang dùng: \d+ lần\)\./).waitFor();
    await page.getByRole('button', { name: 'Lưu…' }).click();
    await page.getByLabel('Vì sao (lưu trong lịch sử)').fill('Đường truyền chập chờn dưới hai phút');
    await page.getByRole('button', { name: 'Thay quy tắc' }).click();
    await page.getByText('Đã thay. Có hiệu lực ngay.').waitFor();
    await page.getByRole('region', { name: 'Lịch sử' }).getByText('Đường truyền chập chờn dưới hai phút').waitFor();
    expect(await inForce()).toMatchObject({ rule: { version: 2, onDelayMs: 120_000 }, changed: { by: 'Trần Văn Nam' } });
  });

  test.each([[1280, 800], [1920, 1080]])('at %i × %i nothing is cut off, and nothing is hard to use', async (width, height) => {
    await page.setViewportSize({ width, height });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => [...document.querySelectorAll('.rules-main :is(button, input, th, td, p)')].filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline').map((element) => element.textContent))).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    if (process.env.RULES_PICTURES !== undefined) await page.screenshot({ path: `${process.env.RULES_PICTURES}/rules-${width}.png` });
  });
});
