import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { formatToken, hashSecret, isSecretOf, makeToken, parseToken } from '../../../server/access/feedToken.ts';
import { openFeedTokens } from '../../../server/access/feedTokens.ts';
import { type AskedToken, issueToken, revokeToken } from '../../../server/access/issueToken.ts';
import { readTokens, readUses, tokenPathIn } from '../../../server/access/tokenFile.ts';
import { SourceId } from '../../../shared/domain/ids.ts';

const T0 = Date.parse('2026-11-29T07:00:00Z');
const SOC: AskedToken = { feedId: SourceId.parse('soc-48'), scope: {}, expiresAtMs: null };
let path = '';

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-tokens-'));
  path = tokenPathIn(folder);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

function open(nowMs: () => number = () => T0) {
  const errors: unknown[] = [];
  return { tokens: openFeedTokens({ path, nowMs, onError: (error) => errors.push(error) }), errors };
}

describe('the form of a token', () => {
  test('[FK1] is ioc_<8 characters>_<43 characters>, of 256 random bits, and reads back', () => {
    const made = Array.from({ length: 200 }, makeToken);
    for (const token of made) {
      expect(formatToken(token)).toMatch(/^ioc_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/);
      expect(parseToken(formatToken(token))).toEqual(token);
    }
    expect(new Set(made.map(({ secret }) => secret)).size).toBe(made.length);
  });

  test('[FK1] anything else is no token, whatever it is', () => {
    fc.assert(fc.property(fc.string(), (text) => { expect(parseToken(text)).toBeNull(); }));
    const { tokenId, secret } = makeToken();
    for (const text of [`ioc_${tokenId}_${secret}x`, `ioc_${tokenId}_${secret.slice(1)}`, `IOC_${tokenId}_${secret}`, `ioc_${tokenId}${secret}`, ` ioc_${tokenId}_${secret}`]) expect(parseToken(text)).toBeNull();
  });

  test('[FK2] a secret is told from every other one by its hash alone', () => {
    const [a, b] = [makeToken().secret, makeToken().secret];
    expect(isSecretOf(a, hashSecret(a))).toBe(true);
    expect(isSecretOf(a, hashSecret(b))).toBe(false);
    expect(isSecretOf(a, '')).toBe(false);
  });
});

