import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { issueToken } from '../../server/access/issueToken.ts';
import { tokenPathIn } from '../../server/access/tokenFile.ts';
import type { FeedSettings } from '../../server/ports/feedSettings.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import { writeFeeds } from './ioc.ts';
import { type RunningServer, startServer } from './startServer.ts';

export interface FeedServer extends RunningServer {
  /** The feed's token. */
  tokenOf(feedId: string): string;
  /** Also after `stop`, its data stays until this. */
  remove(): void;
}

/** The product with these feeds, a token for each, and no simulator. */
export async function startFeedServer(feeds: readonly (Partial<z.input<typeof FeedSettings>> & { readonly id: string })[], env: Readonly<Record<string, string>> = {}): Promise<FeedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-feeds-'));
  const dataDir = join(folder, 'data');
  const tokens = new Map(feeds.map(({ id }) =>
    [id, issueToken(tokenPathIn(dataDir), { feedId: SourceId.parse(id), scope: {}, expiresAtMs: null }, Date.now()).token]));
  const server = await startServer({ dataDir, env: { IOC_LIVE: 'feeds', IOC_INGEST: 'tokens', IOC_FEEDS: writeFeeds(folder, feeds), ...env } });
  return {
    ...server,
    tokenOf: (feedId) => tokens.get(feedId) ?? '',
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
