import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AlarmsMessage } from '../../shared/protocol/socket.ts';
import { axeViolations } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { runIoc } from '../support/ioc.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { SOC_FEED, sendSocAlerts } from '../support/socAlerts.ts';
import { type ServerWithFeeds, startWithFeeds } from '../support/startWithFeeds.ts';
import { smallTargets } from '../support/touchTargets.ts';

const OWN_PASSWORD = 'bốn mùa hoa sữa';
const SIZES = [['landscape', 1180, 820], ['portrait', 820, 1180], ['phone', 390, 844]] as const;
let feeds: ServerWithFeeds;
let server: ServerWithFeeds['server'];
let browser: Browser;
let givenPassword = '';

beforeAll(async () => {
  [feeds, browser] = await Promise.all([startWithFeeds([SOC_FEED], { IOC_LIVE: 'feeds' }), launchChromium(['--disable-gpu'])]);
  server = feeds.server;
  const made = await runIoc(['user', 'create', '--account', 'ha.lt', '--name', 'Lê Thị Hà', '--role', 'operator', '--data', server.dataDir]);
  givenPassword = made.out.trim();
  await sendSocAlerts(feeds);
});
afterAll(async () => {
  await browser.close();
  await feeds.stop();
});

async function openPage(path: string, width: number, height: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'vi-VN', hasTouch: true });
  await leaveMapOut(page);
  await page.goto(`${server.url}${path}`);
  return page;
}

test.each(SIZES)('[AW6] by touch, %s: the sheet and the list are whole, targets are ≥ 48 px, axe finds nothing, the focus stays in and comes back', async (_name, width, height) => {
  const page = await openPage('/province/68', width, height);
  await page.getByRole('button', { name: 'Xác nhận' }).tap();
  const sheet = page.getByRole('dialog', { name: 'Xác nhận cảnh báo' });
  for (const words of ['Mã độc tống tiền lan ra 14 máy chủ', 'chưa ai nhận', 'TLP:AMBER', 'T1486', 'bắt buộc với mức 1', 'Đăng nhập để xác nhận']) await sheet.getByText(words).first().waitFor();
  expect([await smallTargets(page, 48), await axeViolations(page)]).toEqual([[], []]);
  for (let presses = 0; presses < 8; presses++) await page.keyboard.press('Tab');
  expect(await sheet.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Xác nhận');
  await page.getByRole('button', { name: 'Còn 1 cảnh báo khác' }).tap();
  const list = page.getByRole('dialog', { name: '2 cảnh báo đang mở' });
  await list.getByText('Phát hiện mã độc tống tiền LockBit').waitFor();
  expect([await smallTargets(page, 48), await axeViolations(page)]).toEqual([[], []]);
  await page.close();
});

/** When those words first stood on the page; epoch ms. */
const seenAtMs = (page: Page, words: string) => page.evaluate((text) => new Promise<number>((done) => {
  const look = () => { if (document.body.innerText.includes(text)) done(Date.now()); else requestAnimationFrame(look); };
  look();
}), words);

test('[AW7] [AW8] a named person signs in on the tablet and takes a critical alarm; a wall beside it says who, and has nothing to take it with', async ({ annotate }) => {
  const wall = await openPage('/wall?rotate=0&motion=off&wall=take', 1920, 1080);
  const posts: string[] = [];
  wall.on('request', (request) => { if (request.method() !== 'GET') posts.push(request.url()); });
  await wall.getByText('Chưa ai xác nhận').waitFor();
  expect(await wall.getByRole('button').count()).toBe(0);
  for (const key of ['Enter', ' ', 'ArrowRight', 'ArrowDown', 'a', 'A', 'k', 'm', 's']) await wall.keyboard.press(key);
  await wall.mouse.click(300, 400);

  const tablet = await openPage('/province/68', 1180, 820);
  await tablet.getByRole('button', { name: 'Xác nhận' }).tap();
  await tablet.getByLabel('Ghi chú (bắt buộc với mức 1)').fill('Đã cách ly vùng máy chủ.');
  await tablet.getByRole('button', { name: 'Đăng nhập để xác nhận' }).tap();
  const signIn = tablet.getByRole('dialog', { name: 'Đăng nhập' });
  await signIn.getByLabel('Tài khoản').fill('ha.lt');
  await signIn.getByLabel('Mật khẩu', { exact: true }).fill(givenPassword);
  await signIn.getByRole('button', { name: 'Đăng nhập' }).tap();
  await signIn.getByLabel(/Mật khẩu mới/).fill(OWN_PASSWORD);
  await signIn.getByLabel('Nhắc lại mật khẩu mới').fill(OWN_PASSWORD);
  await signIn.getByRole('button', { name: 'Đăng nhập' }).tap();
  await signIn.waitFor({ state: 'detached' });
  await tablet.getByText('Ghi tên Lê Thị Hà').waitFor();
  const sheet = tablet.getByRole('dialog', { name: 'Xác nhận cảnh báo' });
  const onWall = seenAtMs(wall, 'đã nhận');
  await tablet.evaluate(() => addEventListener('click', () => Object.assign(window, { pressedAtMs: Date.now() }), { capture: true }));
  await sheet.getByRole('button', { name: 'Xác nhận' }).tap();
  await annotate(`the wall said so ${await onWall - await tablet.evaluate(() => Number(Reflect.get(window, 'pressedAtMs')))} ms after the press`);
  await tablet.getByText(/Lê Thị Hà đã nhận lúc \d\d:\d\d:\d\d/).waitFor();
  await tablet.getByRole('button', { name: 'Đóng' }).last().tap();
  await tablet.locator('.province-alarm[data-acknowledged="true"]').getByText(/đã nhận/).first().waitFor();
  expect(await wall.locator('body').innerText()).not.toContain('Hà đã nhận');
  await wall.getByText('Trở lại sau').waitFor({ state: 'detached', timeout: 30_000 });
  expect(posts).toEqual([]);
  const { alarms } = AlarmsMessage.parse(await (await fetch(`${server.url}/api/v1/alarms`)).json());
  expect(alarms.filter(({ severity }) => severity === 'critical')).toMatchObject([{ kind: 'alert', state: 'ACKED', acked: { by: 'Lê Thị Hà' }, tlp: 'AMBER', attack: { techniques: ['T1486'] } }]);
  await Promise.all([wall.close(), tablet.close()]);
});
