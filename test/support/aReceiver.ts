import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';

interface ReceivedPost { readonly headers: IncomingHttpHeaders; readonly body: string; readonly url: string }

export interface Receiver {
  readonly url: string;
  readonly posts: ReceivedPost[];
  /** What it answers from now on; without: 204. */
  answer(handle: ((post: ReceivedPost, response: ServerResponse) => void) | null): void;
  /** Refuses connections; `start` takes them again at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A ticket system that takes webhooks: a real HTTP server on a free port. */
export async function startReceiver(): Promise<Receiver> {
  const posts: ReceivedPost[] = [];
  let handle: ((post: ReceivedPost, response: ServerResponse) => void) | null = null;
  let port = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const post = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8'), url: request.url ?? '' };
      posts.push(post);
      if (handle === null) response.writeHead(204).end();
      else handle(post, response);
    });
  });
  async function start(): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  }
  await start();
  return {
    get url() { return `http://127.0.0.1:${port}/hooks/ioc?key=1`; },
    posts, start,
    answer(next) { handle = next; },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
