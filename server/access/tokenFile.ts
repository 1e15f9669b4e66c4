import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { IndicatorId, LocalityCode, SourceId } from '../../shared/domain/ids.ts';

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

export const tokenPathIn = (dataDir: string) => join(dataDir, 'tokens.json');
/** Apart from the tokens, so that a running server never writes what the command writes: it could undo a revocation. */
const usesPathOf = (tokenPath: string) => join(dirname(tokenPath), 'token-uses.json');

/** No file: no tokens. @throws Error that names the file and what is wrong in it. */
export function readTokens(path: string): readonly KeptToken[] {
  if (!existsSync(path)) return [];
  return readJson(path, TokenFile).tokens;
}

/** What cannot be read is forgotten: it is only told to people. */
export function readUses(tokenPath: string): TokenUses {
  try {
    return readJson(usesPathOf(tokenPath), TokenUses);
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
  mkdirSync(dirname(path), { recursive: true });
  const lock = `${path}.lock`;
  let held: number;
  try {
    held = openSync(lock, 'wx', 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new Error(`Another command is changing ${path}. Wait for it and try again; if none is running, one was killed: delete ${lock}.`, { cause: error });
  }
  try {
    const { tokens, result } = change(readTokens(path));
    writeWhole(path, { version: 1, tokens });
    return result;
  } finally {
    closeSync(held);
    rmSync(lock, { force: true });
  }
}

function readJson<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}. Put back a copy of it, or move it away and make new tokens with npm run ioc -- token create.`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${path} cannot be used: at ${issue?.path.join('.') || 'its root'}: ${issue?.message ?? 'unknown problem'}. It is written by npm run ioc -- token; put back a copy of it, or move it away and make new tokens.`);
}

/** Whoever reads sees the old file or the new one, never a part, also after a power cut. */
function writeWhole(path: string, value: unknown): void {
  const unfinished = `${path}.${process.pid}.tmp`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
