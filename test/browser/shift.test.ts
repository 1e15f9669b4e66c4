import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AlarmHistoryDto } from '../../shared/protocol/alarms.ts';
import { AlarmsMessage } from '../../shared/protocol/socket.ts';
import { calm, cutByStorm, districtsOf, officesShut, say, strike } from '../support/aStorm.ts';
import { launchChromium } from '../support/chromium.ts';
import { runIoc } from '../support/ioc.ts';
import { addAccounts, signInOn } from '../support/signInOn.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

/** Nobody else cuts it. */
const CHATTERING = districtsOf('68')[0] ?? '';

let server: RunningServer;
let browser: Browser;
let desk: Page;
let wall: Page;

const open = (path: string) => browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' })
  .then(async (page) => { await page.goto(server.url + path); return page; });
const openAlarms = async () => AlarmsMessage.parse(await (await fetch(`${server.url}/api/v1/alarms`)).json()).alarms;
const tab = (name: string, count: number) => desk.getByRole('tab', { name: `${name} ${count}`, exact: true });
const detail = () => desk.getByRole('complementary', { name: 'Chi tiết cảnh báo' });

beforeAll(async () => {
  server = await startServer({ env: QUIET_DAY });
  [browser] = await Promise.all([launchChromium(), addAccounts(server.dataDir, [{ account: 'ha.lt', name: 'Lê Thị Hà' }])]);
  [desk, wall] = await Promise.all([open('/desk'), open('/wall?scene=connectivity&rotate=0&motion=off')]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** [SF1] One watch, in the order in which it happens: each step stands on the one before. */
describe('[SF1] a watch through a storm', () => {
  const districts = [...cutByStorm().values()].flat();
  const cutCount = cutByStorm().size;

  test('somebody signs in', async () => {
    await desk.getByRole('button', { name: 'Đăng nhập' }).click();
    await signInOn(desk);
    await desk.getByText('Lê Thị Hà').waitFor();
    await tab('Chưa nhận', 0).waitFor();
  });

  test('the storm is a flood: each province one cause, its districts members of it, and offices of one kind one group; every count exact', async () => {
    await strike(server.url);
    await tab('Chưa nhận', cutCount + officesShut().length).waitFor();
    await tab('Tạm ẩn', districts.length).waitFor();
    await desk.getByText('Nhóm gộp khi lũ: 4 cảnh báo cùng loại').waitFor();
    await desk.getByText(`Nhóm gộp khi lũ: ${officesShut().length} cảnh báo cùng loại`).waitFor();
    const alarms = await openAlarms();
    for (const [province, members] of cutByStorm()) {
      const causeId = `cause:${province}:links-cut`;
      expect(alarms.filter(({ suppressedBy }) => suppressedBy === causeId).map(({ localityCode }) => localityCode).sort()).toEqual([...members].sort());
    }
    // Nothing is missing from the log: every district cut has its raise in it.
    for (const code of districts) {
      const { events } = AlarmHistoryDto.parse(await (await fetch(`${server.url}/api/v1/alarms/${encodeURIComponent(`state:${code}:tslcd-link-state`)}/history`)).json());
      expect(events.filter(({ kind }) => kind === 'raised')).toHaveLength(1);
    }
    await wall.getByText('4 tỉnh').first().waitFor();
  });

  test('the causes are acknowledged by a named person, each as it was seen, and the wall shows them taken', async () => {
    await desk.getByRole('row', { name: /Nhóm gộp khi lũ: 4 cảnh báo cùng loại/ }).click();
    await detail().getByText('Cảnh báo nó giải thích').waitFor();
    await desk.keyboard.press('a');
    const dialog = desk.getByRole('dialog', { name: 'Xác nhận 4 cảnh báo' });
    await dialog.getByRole('textbox').fill('Đã gọi nhà mạng, đội ứng cứu lên đường.');
    const row = wall.locator('.attentionRow').filter({ hasText: '4 tỉnh' }).first();
    expect(await row.getAttribute('data-taken')).toBe('false');
    await dialog.getByRole('button', { name: 'Xác nhận tất cả' }).click();
    await dialog.getByText('đã xác nhận').first().waitFor();
    await wall.locator('.attentionRow[data-taken="true"]').filter({ hasText: '4 tỉnh' }).waitFor();
    await desk.keyboard.press('Escape');
    await tab('Đã nhận', cutCount).waitFor();
    const causes = (await openAlarms()).filter(({ kind }) => kind === 'cause');
    expect(causes.map(({ state, acked }) => [state, acked?.by])).toEqual(causes.map(() => ['ACKED', 'Lê Thị Hà']));
  });

  test('the weather clears: what was acknowledged is closed, members leave without a word, and nothing is left', async () => {
    await calm(server.url);
    await tab('Chưa nhận', 0).waitFor();
    await tab('Đã nhận', 0).waitFor();
    await tab('Tạm ẩn', 0).waitFor();
    expect(await openAlarms()).toEqual([]);
    await desk.getByRole('tab', { name: /^Đã đóng hôm nay/ }).click();
    await desk.getByRole('row', { name: /Quảng Nam.*Đứt tuyến/ }).waitFor();
    await desk.getByRole('tab', { name: /^Chưa nhận/ }).click();
  });

  test('a link that comes and goes is called chattering, and a person shelves it for a reason', async () => {
    for (const value of [0, 2, 0, 2, 0]) await say(server.url, [{ place: CHATTERING, indicator: 'tslcd-link-state', value }]);
    await desk.getByRole('row', { name: /Mất nối TSLCD/ }).click();
    await detail().getByText(/[Cc]hập chờn/).first().waitFor();
    expect((await openAlarms()).find(({ id }) => id.includes(CHATTERING))).toMatchObject({ isChattering: true, shelved: null });
    await desk.keyboard.press('z');
    const dialog = desk.getByRole('dialog', { name: 'Tạm ẩn…' });
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Đường truyền chập chờn, nhà mạng đang thay đầu nối.');
    await dialog.getByRole('button', { name: 'Tạm ẩn…' }).click();
    await tab('Tạm ẩn', 1).waitFor();
    expect((await openAlarms()).find(({ id }) => id.includes(CHATTERING))).toMatchObject({ state: 'UNACK', shelved: { by: 'Lê Thị Hà', why: 'Đường truyền chập chờn, nhà mạng đang thay đầu nối.' } });
  });

  test('the watch is handed over, and the next one finds it', async () => {
    await desk.getByRole('button', { name: 'Bàn giao ca…' }).click();
    const dialog = desk.getByRole('dialog', { name: 'Bàn giao ca trực' });
    await dialog.getByRole('textbox', { name: 'Người nhận ca' }).fill('Trần Văn Nam');
    await dialog.getByRole('textbox', { name: /Ghi chú bàn giao/ }).fill('Theo dõi tuyến Quảng Bình.');
    await dialog.getByRole('button', { name: 'Bàn giao', exact: true }).click();
    await dialog.getByText('Theo dõi tuyến Quảng Bình.').waitFor();
    await dialog.getByText(/Lê Thị Hà.*Trần Văn Nam/).waitFor();
  });

  test('[AU2] the audit trail of it verifies, names every act and who did it', async () => {
    const verified = await runIoc(['audit', 'verify'], { IOC_DATA: server.dataDir });
    expect(verified.code).toBe(0);
    const exported = await runIoc(['audit', 'export'], { IOC_DATA: server.dataDir });
    const rows = exported.out.trim().split('\n').map((line): { actor: string; action: string; outcome: string } => JSON.parse(line));
    expect(rows.filter(({ action }) => action.startsWith('alarm.')).map(({ actor, action, outcome }) => [actor, action, outcome])).toEqual([
      ...Array.from({ length: cutCount }, () => ['ha.lt', 'alarm.acknowledge', 'done']), ['ha.lt', 'alarm.shelve', 'done'], ['ha.lt', 'alarm.hand-over', 'done'],
    ]);
  });
});
