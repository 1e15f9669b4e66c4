import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WallsDto } from '../../shared/protocol/answers.ts';
import { type Kiosk, startKiosk } from '../support/startKiosk.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';
import { untilListed } from '../support/untilListed.ts';

const DOCS = resolve(import.meta.dirname, '../../docs');
const guide = readFileSync(join(DOCS, 'kiosk.md'), 'utf8');
const script = readFileSync(join(DOCS, 'kiosk/ioc-wall'), 'utf8');

/** First column of the tables under a heading of the guide. */
function flagsUnder(heading: string): string[] {
  const section = guide.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `(--[^`]+)` \|/gm)].map(([, flag]) => flag ?? '');
}

const EVERYWHERE = flagsUnder('Flags of every wall');
const WITHOUT_GPU = flagsUnder('Without a GPU');
/** So that nine misses are half a minute. */
const CHECK_SEC = 3;
const WALL = 'kiosk';
const dataDir = mkdtempSync(join(tmpdir(), 'ioc-kiosk-data-'));

let server: RunningServer;
let kiosk: Kiosk;

beforeAll(async () => {
  server = await startServer({ dataDir, env: QUIET_DAY });
  kiosk = startKiosk(server.url, WALL, WITHOUT_GPU, CHECK_SEC);
});
afterAll(async () => {
  await kiosk.stop();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

type Wall = WallsDto['walls'][number];

async function untilWall(isSo: (wall: Wall) => boolean): Promise<Wall> {
  const own = (walls: readonly Wall[]) => walls.find((wall) => wall.wallId === WALL && isSo(wall));
  return own(await untilListed(server.url, (walls) => own(walls) !== undefined))!;
}

const isDrawn = ({ state, map, pages }: Wall) => state === 'well' && pages === 1 && map?.isDrawing === true;

/** What the page itself shows, and every error on its console since it was opened. */
async function lookInside(): Promise<{ hero: string; isLinkLost: boolean; errors: string[]; close: () => Promise<void>; crash: () => void }> {
  const browser = await kiosk.connect();
  const [page] = browser.contexts().flatMap((context) => context.pages());
  if (page === undefined) throw new Error('The browser of the kiosk has no page.');
  const session = await page.context().newCDPSession(page);
  const errors: string[] = [];
  // Both are told of what was said before, too.
  session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => errors.push(`${exceptionDetails.text} ${exceptionDetails.exception?.description ?? exceptionDetails.url ?? ''}`));
  session.on('Log.entryAdded', ({ entry }) => { if (entry.level === 'error') errors.push(`${entry.text} ${entry.url ?? ''}`); });
  session.on('Runtime.consoleAPICalled', ({ type, args }) => { if (type === 'error') errors.push(args.map(({ value }) => String(value)).join(' ')); });
  await session.send('Runtime.enable');
  await session.send('Log.enable');
  return {
    hero: await page.locator('.hero .figure-main').first().innerText(),
    isLinkLost: await page.locator('.linkLost').isVisible(), errors,
    close: () => browser.close(),
    // Nobody is left to answer.
    crash: () => { session.send('Page.crash').catch(() => {}); },
  };
}

describe('[KI1] the guide', () => {
  test('names exactly the flags that the script gives', () => {
    const given = [...script.matchAll(/^ {2}(--[^\s\\]+)/gm)].map(([, flag]) => (flag ?? '').replaceAll('"', ''));
    expect(EVERYWHERE).toEqual(given);
    expect(WITHOUT_GPU).toEqual(['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-compositing']);
  });

  test('names only flags that this Chromium knows', async () => {
    await untilWall(isDrawn);
    const binary = readFileSync(`/proc/${kiosk.browserPid()}/exe`);
    const isKnown = (flag: string) => binary.includes(`\0${flag.slice(2).replace(/=.*/s, '')}\0`);
    expect([...EVERYWHERE, ...WITHOUT_GPU].filter((flag) => !isKnown(flag))).toEqual([]);
    expect(isKnown('--disable-session-crashed-bubble')).toBe(false);
  });
});

describe('[KI2] a wall started as the guide says', () => {
  test('shows its figures and map, reports, and has nothing on its console', async () => {
    const wall = await untilWall(isDrawn);
    expect(wall).toMatchObject({ viewport: { widthPx: 1920 }, map: { contextLosses: 0, rebuilds: 0 } });
    const { hero, isLinkLost, errors, close } = await lookInside();
    expect({ isLinkLost, errors }).toEqual({ isLinkLost: false, errors: [] });
    expect(hero).toMatch(/\d/);
    await close();
  });

  test('comes back after the power went from server and browser at once, and opens nothing before the server answers', async () => {
    const before = await untilWall(isDrawn);
    const { port } = new URL(server.url);
    await Promise.all([server.kill(), kiosk.cutPower()]);
    kiosk.boot();
    expect(kiosk.browserPid()).toBeNull();
    server = await startServer({ dataDir, env: { ...QUIET_DAY, IOC_PORT: port } });
    const after = await untilWall(isDrawn);
    expect(after.applied[0]?.epoch).toBe(before.applied[0]?.epoch);
    expect(after.applied[0]?.seq).toBeGreaterThan(before.applied[0]?.seq ?? 0);
    const { isLinkLost, errors, close } = await lookInside();
    expect({ isLinkLost, errors }).toEqual({ isLinkLost: false, errors: [] });
    await close();
  });

  test('is started anew when its page has crashed and the server misses it', async () => {
    await untilWall(isDrawn);
    const starts = kiosk.startCount();
    const { crash, close } = await lookInside();
    crash();
    await untilWall(({ state }) => state === 'silent');
    await untilWall((wall) => isDrawn(wall) && wall.uptimeMs < 60_000);
    expect(kiosk.startCount()).toBe(starts + 1);
    await close();
  });
});
