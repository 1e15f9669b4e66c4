import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const WELL_KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome'];

/** Path of a Chromium on this machine, or `null`. `CHROMIUM_PATH` wins. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  const candidates = [...(named === undefined ? [] : [named]), ...WELL_KNOWN, chromium.executablePath()];
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** Headless Chromium with WebGL2 in software as docs/kiosk.md starts it where there is no GPU, quiet on a closed network. `more`: further flags. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium on this machine: run `node .ci/ensureChromium.ts` first, or set CHROMIUM_PATH.');
  return chromium.launch({
    executablePath,
    headless: true,
    // CI runs as root, where Chromium refuses its own sandbox.
    chromiumSandbox: false,
    args: [
      '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-compositing',
      '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic',
      '--force-color-profile=srgb', '--font-render-hinting=none', '--hide-scrollbars',
      ...more,
    ],
  });
}
