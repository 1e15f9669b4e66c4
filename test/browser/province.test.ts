import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HandoverAnswer, type WallsDto } from '../../shared/protocol/answers.ts';
import { LeagueDto } from '../../shared/protocol/league.ts';
import { realTable } from '../support/aCatalogue.ts';
import { launchChromium } from '../support/chromium.ts';
import { leaveMapOut } from '../support/leaveMapOut.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';
import { untilListed as untilListedBy } from '../support/untilListed.ts';
import { switchWebGlOff } from './screenActs.ts';

let server: RunningServer;
let browser: Browser;
/** A wall that is handed over before the first test, to see how it ends by itself after the last. */
let expiring: Page;
let expiresAtMs = 0;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: QUIET_DAY }), launchChromium()]);
  expiring = await wallAt('wall=het-gio&name=Hết giờ&scene=connectivity');
  await untilListed((walls) => walls.some(({ wallId, applied }) => wallId === 'het-gio' && applied.length > 0));
  const answer = await post('het-gio/handover', { localityCode: '48', scene: 'dossiers', minutes: 2, owner: 'duty', replaces: null });
  expiresAtMs = HandoverAnswer.parse(await answer.json()).handover.endsAtMs;
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const SIZES = [['landscape', 1180, 820], ['portrait', 820, 1180], ['phone', 390, 844]] as const;
const SWITCHER = /Đổi sang tỉnh khác/;

/** By touch. `hasMap` false: the outline stands in, which costs no seconds of software WebGL; with it each pixel drawn stands for four. */
async function provinceAt(path: string, width: number, height: number, hasMap = false): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, hasTouch: true, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', serviceWorkers: 'block', ...(hasMap && { deviceScaleFactor: 0.5 }) });
  if (!hasMap) await switchWebGlOff(page);
  await page.goto(`${server.url}${path}`);
  await page.getByRole('button', { name: SWITCHER }).waitFor();
  return page;
}

async function wallAt(search: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
  await leaveMapOut(page);
  await page.goto(`${server.url}/wall?rotate=0&motion=off&${search}`);
  await page.locator('.clock').waitFor();
  return page;
}

