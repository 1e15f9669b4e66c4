import type { Page } from 'playwright-core';

/** Pixels of the page that one canvas of the map draws on the sea's tone, as a viewer would see them. */
export async function canvasInk(page: Page, canvas: '.maplibregl-canvas' | '#deckgl-overlay', seaHex: string): Promise<number> {
  const setHidden = (isHidden: boolean) => page.evaluate(({ kept, hide }) => {
    for (const element of document.querySelectorAll<HTMLElement>(`.wall-stage, .wall-shade, .mapView canvas:not(${kept})`)) element.style.visibility = hide ? 'hidden' : '';
  }, { kept: canvas, hide: isHidden });
  await setHidden(true);
  const picture = (await page.screenshot({ timeout: 60_000 })).toString('base64');
  await setHidden(false);
  // A page of its own: the product's policy lets no picture in.
  const reader = await (page.context().browser()?.newPage() ?? page.context().newPage());
  const ink = await reader.evaluate(async ({ png, sea }) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (context === null) throw new Error('No 2D canvas to read the picture with.');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const distance = [16, 8, 0].reduce((sum, shift, channel) => sum + Math.abs((data[i + channel] ?? 0) - ((sea >> shift) & 255)), 0);
      if (distance > 24) count += 1;
    }
    return count;
  }, { png: picture, sea: Number.parseInt(seaHex.slice(1), 16) });
  await reader.close();
  return ink;
}