describe('tokens of a feed', () => {
  test('[FK2] the secret is kept nowhere, and the file is its owner\'s only', () => {
    const { token } = issueToken(path, SOC, T0);
    const secret = parseToken(token)?.secret ?? '';
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain(secret);
    expect(text).toContain(hashSecret(secret));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('[FK3] a feed has at most two active tokens; a third is refused with what to do, until one is revoked or over', () => {
    const first = issueToken(path, SOC, T0).kept;
    issueToken(path, { ...SOC, expiresAtMs: T0 + 1_000 }, T0);
    expect(() => issueToken(path, SOC, T0)).toThrow(new RegExp(`has 2 active tokens.*token revoke ${first.tokenId}`));
    expect(issueToken(path, { ...SOC, feedId: SourceId.parse('soc-01') }, T0).kept.feedId).toBe('soc-01');
    expect(issueToken(path, SOC, T0 + 1_000).kept.feedId).toBe('soc-48');
    expect(() => issueToken(path, SOC, T0 + 1_000)).toThrow();
    revokeToken(path, first.tokenId, T0 + 1_000);
    expect(issueToken(path, SOC, T0 + 1_000).kept.createdAtMs).toBe(T0 + 1_000);
  });

  test('[FK3] revoking again changes nothing; revoking what is not there says where to look', () => {
    const { tokenId } = issueToken(path, SOC, T0).kept;
    expect(revokeToken(path, tokenId, T0 + 1).revokedAtMs).toBe(T0 + 1);
    expect(revokeToken(path, tokenId, T0 + 9).revokedAtMs).toBe(T0 + 1);
    expect(() => revokeToken(path, 'aaaaaaaa', T0)).toThrow(/no token "aaaaaaaa".*token list/);
  });

  test('[FK3] a second command meanwhile is refused, and the file stays as it was', () => {
    issueToken(path, SOC, T0);
    const before = readFileSync(path, 'utf8');
    writeFileSync(`${path}.lock`, '');
    expect(() => issueToken(path, SOC, T0)).toThrow(/Another command.*delete .*tokens\.json\.lock/);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});

describe('judging what is shown', () => {
  test('[FK4] a right token grants its feed and scope, whatever the case of "Bearer"', () => {
    const { token, kept } = issueToken(path, { ...SOC, scope: { localities: ['48' as never] } }, T0);
    const { tokens } = open();
    for (const scheme of ['Bearer', 'bearer', 'BEARER ']) {
      expect(tokens.judge(`${scheme} ${token}`)).toEqual({ kind: 'granted', grant: { tokenId: kept.tokenId, feedId: 'soc-48', scope: { localities: ['48'] } } });
    }
  });

  test('[FK4] a wrong one is refused with a reason, and never with what was shown', () => {
    const good = issueToken(path, SOC, T0);
    const expired = issueToken(path, { ...SOC, expiresAtMs: T0 + 10 }, T0);
    const gone = issueToken(path, { ...SOC, feedId: SourceId.parse('soc-01') }, T0);
    revokeToken(path, gone.kept.tokenId, T0 + 5);
    const { tokens } = open(() => T0 + 10);
    const forged = `ioc_${good.kept.tokenId}_${makeToken().secret}`;
    for (const [authorization, reason, feedId] of [
      [undefined, 'no-token', null], ['', 'no-token', null], [`Basic ${good.token}`, 'no-token', null], ['Bearer x', 'no-token', null],
      [`Bearer ${formatToken(makeToken())}`, 'unknown-token', null], [`Bearer ${forged}`, 'unknown-token', 'soc-48'],
      [`Bearer ${expired.token}`, 'expired-token', 'soc-48'], [`Bearer ${gone.token}`, 'revoked-token', 'soc-01'],
      // Without its secret, nobody hears whether a token was revoked.
      [`Bearer ioc_${gone.kept.tokenId}_${makeToken().secret}`, 'unknown-token', 'soc-01'],
    ] as const) {
      const answer = tokens.judge(authorization);
      expect([authorization, answer]).toMatchObject([authorization, { kind: 'refused', reason, feedId }]);
      for (const secret of [good, expired, gone].map(({ token }) => token.slice(13))) expect(JSON.stringify(answer)).not.toContain(secret);
    }
  });

  test('[FK5] a token made while the server runs is right at once, a revoked one wrong after a quarter of a second', () => {
    let nowMs = T0;
    const { tokens } = open(() => nowMs);
    const { token, kept } = issueToken(path, SOC, T0);
    expect(tokens.judge(`Bearer ${token}`).kind).toBe('granted');
    revokeToken(path, kept.tokenId, T0);
    nowMs += 250;
    expect(tokens.judge(`Bearer ${token}`)).toMatchObject({ kind: 'refused', reason: 'revoked-token' });
  });

  test('[FK5] a file that breaks meanwhile is told of, and what was read before counts; a broken one stops the start', () => {
    let nowMs = T0;
    const { token } = issueToken(path, SOC, T0);
    const { tokens, errors } = open(() => nowMs);
    writeFileSync(path, '{"version":1,"tokens":[{}]}');
    nowMs += 250;
    expect(tokens.judge(`Bearer ${token}`).kind).toBe('granted');
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(/tokens\.json cannot be used: at tokens\.0/) })]);
    expect(() => open()).toThrow(/tokens\.json cannot be used/);
    rmSync(path);
    nowMs += 250;
    expect(tokens.judge(`Bearer ${token}`).kind).toBe('refused');
  });

  test('[FK6] the last use is kept to the hour, in a file of its own that the command does not write', () => {
    let nowMs = T0 + 12_345;
    const { token, kept } = issueToken(path, SOC, T0);
    const written = readFileSync(path, 'utf8');
    const { tokens } = open(() => nowMs);
    tokens.judge(`Bearer ${token}`);
    expect(readUses(path)).toEqual({ [kept.tokenId]: T0 });
    nowMs += 3_600_000;
    tokens.judge(`Bearer ioc_${kept.tokenId}_${makeToken().secret}`);
    expect(readUses(path)).toEqual({ [kept.tokenId]: T0 });
    expect(readFileSync(path, 'utf8')).toBe(written);
    expect(readTokens(path)).toHaveLength(1);
  });
});
