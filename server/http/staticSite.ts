import { existsSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { RequestHandler, Response } from 'express';
import { LocalityCode } from '../../shared/domain/ids.ts';
import { ProblemError } from './problem.ts';

/** Best first. A build may put them next to any file. */
const ENCODINGS = [{ name: 'br', extension: '.br' }, { name: 'gzip', extension: '.gz' }] as const;
const PAGES: ReadonlySet<string> = new Set(['/', '/wall', '/demo', '/desk', '/desk/load', '/desk/walls', '/desk/rules', '/feeds', '/compare']);
/** As vite names what it builds: "assets/index-B7x2kQ9a.js". */
const HASHED = /^\/assets\/.*-[\w-]{8,}\.\w+(\.\w+)?$/;

interface SiteFile {
  readonly path: string;
  readonly encodings: readonly (typeof ENCODINGS)[number][];
}

function isPage(path: string): boolean {
  const page = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  if (PAGES.has(page)) return true;
  const code = /^\/province\/([^/]+)(?:\/report)?$/.exec(page)?.[1];
  return code !== undefined && LocalityCode.safeParse(code).success;
}

/** [X9] Files are listed once, by the path they are asked for: no path that a client writes ever reaches the file system. */
function listFiles(staticDir: string): ReadonlyMap<string, SiteFile> {
  const paths = readdirSync(staticDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const present = new Set(paths);
  const filesByUrl = new Map<string, SiteFile>();
  for (const path of paths) {
    const isEncodedCopy = ENCODINGS.some(({ extension }) => path.endsWith(extension) && present.has(path.slice(0, -extension.length)));
    const url = `/${relative(staticDir, path).split(sep).join('/')}`;
    // What begins with a dot is the build's own bookkeeping.
    if (isEncodedCopy || url.includes('/.')) continue;
    filesByUrl.set(url, { path, encodings: ENCODINGS.filter(({ extension }) => present.has(path + extension)) });
  }
  return filesByUrl;
}

/** Serves the built client: its pages by name and its files, nothing else. */
export function createStaticSite(staticDir: string | null): RequestHandler {
  const filesByUrl: ReadonlyMap<string, SiteFile> = staticDir !== null && existsSync(staticDir) ? listFiles(staticDir) : new Map();
  const index = filesByUrl.get('/index.html');
  return (request, response, next) => {
    const isAskedForPage = isPage(request.path);
    const file = isAskedForPage ? index : filesByUrl.get(request.path);
    if (isAskedForPage && file === undefined) throw new ProblemError('not-found', 'The pages are not built. Run `npm run build` and start the server again.');
    if (file === undefined || file === index && !isAskedForPage) {
      next();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new ProblemError('method-not-allowed', `${request.path} can be read, not changed.`, { headers: { Allow: 'GET, HEAD' } });
    }
    const encoding = file.encodings.find(({ name }) => request.acceptsEncodings(name) !== false);
    sendFile(response, file, encoding, HASHED.test(request.path), next);
  };
}

function sendFile(response: Response, file: SiteFile, encoding: SiteFile['encodings'][number] | undefined, isHashed: boolean, next: (error: unknown) => void): void {
  response.type(extname(file.path));
  response.set('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (file.encodings.length > 0) response.vary('Accept-Encoding');
  if (encoding !== undefined) response.set('Content-Encoding', encoding.name);
  const done = (error: unknown) => {
    if (error === undefined || error === null) return;
    // A client that went away needs no answer; a file that went away since the start does.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.removeHeader('Content-Encoding');
    next(error);
  };
  // 'allow': the folder itself may lie under one that begins with a dot.
  // Ranges of files this small help nobody, and one outside the file would be an error of its own.
  response.sendFile(file.path + (encoding?.extension ?? ''), { cacheControl: false, acceptRanges: false, dotfiles: 'allow' }, done);
}
