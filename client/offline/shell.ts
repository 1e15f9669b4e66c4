/** What one build needs to open without a server: written into the worker when it is built (`client/build.ts`). */
export interface Shell {
  readonly buildId: string;
  /** Path of the page's first script: a page that names another one is of another build. */
  readonly entry: string;
  /** Paths of everything else, as the page asks for them: "/assets/index-B7x2kQ9a.js". */
  readonly files: readonly string[];
}

/** Where the worker keeps the page: every address it answers for is this one file. */
export const PAGE_PATH = '/';
/** As the server knows it (`server/http/routes/offline.ts`). */
export const WORKER_PATH = '/sw.js';
export const MANIFEST_PATH = '/manifest.webmanifest';

/** As vite names what it builds: the name says the content, so a copy is never of anything else. */
const HASHED = /^\/assets\/.*-[\w-]{8,}\.\w+$/;
const CACHE_PREFIX = 'ioc-shell-';
/** The build of today and the one before: pages that were opened with that one still ask for its parts. */
const BUILDS_KEPT = 2;

export function cacheNameOf(buildId: string): string {
  return `${CACHE_PREFIX}${buildId}`;
}

/** [OF4] `names`: of all caches, oldest first. */
export function cachesToDelete(names: readonly string[]): readonly string[] {
  return names.filter((name) => name.startsWith(CACHE_PREFIX)).slice(0, -BUILDS_KEPT);
}

export interface AskedFor {
  readonly method: string;
  readonly mode: string;
  readonly url: string;
}

/** `page`: the network while it answers in time, then the copy. `file`: the copy, its name says its content. `network`: as if there were no worker. */
export type Way = 'page' | 'file' | 'network';

/**
 * [OF3] What the worker answers. Walls, the desk and the replay are no business of its: a wall takes new builds by itself ([AP1]), and
 * a copy of it would be a wall that looks well without a server. Nor is anything that could be out of date: no answer of the interface.
 */
export function wayOf({ method, mode, url }: AskedFor, origin: string): Way {
  const { origin: asked, pathname } = new URL(url);
  if (method !== 'GET' || asked !== origin) return 'network';
  if (mode === 'navigate') return pathname === '/' || /^\/province\/\d{2}\/?$/.test(pathname) ? 'page' : 'network';
  return HASHED.test(pathname) ? 'file' : 'network';
}

/** [OF4] Whether `html` is the page of this build. */
export function isPageOf(html: string, { entry }: Pick<Shell, 'entry'>): boolean {
  return html.includes(entry);
}
