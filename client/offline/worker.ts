import { cacheNameOf, cachesToDelete, isPageOf, PAGE_PATH, type Shell, wayOf } from './shell.ts';
import type { FetchEvent, WorkerScope } from './workerScope.ts';

// Runs outside of any page. `client/build.ts` makes one file of it, with the names of what its build is made of.

declare const self: WorkerScope;
declare const __SHELL__: Shell;

const shell: Shell = __SHELL__;
/** Beyond this a person thinks that nothing happens. A server in the room answers within 50 ms. */
const PAGE_WAIT_MS = 2_500;

/** [OF4] All of the build or nothing: the browser takes this worker only when this resolves, and tries again at the next visit. */
async function fill(): Promise<void> {
  const name = cacheNameOf(shell.buildId);
  // Makes it the newest, also after a way back to an earlier build.
  await caches.delete(name);
  const cache = await caches.open(name);
  const page = await fetch(PAGE_PATH, { cache: 'no-cache' });
  if (!page.ok || page.redirected || !isPageOf(await page.clone().text(), shell)) throw new Error('The server has another build by now; its own worker comes next.');
  await cache.put(PAGE_PATH, page);
  await cache.addAll(shell.files);
}

async function deleteOldBuilds(): Promise<void> {
  await Promise.all(cachesToDelete(await caches.keys()).map((name) => caches.delete(name)));
}

function keptPage(): Promise<Response | undefined> {
  return caches.open(cacheNameOf(shell.buildId)).then((cache) => cache.match(PAGE_PATH, { ignoreVary: true }));
}

/** What the network says is shown, never kept: only `fill` keeps a page, with all it needs. */
async function answerPage({ request, preloadResponse }: FetchEvent): Promise<Response> {
  const asked = preloadResponse.then((preloaded) => preloaded ?? fetch(request));
  const patience = new Promise<undefined>((over) => { setTimeout(() => over(undefined), PAGE_WAIT_MS); });
  const answer = await Promise.race([asked.catch(() => undefined), patience]);
  // A proxy answers 502 or 504 for a server that is gone.
  if (answer !== undefined && answer.status < 500) return answer;
  return await keptPage() ?? answer ?? asked;
}

async function answerFile({ request }: FetchEvent): Promise<Response> {
  return await caches.match(request, { ignoreVary: true }) ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(Promise.all([deleteOldBuilds(), self.registration.navigationPreload?.enable()])));
self.addEventListener('fetch', (event) => {
  const way = wayOf(event.request, self.location.origin);
  if (way === 'page') event.respondWith(answerPage(event));
  else if (way === 'file') event.respondWith(answerFile(event));
});
