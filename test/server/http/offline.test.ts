import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { THEMES } from '../../../client/theme/tokens.ts';
import { readBranding } from '../../../server/branding.ts';
import { readCatalogue } from '../../../server/catalogue.ts';
import { listen } from './listen.ts';

const branding = readBranding(resolve(import.meta.dirname, '../../../docs/branding/brand.json'), '2021', readCatalogue().tablesByEdition['2021'].localities);

async function readManifest(url: string) {
  const answer = await fetch(`${url}/manifest.webmanifest`);
  expect(answer.headers.get('content-type')).toMatch(/^application\/manifest\+json/);
  return answer.json();
}

describe('[OF1] the pages can be installed', () => {
  test('in Vietnamese, with icons for both shapes, in the colours of the tablet’s theme', async () => {
    const manifest = await readManifest((await listen()).url);
    expect(manifest).toMatchObject({
      id: '/', scope: '/', start_url: '/', lang: 'vi', display: 'standalone', name: 'IOC Chính phủ điện tử',
      theme_color: THEMES.light.panel, background_color: THEMES.light.bg,
    });
    expect(manifest.icons.map(({ sizes, purpose }: { sizes: string; purpose: string }) => `${sizes} ${purpose}`)).toEqual(['192x192 any', '512x512 any', '512x512 maskable']);
  });

  test('under the name of whose displays these are, and opens their province', async () => {
    const { title, shortTitle, homeLocality } = branding.dto;
    expect(await readManifest((await listen({ branding })).url)).toMatchObject({ name: title?.vi, short_name: shortTitle?.vi, start_url: `/province/${homeLocality}` });
  });
});

describe('[OF5] IOC_OFFLINE=off takes it away', () => {
  test('the worker’s file becomes one that deletes what was kept, and itself, and that no cache may keep', async () => {
    const answer = await fetch(`${(await listen({ isOfflineOn: false })).url}/sw.js`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const text = await answer.text();
    for (const act of ['skipWaiting()', 'caches.delete(', 'deleteDatabase(', 'unregister()']) expect(text).toContain(act);
  });

  test('otherwise it is a file of the build, and without a build nothing', async () => {
    expect((await fetch(`${(await listen()).url}/sw.js`)).status).toBe(404);
  });
});
