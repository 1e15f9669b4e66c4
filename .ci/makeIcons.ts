import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launchChromium } from '../test/support/chromium.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'client/public/icons');
const GROUND = '#18232C';

/** `part` of the picture that the drawing fills. Systems cut a maskable icon to a shape of their own that holds the inner 80 % (W3C, "Web Application Manifest", §icon masks). */
const ICONS = [
  { name: 'icon-192.png', sizePx: 192, part: 1, ground: 'transparent' },
  { name: 'icon-512.png', sizePx: 512, part: 1, ground: 'transparent' },
  { name: 'icon-maskable-512.png', sizePx: 512, part: 0.8, ground: GROUND },
];

/** The icons that a tablet installs, from client/icon.svg. Run again when that changes: `node .ci/makeIcons.ts`. */
async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const svg = readFileSync(join(ROOT, 'client/icon.svg'), 'utf8');
  const browser = await launchChromium();
  for (const { name, sizePx, part, ground } of ICONS) {
    const page = await browser.newPage({ viewport: { width: sizePx, height: sizePx } });
    await page.setContent(`<body style="margin:0;background:${ground};display:grid;place-items:center;height:100vh">${svg.replace('<svg ', `<svg width="${sizePx * part}" height="${sizePx * part}" `)}</body>`);
    await page.screenshot({ path: join(FOLDER, name), omitBackground: true });
    await page.close();
  }
  await browser.close();
  console.log(`${ICONS.length} icons in ${FOLDER}`);
}

await main();
