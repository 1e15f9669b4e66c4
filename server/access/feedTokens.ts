import type { FeedTokenAnswer, FeedTokens } from '../ports/feedTokens.ts';
import { openChangingFile } from './changingFile.ts';
import { isSecretOf, parseToken } from './feedToken.ts';
import { type KeptToken, readTokens, readUses, type TokenUses, writeUses } from './tokenFile.ts';

const HOUR_MS = 3_600_000;

export interface FeedTokensOptions {
  readonly path: string;
  readonly nowMs: () => number;
  /** Told when the file can no longer be read; what was read before goes on counting. */
  readonly onError: (error: unknown) => void;
}

/** @throws Error as `readTokens` does, when the file is wrong at the start. */
export function openFeedTokens({ path, nowMs, onError }: FeedTokensOptions): FeedTokens {
  const file = openChangingFile({ path, read: (from) => byId(readTokens(from)), nowMs, onError });
  let uses: TokenUses = readUses(path);

  /** To the hour, so that the file is written once an hour and token, whatever is posted. */
  function noteUse(tokenId: string, atMs: number): void {
    const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
    if (uses[tokenId] === hourMs) return;
    uses = { ...uses, [tokenId]: hourMs };
    try {
      writeUses(path, uses);
    } catch (error) {
      onError(error);
    }
  }

  return {
    judge(authorization) {
      const atMs = nowMs();
      const tokens = file.current();
      const shown = parseToken(/^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '');
      if (shown === null) return refuse(null, 'no-token', authorization === undefined ? 'The request has no token.' : 'What the header Authorization holds is no token of this server.');
      // One that was made just now is looked for at once.
      const kept = tokens.get(shown.tokenId) ?? file.latest().get(shown.tokenId);
      if (kept === undefined || !isSecretOf(shown.secret, kept.secretHash)) {
        return refuse(kept?.feedId ?? null, 'unknown-token', 'This token is not known here.');
      }
      const { tokenId, feedId, scope, expiresAtMs, revokedAtMs } = kept;
      if (revokedAtMs !== null) return refuse(feedId, 'revoked-token', `Token ${tokenId} was revoked at ${new Date(revokedAtMs).toISOString()}.`);
      if (expiresAtMs !== null && expiresAtMs <= atMs) return refuse(feedId, 'expired-token', `Token ${tokenId} expired at ${new Date(expiresAtMs).toISOString()}.`);
      noteUse(tokenId, atMs);
      return { kind: 'granted', grant: { tokenId, feedId, scope } };
    },
  };
}

function refuse(feedId: KeptToken['feedId'] | null, reason: Extract<FeedTokenAnswer, { kind: 'refused' }>['reason'], why: string): FeedTokenAnswer {
  return { kind: 'refused', feedId, reason, why };
}

function byId(tokens: readonly KeptToken[]): ReadonlyMap<string, KeptToken> {
  return new Map(tokens.map((token) => [token.tokenId, token]));
}
