import type { Page } from 'playwright-core';
import { wallScaleOf } from '../../client/theme/wallScale.ts';

/** A surface, as its address declares it. */
export interface Wall {
  readonly name: string;
  /** Of the page, CSS px. */
  readonly width: number;
  readonly height: number;
  /** Of the real surface. */
  readonly widthMm: number;
  readonly distanceM: number;
}

/** One wall that is opened again and again: with many, one whose goodbye was not heard is a trouble in the header of the next. */
const WALL_ID = 'test-wall';

/** Path and query of a wall whose scenes stand still. `query` begins with "&". */
export function wallAddress({ widthMm, distanceM }: Wall, query = ''): string {
  return `/wall?rotate=0&motion=off&wall=${WALL_ID}&widthMm=${widthMm}&distance=${distanceM}${query}`;
}

/** Two animation frames: what was asked for has been laid out. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
}

/** The router reads the address again; the page, and with it what it knows, stays: loading it anew for each wall would take five times as long. */
export async function becomeWall(page: Page, wall: Wall, query = ''): Promise<void> {
  await page.setViewportSize({ width: wall.width, height: wall.height });
  await page.evaluate((address) => {
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  }, wallAddress(wall, query));
  const { bPx, wallClass } = wallScaleOf({ widthPx: wall.width, heightPx: wall.height, widthMm: wall.widthMm, nearM: wall.distanceM });
  await page.locator(`.wall[data-class="${wallClass}"][style*="--b: ${bPx}px;"]`).waitFor();
  await settle(page);
}
