import { Secret, TOTP } from 'otpauth';

const ISSUER = 'IOC';
/** RFC 6238 with what every authenticator app does by default. */
const SHAPE = { issuer: ISSUER, algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** RFC 4226 §4 recommends 160 bits. */
const SECRET_BYTES = 20;
/** Steps before and after: clocks of phones, and the time it takes to type (RFC 6238 §5.2). */
const WINDOW_STEPS = 1;

export function makeTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What an authenticator app reads, as text or as a picture made of it. */
export function totpUri(account: string, secret: string): string {
  return new TOTP({ ...SHAPE, label: account, secret: Secret.fromBase32(secret) }).toString();
}

/** Number of the 30 s step whose code this is; `null`: of none near. A step is to be taken once (RFC 6238 §5.2). */
export function totpStepOf(secret: string, code: string, atMs: number): number | null {
  const totp = new TOTP({ ...SHAPE, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token: code, timestamp: atMs, window: WINDOW_STEPS });
  return delta === null ? null : totp.counter({ timestamp: atMs }) + delta;
}
