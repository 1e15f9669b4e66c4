import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTotpSecret, totpStepOf, totpUri } from '../../../server/access/totp.ts';

/** RFC 6238 appendix B, "12345678901234567890", the last six of its eight digits. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const RFC_CODES = [[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037']] as const;

describe('[SG3] the code of an authenticator', () => {
  test.each(RFC_CODES)('at %i s is %s, and 30 s before and after; not later or sooner', (atSec, code) => {
    const step = Math.floor(atSec / 30);
    for (const offset of [-1, 0, 1]) expect(totpStepOf(RFC_SECRET, code, (step + offset) * 30_000)).toBe(step);
    for (const offset of [-2, 2, 3]) expect(totpStepOf(RFC_SECRET, code, (step + offset) * 30_000)).toBeNull();
  });

  test('another code is of no step', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999 }), (number) => {
      const code = String(number).padStart(6, '0');
      const step = totpStepOf(RFC_SECRET, code, 59_000);
      expect(step === null || (step >= 0 && step <= 2)).toBe(true);
    }));
    for (const wrong of ['', '28708', '2870822', ' 287082', 'abcdef']) expect(totpStepOf(RFC_SECRET, wrong, 59_000)).toBeNull();
  });

  test('a secret is 160 random bits, and its address is what authenticator apps read', () => {
    const [one, other] = [makeTotpSecret(), makeTotpSecret()];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(one).not.toBe(other);
    const uri = new URL(totpUri('ha.lt', one));
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', 'totp', '/IOC:ha.lt']);
    expect(Object.fromEntries(uri.searchParams)).toEqual({ issuer: 'IOC', secret: one, algorithm: 'SHA1', digits: '6', period: '30' });
  });
});
