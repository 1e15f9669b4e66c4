import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const ID_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const ID_LENGTH = 8;
const SECRET_BYTES = 32;
const TOKEN = /^ioc_([a-z0-9]{8})_([A-Za-z0-9_-]{43})$/;

export interface ShownToken {
  /** Public: names the token in lists and in logs. */
  readonly tokenId: string;
  readonly secret: string;
}

/** 256 random bits. Without letters and digits that are taken for each other (0 o, 1 l i) in the part that people read out. */
export function makeToken(): ShownToken {
  const tokenId = Array.from({ length: ID_LENGTH }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('');
  return { tokenId, secret: randomBytes(SECRET_BYTES).toString('base64url') };
}

export function formatToken({ tokenId, secret }: ShownToken): string {
  return `ioc_${tokenId}_${secret}`;
}

/** `null`: not of our form. */
export function parseToken(text: string): ShownToken | null {
  const [, tokenId, secret] = TOKEN.exec(text) ?? [];
  return tokenId === undefined || secret === undefined ? null : { tokenId, secret };
}

/**
 * What is kept of a secret. Plain SHA-256 is right here: a slow hash (argon2) makes guessing of what people choose dear, and 256
 * random bits cannot be guessed at any price. A slow one would only let strangers make this server work 50 ms for every wrong token.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** In a time that does not depend on how much of it is right. */
export function isSecretOf(secret: string, hash: string): boolean {
  const [got, expected] = [Buffer.from(hashSecret(secret), 'base64url'), Buffer.from(hash, 'base64url')];
  return got.length === expected.length && timingSafeEqual(got, expected);
}