const post = (path: string, body: unknown) => fetch(`${server.url}/api/v1/walls/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

const untilListed = (isSo: (walls: WallsDto['walls']) => boolean) => untilListedBy(server.url, isSo);

/** Every step of a pinch is drawn, by the processor. */
const PINCH_STEPS = 5;

interface Finger { readonly x: number; readonly y: number }

/** Fingers drawn over the screen as the browser itself sees them. */
async function draw(session: CDPSession, paths: readonly (readonly Finger[])[]): Promise<void> {
  const steps = paths[0]?.length ?? 0;
  for (let step = 0; step < steps; step++) {
    const touchPoints = paths.map((path, id) => ({ ...path[step]!, id }));
    await session.send('Input.dispatchTouchEvent', { type: step === 0 ? 'touchStart' : 'touchMove', touchPoints });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

const line = (from: Finger, to: Finger, steps = 12): Finger[] => Array.from({ length: steps + 1 }, (_, i) => ({ x: from.x + ((to.x - from.x) * i) / steps, y: from.y + ((to.y - from.y) * i) / steps }));

describe.each(SIZES)('[SW1] by touch, %s', (_name, width, height) => {
  test('another province is found by typing without marks, by code and by initials; what is looked at stays', async () => {
    const page = await provinceAt('/province/68?domain=dossiers&indicator=dossiers-overdue', width, height);
    for (const [typed, option, path] of [['79', 'Thành phố Hồ Chí Minh', '/province/79'], ['da nang', 'Thành phố Đà Nẵng', '/province/48'], ['hcm', 'Thành phố Hồ Chí Minh', '/province/79']] as const) {
      await page.getByRole('button', { name: SWITCHER }).tap();
      await page.getByRole('searchbox').fill(typed);
      await page.getByRole('option', { name: option }).tap();
      // The address first, then the page: a list opened between the two goes with the page that goes.
      await page.waitForURL((url) => url.pathname === path && url.searchParams.get('indicator') === 'dossiers-overdue');
      await page.getByRole('button', { name: new RegExp(`${option.replace('Thành phố ', '')}.*Đổi sang`, 's') }).waitFor();
    }
    await page.close();
  });

  test('[SW3] a swipe turns to the neighbour and back, and so do the buttons', async () => {
    // Ranks move while the test runs: the server's first answer stays.
    const answer = await (await fetch(`${server.url}/api/v1/league?indicator=alerts-open&hours=1`)).json();
    const codes = LeagueDto.parse(answer).rows.map(({ localityCode }) => localityCode as string);
    const behind = (code: string, steps: number) => codes[codes.indexOf(code) + steps]!;
    const here = codes[Math.floor(codes.length / 2)]!;
    const page = await provinceAt(`/province/${here}?domain=connectivity`, width, height);
    await page.route(/\/api\/v1\/league\?/, (route) => route.fulfill({ json: answer }));
    const kept = page.waitForResponse(/\/api\/v1\/league\?/);
    await page.getByRole('tab', { name: 'An ninh' }).tap();
    await kept;
    const session = await page.context().newCDPSession(page);
    const { x, y, width: across, height: down } = (await page.locator('.province-turn').boundingBox())!;
    const [left, right] = [{ x: x + across * 0.25, y: y + down / 2 }, { x: x + across * 0.75, y: y + down / 2 }];
    const nameOf = (code: string) => realTable('2021').localities.find((place) => place.code === code)!.name;
    /** The address first, then the page: a stroke between the two would be drawn on what goes. */
    const at = async (code: string) => {
      await page.waitForURL((url) => url.pathname === `/province/${code}` && url.searchParams.get('domain') === 'security');
      await page.getByRole('button', { name: new RegExp(`${nameOf(code)}.*Đổi sang`, 's') }).waitFor();
      await page.getByRole('button', { name: `Tỉnh sau: ${nameOf(behind(code, 1))}` }).waitFor();
    };
    const next = behind(here, 1);
    await page.getByRole('button', { name: `Tỉnh sau: ${nameOf(next)}` }).waitFor();
    await draw(session, [line(right, left)]);
    await at(next);
    await draw(session, [line(left, right)]);
    await at(here);
    await page.getByRole('button', { name: /^Tỉnh trước: / }).tap();
    await at(behind(here, -1));
    await page.close();
  });
});

describe('[SW5] the list of units', () => {
  test('is sorted by keyboard, says so to a screen reader, and its address shows the same', async () => {
    const page = await provinceAt('/province/68?domain=dossiers&list=all', 1180, 820);
    const names = () => page.locator('.province-listWhole tbody th').allInnerTexts();
    await page.getByRole('button', { name: 'Tên' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('columnheader', { name: 'Tên' }).and(page.locator('[aria-sort="ascending"]')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('columnheader', { name: 'Tên' }).and(page.locator('[aria-sort="descending"]')).waitFor();
    const shown = await names();
    expect(shown).toEqual([...shown].sort((a, b) => b.localeCompare(a, 'vi')));
    expect([shown.length, new URL(page.url()).searchParams.get('sort')]).toEqual([12, '-name']);
    await page.locator('.province-list tbody button').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/unit=\d{3}/);
    await page.reload();
    await page.locator('.province-listWhole').waitFor();
    expect(await names()).toEqual(shown);
    await page.close();
  });
});

describe('[TW1] by touch a province goes to a wall', () => {
  test('with its owner and countdown on the wall, and it is taken back; then handed over again and ended at the desk', async () => {
    const wall = await wallAt('wall=phong-hop&name=Phòng họp&scene=connectivity');
    await untilListed((walls) => walls.some(({ wallId, applied }) => wallId === 'phong-hop' && applied.length > 0));
    const page = await provinceAt('/province/68?domain=dossiers', 1180, 820);
    await page.getByRole('button', { name: 'Đưa lên tường' }).tap();
    const sheet = page.getByRole('dialog', { name: 'Đưa Lâm Đồng lên tường' });
    const choose = async () => {
      await sheet.getByText('Phòng họp', { exact: true }).tap();
      await sheet.getByText('2 phút').tap();
      await sheet.getByText('Phó Chủ tịch', { exact: true }).tap();
      await sheet.getByRole('button', { name: 'Chiếu', exact: true }).tap();
      await wall.getByText(/Phó Chủ tịch · còn [12]:\d\d/).waitFor();
    };
    await choose();
    await wall.getByRole('heading', { name: 'Tỉnh Lâm Đồng' }).waitFor();
    const [listed] = (await untilListed((walls) => walls.some(({ isHandoverShown, wallId }) => wallId === 'phong-hop' && isHandoverShown))).filter(({ wallId }) => wallId === 'phong-hop');
    expect(listed).toMatchObject({ focusCode: '68', scene: 'dossiers', handover: { owner: 'vice-chairman' } });
    await sheet.getByRole('button', { name: 'Thu hồi Phòng họp' }).tap();
    await wall.getByText(/Phó Chủ tịch/).waitFor({ state: 'detached' });
    expect(await wall.getByRole('heading', { name: 'Tỉnh Lâm Đồng' }).count()).toBe(0);
    await choose();
    const desk = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
    await desk.goto(`${server.url}/desk/walls`);
    await desk.getByText(/Phó Chủ tịch đang chiếu Lâm Đồng/).waitFor();
    await desk.getByRole('button', { name: 'Thu hồi Phòng họp' }).click();
    await wall.getByText(/Phó Chủ tịch/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Đóng' }).tap();
    await Promise.all([wall.close(), page.close(), desk.close()]);
  });

  test.each(SIZES.slice(1))('on a %s too, and taken back', async (_size, width, height) => {
    const wall = await wallAt(`wall=phong-${width}&name=Phòng ${width}&scene=connectivity`);
    await untilListed((walls) => walls.some(({ wallId, applied }) => wallId === `phong-${width}` && applied.length > 0));
    const page = await provinceAt('/province/68?domain=dossiers', width, height);
    await page.getByRole('button', { name: 'Đưa lên tường' }).tap();
    const sheet = page.getByRole('dialog', { name: 'Đưa Lâm Đồng lên tường' });
    await sheet.getByText(`Phòng ${width}`, { exact: true }).tap();
    await sheet.getByRole('button', { name: 'Chiếu', exact: true }).tap();
    await wall.getByText(/Chủ tịch · còn [45]:\d\d/).waitFor();
    await sheet.getByRole('button', { name: `Thu hồi Phòng ${width}` }).tap();
    await wall.getByText(/Chủ tịch · còn/).waitFor({ state: 'detached' });
    await Promise.all([wall.close(), page.close()]);
  });

  test('[TW5] not for a picture of the past', async () => {
    const page = await provinceAt('/province/68?at=2026-11-01T08:00:00%2B07:00', 1180, 820);
    expect(await page.getByRole('button', { name: 'Đưa lên tường' }).isDisabled()).toBe(true);
    await page.getByText('Đang xem quá khứ: không đưa lên tường').waitFor();
    await page.close();
  });
});

test('[SW6] two fingers zoom the map, within its limits, and turn or tilt nothing', async () => {
  const page = await provinceAt('/province/68?domain=dossiers', 820, 1180, true);
  await page.locator('html[data-map-ready="true"]').waitFor({ state: 'attached' });
  const session = await page.context().newCDPSession(page);
  const { x, y, width, height } = (await page.locator('.mapView').boundingBox())!;
  const centre = { x: x + width * 0.4, y: y + height / 2 };
  const zoom = async () => Number(await page.locator('.mapView').getAttribute('data-zoom'));
  const pinch = async (from: number, to: number) => draw(session, [-1, 1].map((side) => line({ x: centre.x + side * from, y: centre.y }, { x: centre.x + side * to, y: centre.y }, PINCH_STEPS)));
  // Each pinch is five times, more than two levels: the second has the limit before it, and so has the last of those back.
  const before = await zoom();
  await pinch(30, 150);
  await page.waitForFunction((was) => Number(document.querySelector('.mapView')?.getAttribute('data-zoom')) > was + 1, before);
  for (let i = 0; i < 2; i++) await pinch(30, 150);
  await page.waitForFunction(() => Number(document.querySelector('.mapView')?.getAttribute('data-zoom')) > 10);
  expect(await zoom()).toBeLessThanOrEqual(11);
  for (let i = 0; i < 4; i++) await pinch(150, 30);
  await page.waitForFunction(() => Number(document.querySelector('.mapView')?.getAttribute('data-zoom')) < 6);
  expect(await zoom()).toBeGreaterThanOrEqual(5.5);
  await page.close();
});

// Last: its two minutes pass meanwhile.
test('[TW4] a hand-over that nobody takes back ends by itself, and the wall shows its own scene', async () => {
  const leftMs = Math.max(0, expiresAtMs - Date.now());
  await expiring.getByText(/Lãnh đạo trực/).waitFor({ state: 'detached', timeout: leftMs + 10_000 });
  expect(await expiring.getByRole('heading', { name: 'Thành phố Đà Nẵng' }).count()).toBe(0);
  const walls = await untilListed((all) => all.some(({ wallId, focusCode }) => wallId === 'het-gio' && focusCode === null));
  expect(walls.find(({ wallId }) => wallId === 'het-gio')).toMatchObject({ scene: 'connectivity', handover: null });
}, 200_000);
