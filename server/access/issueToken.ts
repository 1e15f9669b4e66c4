import type { SourceId } from '../../shared/domain/ids.ts';
import { formatToken, hashSecret, makeToken } from './feedToken.ts';
import { changeTokens, type KeptToken } from './tokenFile.ts';

/** Two, so that a sender can be given the new one before the old one ends; a third would be one that nobody remembers. */
const MAX_ACTIVE = 2;

export function isActive({ revokedAtMs, expiresAtMs }: KeptToken, nowMs: number): boolean {
  return revokedAtMs === null && (expiresAtMs === null || expiresAtMs > nowMs);
}

export interface AskedToken {
  readonly feedId: SourceId;
  readonly scope: KeptToken['scope'];
  /** `null`: never. */
  readonly expiresAtMs: number | null;
}

export interface IssuedToken {
  readonly kept: KeptToken;
  /** To be shown once: it can be had from nowhere else. */
  readonly token: string;
}

/** @throws Error that says what to do when the feed has its two tokens. */
export function issueToken(path: string, { feedId, scope, expiresAtMs }: AskedToken, nowMs: number): IssuedToken {
  return changeTokens(path, (tokens) => {
    const active = tokens.filter((token) => token.feedId === feedId && isActive(token, nowMs));
    if (active.length >= MAX_ACTIVE) {
      const list = active.map(({ tokenId, createdAtMs }) => `${tokenId} (of ${new Date(createdAtMs).toISOString()})`).join(' and ');
      throw new Error(`Feed "${feedId}" has ${active.length} active tokens, ${list}, and may have ${MAX_ACTIVE}. Revoke the one that is no longer used first: npm run ioc -- token revoke ${active[0]?.tokenId}`);
    }
    let made = makeToken();
    while (tokens.some(({ tokenId }) => tokenId === made.tokenId)) made = makeToken();
    const kept: KeptToken = { tokenId: made.tokenId, feedId, secretHash: hashSecret(made.secret), scope, createdAtMs: nowMs, expiresAtMs, revokedAtMs: null };
    return { tokens: [...tokens, kept], result: { kept, token: formatToken(made) } };
  });
}

/** Again is no error: it stays revoked since the first time. @throws Error when there is no such token. */
export function revokeToken(path: string, tokenId: string, nowMs: number): KeptToken {
  return changeTokens(path, (tokens) => {
    const found = tokens.find((token) => token.tokenId === tokenId);
    if (found === undefined) throw new Error(`There is no token "${tokenId}" in ${path}. npm run ioc -- token list names those there are.`);
    const revoked = { ...found, revokedAtMs: found.revokedAtMs ?? nowMs };
    return { tokens: tokens.map((token) => (token === found ? revoked : token)), result: revoked };
  });
}
