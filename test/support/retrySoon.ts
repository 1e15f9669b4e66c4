import type { BrowserContext, Page } from 'playwright-core';

/** A page whose server went tries again after a time by chance, up to half a minute; here after a tenth of it. */
export async function retrySoon(opened: BrowserContext | Page): Promise<void> {
  await opened.addInitScript(() => {
    const { random } = Math;
    Math.random = () => random() / 10;
  });
}
