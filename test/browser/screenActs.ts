import type { Page } from 'playwright-core';

/** To the conference of 26 August 2020 by the presenter's own keys; a press that falls into a seek on its way is made again. */
export async function seekDemo(page: Page): Promise<void> {
  const day = page.locator('.demo-day');
  for (let press = 0; press < 8 && !(await day.innerText()).endsWith('/8/2020'); press++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(3_000);
  }
}

/** As on a machine without a GPU and without its software stand-in. */
export async function switchWebGlOff(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype;
    Object.assign(HTMLCanvasElement.prototype, {
      getContext(this: HTMLCanvasElement, ...asked: Parameters<typeof getContext>) { return asked[0].startsWith('webgl') ? null : getContext.apply(this, asked); },
    });
  });
}
