import { expect, test } from 'vitest';
import { hashPassword, isPasswordOf, makePassword, PASSWORD_HASH } from '../../../server/access/password.ts';

test('[SG2] a password is kept as argon2id with 19 MiB, two passes and a salt of its own', async () => {
  const [one, other] = await Promise.all([hashPassword('bốn mùa hoa sữa'), hashPassword('bốn mùa hoa sữa')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).toMatch(PASSWORD_HASH);
  expect(one).not.toBe(other);
  expect(await Promise.all([isPasswordOf('bốn mùa hoa sữa', one), isPasswordOf('bốn mùa hoa sưa', one), isPasswordOf('', one)])).toEqual([true, false, false]);
});

test('[SG2] the same letters typed in another spelling of Unicode are the same password', async () => {
  const hash = await hashPassword('Tường lửa'.normalize('NFC'));
  expect(await isPasswordOf('Tường lửa'.normalize('NFD'), hash)).toBe(true);
});

test('[SG2] hashes of other programs and costs are read: the reference implementation\'s own test vector; what is no such hash is never right', async () => {
  const REFERENCE = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await Promise.all([isPasswordOf('password', REFERENCE), isPasswordOf('Password', REFERENCE)])).toEqual([true, false]);
  const made = await hashPassword('x');
  for (const wrong of ['', 'x', made.replace('t=2', 't=3'), made.replace('argon2id', 'argon2i'), made.replace('m=19456', 'm=99999999'), made.slice(0, 60)]) expect(await isPasswordOf('x', wrong)).toBe(false);
});

test('[SG2] a one-time password is random, and has no letters that are taken for each other', () => {
  const made = Array.from({ length: 200 }, makePassword);
  for (const password of made) expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
  expect(new Set(made).size).toBe(made.length);
});
