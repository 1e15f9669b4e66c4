import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { IndicatorId, LocalityCode, SourceId } from '../../shared/domain/ids.ts';
import { readJson, whileLocked, writeWhole } from './wholeFile.ts';

const AtMs = z.number().int().nonnegative();

export const KeptToken = z.strictObject({
  tokenId: z.string().regex(/^[a-z0-9]{8}$/, 'must be 8 lower-case letters and digits'),
  feedId: SourceId,
  /** SHA-256 of the secret, base64url. The secret itself is kept nowhere. */
  secretHash: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a SHA-256 in base64url'),
  /** Narrower than the feed's; absent: as wide. */
  scope: z.strictObject({ localities: z.array(LocalityCode).min(1).optional(), indicators: z.array(IndicatorId).min(1).optional() }),
  createdAtMs: AtMs,
  /** `null`: never. */
  expiresAtMs: AtMs.nullable(),
  /** `null`: not revoked. */
  revokedAtMs: AtMs.nullable(),
});
export type KeptToken = z.infer<typeof KeptToken>;

const TokenFile = z.strictObject({ version: z.literal(1), tokens: z.array(KeptToken) });
/** Last use by token id, epoch ms, to the hour. */
const TokenUses = z.record(z.string(), AtMs);
export type TokenUses = z.infer<typeof TokenUses>;

const REMEDY = 'It is written by npm run ioc -- token; put back a copy of it, or move it away and make new tokens with npm run ioc -- token create.';

export const tokenPathIn = (dataDir: string) => join(dataDir, 'tokens.json');
/** Apart from the tokens, so that a running server never writes what the command writes: it could undo a revocation. */
const usesPathOf = (tokenPath: string) => join(dirname(tokenPath), 'token-uses.json');

/** No file: no tokens. @throws Error that names the file and what is wrong in it. */
export function readTokens(path: string): readonly KeptToken[] {
  if (!existsSync(path)) return [];
  return readJson(path, TokenFile, REMEDY).tokens;
}

/** What cannot be read is forgotten: it is only told to people. */
export function readUses(tokenPath: string): TokenUses {
  try {
    return readJson(usesPathOf(tokenPath), TokenUses, REMEDY);
  } catch {
    return {};
  }
}

export function writeUses(tokenPath: string, uses: TokenUses): void {
  writeWhole(usesPathOf(tokenPath), uses);
}

/**
 * Reads, changes and writes the file while no other command does.
 * @throws Error as `readTokens` does, as `change` does, or that another command is at it.
 */
export function changeTokens<Result>(path: string, change: (tokens: readonly KeptToken[]) => { readonly tokens: readonly KeptToken[]; readonly result: Result }): Result {
  return whileLocked(path, () => {
    const { tokens, result } = change(readTokens(path));
    writeWhole(path, { version: 1, tokens });
    return result;
  });
}
