import { z } from 'zod';
import type { HttpDependencies } from '../dependencies.ts';
import { defineRoute, type Route } from '../route.ts';

/** Of the light theme, which the pages of tablets have (client/theme/tokens.ts; a test holds them together). */
const COLORS = { theme_color: '#FFFFFF', background_color: '#EEF1F3' };
const NAME = 'IOC Chính phủ điện tử';
const SHORT_NAME = 'IOC';
const ICONS = [
  { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
  { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
  { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
];

/** [OF1] What a tablet installs the pages by (W3C, "Web Application Manifest"). It opens the home locality of whose displays these are. */
export function manifestRoute({ branding }: Pick<HttpDependencies, 'branding'>): Route {
  const { title, shortTitle, homeLocality } = branding.dto;
  const text = JSON.stringify({
    id: '/', name: title?.vi ?? NAME, short_name: shortTitle?.vi ?? SHORT_NAME, lang: 'vi', dir: 'ltr',
    start_url: homeLocality === null ? '/' : `/province/${homeLocality}`, scope: '/', display: 'standalone', ...COLORS, icons: ICONS,
  });
  return defineRoute({
    path: '/manifest.webmanifest', query: z.strictObject({}),
    summary: { vi: 'Tên, biểu tượng và trang mở đầu khi cài lên máy tính bảng', en: 'Name, icons and first page when a tablet installs the pages' },
    answer: { status: 200, mediaType: 'application/manifest+json', schema: null, name: 'Manifest', example: text },
    handle: () => ({ kind: 'text', mediaType: 'application/manifest+json', text }),
  });
}

/** In the place of the worker: takes away whatever an earlier one has kept, and itself. Pages that are open stay as they are. */
const LEAVING_WORKER = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('ioc-')) await caches.delete(name);
  indexedDB.deleteDatabase('ioc-kept');
  await self.registration.unregister();
})()));
`;

/** [OF5] `IOC_OFFLINE=off`. Browsers ask for the worker's file again at every visit and get this; until then the built file is served. */
export function leavingWorkerRoute(): Route {
  return defineRoute({
    path: '/sw.js', query: z.strictObject({}),
    summary: { vi: 'Gỡ phần chạy không cần mạng khỏi trình duyệt', en: 'Removes what works without a link from browsers' },
    answer: { status: 200, mediaType: 'text/javascript', schema: null, name: 'LeavingWorker', example: LEAVING_WORKER },
    handle: () => ({ kind: 'text', mediaType: 'text/javascript', text: LEAVING_WORKER }),
  });
}
