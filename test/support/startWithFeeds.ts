import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueToken } from '../../server/access/issueToken.ts';
import { tokenPathIn } from '../../server/access/tokenFile.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import { type RunningServer, startServer } from './startServer.ts';

export interface ServerWithFeeds {
  readonly server: RunningServer;
  readonly tokens: Readonly<Record<string, string>>;
  /** Posts as this feed. */
  post(format: string, feedId: string, body: string | Uint8Array<ArrayBuffer>, mediaType?: string): Promise<Response>;
  stop(): Promise<void>;
}

/** A real server with a file of feeds, and a token for each. */
export async function startWithFeeds(feeds: readonly { readonly id: string }[], env: Readonly<Record<string, string>> = {}): Promise<ServerWithFeeds> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ioc-feeds-'));
  const path = join(dataDir, 'feeds.json');
  writeFileSync(path, JSON.stringify({ feeds }));
  const tokens = Object.fromEntries(feeds.map(({ id }) =>
    [id, issueToken(tokenPathIn(dataDir), { feedId: SourceId.parse(id), scope: {}, expiresAtMs: null }, Date.now()).token]));
  const server = await startServer({ dataDir, env: { IOC_FEEDS: path, ...env } });
  return {
    server, tokens,
    post: (format, feedId, body, mediaType = 'application/json') =>
      fetch(`${server.url}/api/v1/feeds/${format}`, { method: 'POST', headers: { 'Content-Type': mediaType, Authorization: `Bearer ${tokens[feedId]}` }, body }),
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
