import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** As the mime.types of common web servers have them; the file of frames is of no type they know. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
};

export interface FolderServer {
  /** "http://127.0.0.1:<port>/<under>/", with the slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** A web server that knows nothing but the files of a folder, under a path of its own: "ioc/demo". */
export async function serveFolder(folder: string, under: string): Promise<FolderServer> {
  const server = createServer(({ url = '/', method }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const inside = pathname.startsWith(`/${under}/`) ? pathname.slice(under.length + 2) : null;
    const file = inside === null ? null : join(folder, inside === '' ? 'index.html' : inside);
    if (method !== 'GET' || file === null || !file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${under}/`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
