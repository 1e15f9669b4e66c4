import type { Page } from 'playwright-core';

/** To the milestone of that day ("26/8/2020") by the presenter's own keys; a press that falls into a seek on its way is made again. */
export async function seekDemo(page: Page, day = '26/8/2020'): Promise<void> {
  const shown = page.locator('.demo-day');
  // The playhead is one for all pages: a picture before this one may have left it at a later milestone.
  for (let press = 0; press < 5; press++) {
    await page.keyboard.press('ArrowLeft');
    await page.waitForTimeout(600);
  }
  for (let press = 0; press < 10 && await shown.innerText() !== day; press++) {
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

/** Walls are dimmed at night ([AP3]); pictures are of the day, whenever they are taken. */
export async function stayBright(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':root { --dim: 0 !important; }');
    document.addEventListener('DOMContentLoaded', () => { document.adoptedStyleSheets = [sheet]; });
  });
}

/** One district of each of sixteen provinces loses its link, as feeds would say. */
export async function raiseFlood({ url }: { readonly url: string }, page: Page): Promise<void> {
  const districts = ['001', '024', '040', '058', '071', '080', '094', '105', '117', '132', '148', '164', '178', '193', '213', '227'];
  const time = new Date().toISOString();
  const events = districts.map((subject) => ({ specversion: '1.0', id: `flood-${subject}`, source: 'flood', type: 'vn.ioc.observation.v1', subject, time, data: { indicator: 'tslcd-link-state', value: 0 } }));
  const answer = await fetch(`${url}/api/v1/observations`, { method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(events) });
  if (!answer.ok) throw new Error(`The flood for the picture was answered ${answer.status}: ${await answer.text()}`);
  await page.locator('.attention[data-flood="true"], .wall[data-class="compact"]').first().waitFor({ timeout: 20_000 });
}
