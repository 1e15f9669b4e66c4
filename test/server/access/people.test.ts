import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TOTP, Secret } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeAccount, changeAccounts, readAccounts } from '../../../server/access/accountFile.ts';
import { makeTotpSecret } from '../../../server/access/totp.ts';
import type { SignInDto } from '../../../shared/protocol/session.ts';
import { anAccount, PASSWORD, somePeople } from '../../support/somePeople.ts';

const DESK = '10.20.0.15';
const MINUTE_MS = 60_000;
const right: SignInDto = { account: 'ha.lt', password: PASSWORD, code: null };
const wrong: SignInDto = { ...right, password: 'a guess of somebody' };
/** The limits count by the system's clock; here it is turned by hand. */
beforeEach(() => { vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }); });
afterEach(() => { vi.useRealTimers(); });

describe('signing in', () => {
  test('[SG5] with account and password begins a session; the trail has it before', async () => {
    const { people, trail } = await somePeople([{}]);
    const answer = await people.signIn({ ...right, account: ' Ha.LT ' }, DESK, null);
    expect(answer).toMatchObject({ kind: 'signed-in', person: { account: 'ha.lt', name: 'Lê Thị Hà', role: 'operator' } });
    const sessionId = answer.kind === 'signed-in' ? answer.sessionId : '';
    expect(people.personOf(sessionId)).toEqual({ account: 'ha.lt', name: 'Lê Thị Hà', role: 'operator' });
    expect(trail.rows).toMatchObject([{ actor: 'ha.lt', station: DESK, action: 'session.begin', target: 'ha.lt', outcome: 'done', detail: { role: 'operator' } }]);
    await people.signOut(sessionId, DESK);
    expect(people.personOf(sessionId)).toBeNull();
    await people.signOut(sessionId, DESK);
    expect(trail.rows.map(({ action }) => action)).toEqual(['session.begin', 'session.end']);
  });

  test('[SG5] when the trail cannot be written, nobody is let in', async () => {
    const { people, trail } = await somePeople([{}]);
    trail.failWith = new Error('no room');
    await expect(people.signIn(right, DESK, null)).rejects.toThrow('no room');
  });

  test('[SG6] an unknown account, a wrong password and a disabled account are answered alike; the trail tells them apart and never says what was typed', async () => {
    const { people, trail } = await somePeople([{}, { account: 'cu.nv', disabledAtMs: 1 }]);
    const tries = [{ ...right, account: 'ai.do' }, wrong, { ...right, account: 'cu.nv' }, { ...right, account: 'Hunter2 is my password' }];
    for (const asked of tries) expect(await people.signIn(asked, DESK, null)).toEqual({ kind: 'refused' });
    expect(trail.rows.map(({ actor, target, outcome, detail }) => [actor, target, outcome, detail.reason])).toEqual([
      ['nobody', 'ai.do', 'refused', 'unknown-account'], ['nobody', 'ha.lt', 'refused', 'wrong-password'], ['nobody', 'cu.nv', 'refused', 'disabled'], ['nobody', null, 'refused', 'unknown-account'],
    ]);
    const said = JSON.stringify(trail.rows);
    for (const secret of [PASSWORD, wrong.password, 'hunter2', 'Hunter2']) expect(said).not.toContain(secret);
  });

  test('[SG7] five wrong ones lock the account for 15 minutes, the right password too; then it opens', async () => {
    const { people, trail } = await somePeople([{}, { account: 'cu.nv' }]);
    for (let guess = 1; guess <= 5; guess++) expect(await people.signIn(wrong, `10.0.0.${guess}`, null)).toEqual({ kind: 'refused' });
    expect(trail.rows.map(({ action }) => action)).toEqual([...Array(5).fill('session.begin'), 'session.lock']);
    expect(await people.signIn(right, DESK, null)).toEqual({ kind: 'locked', retryAfterMs: 15 * MINUTE_MS });
    expect(await people.signIn({ ...right, account: 'cu.nv' }, DESK, null)).toMatchObject({ kind: 'signed-in' });
    vi.advanceTimersByTime(15 * MINUTE_MS - 1);
    expect(await people.signIn(right, DESK, null)).toMatchObject({ kind: 'locked' });
    vi.advanceTimersByTime(1);
    expect(await people.signIn(right, DESK, null)).toMatchObject({ kind: 'signed-in' });
  });

  test('[SG7] wrong ones count for 15 minutes; right ones never do, and wipe nothing out', async () => {
    const { people } = await somePeople([{}]);
    for (let guess = 1; guess <= 4; guess++) await people.signIn(wrong, DESK, null);
    for (let time = 1; time <= 6; time++) expect(await people.signIn(right, DESK, null)).toMatchObject({ kind: 'signed-in' });
    await people.signIn(wrong, DESK, null);
    expect(await people.signIn(right, DESK, null)).toMatchObject({ kind: 'locked' });
    vi.advanceTimersByTime(15 * MINUTE_MS);
    for (let guess = 1; guess <= 4; guess++) await people.signIn(wrong, DESK, null);
    vi.advanceTimersByTime(15 * MINUTE_MS);
    await people.signIn(wrong, DESK, null);
    expect(await people.signIn(right, DESK, null)).toMatchObject({ kind: 'signed-in' });
  });

  test('[SG7] many at once are no more guesses than one after the other', async () => {
    const { people } = await somePeople([{}]);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => people.signIn({ ...wrong, password: `guess ${index}` }, `10.0.1.${index}`, null)));
    expect(answers.filter(({ kind }) => kind === 'refused')).toHaveLength(5);
    expect(answers.filter(({ kind }) => kind === 'locked')).toHaveLength(7);
  });

  test('[SG7] twenty wrong ones from one address close that address, whatever the accounts, and no other', async () => {
    const { people, trail } = await somePeople([{}]);
    for (let guess = 0; guess < 20; guess++) expect(await people.signIn({ ...wrong, account: `ai.do${guess}` }, DESK, null)).toEqual({ kind: 'refused' });
    expect(await people.signIn(right, DESK, null)).toMatchObject({ kind: 'locked', retryAfterMs: expect.any(Number) });
    expect(await people.signIn(right, '10.20.0.16', null)).toMatchObject({ kind: 'signed-in' });
    // What was not looked at is not in the trail: else whoever is locked out could fill the disk.
    expect(trail.rows).toHaveLength(21);
  });

  test('[SG7] more than wait at once are told to come again, and that is no wrong guess', async () => {
    const { people } = await somePeople(Array.from({ length: 40 }, (_, index) => ({ account: `nguoi${index}` })));
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => people.signIn({ ...right, account: `nguoi${index}` }, `10.0.2.${index}`, null)));
    expect(answers.filter(({ kind }) => kind === 'signed-in')).toHaveLength(32);
    expect(answers.filter(({ kind }) => kind === 'busy')).toHaveLength(8);
    expect(await people.signIn({ ...right, account: 'nguoi39' }, '10.0.2.39', null)).toMatchObject({ kind: 'signed-in' });
  });
});

describe('[SG3] with an authenticator', () => {
  const secret = makeTotpSecret();
  const codeAt = (atMs: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs });

  test('the code is asked for after the right password, and a wrong one is as a wrong password', async () => {
    const { people, clock } = await somePeople([{ totpSecret: secret }]);
    expect(await people.signIn(wrong, DESK, null)).toEqual({ kind: 'refused' });
    for (let time = 1; time <= 6; time++) expect(await people.signIn(right, DESK, null)).toEqual({ kind: 'code-needed' });
    const other = codeAt(clock.nowMs + 20 * MINUTE_MS);
    for (let guess = 1; guess <= 4; guess++) expect(await people.signIn({ ...right, code: other }, DESK, null)).toEqual({ kind: 'refused' });
    expect(await people.signIn({ ...right, code: codeAt(clock.nowMs) }, DESK, null)).toMatchObject({ kind: 'locked' });
  });

  test('no code is good twice, nor one older than the last, also after a restart', async () => {
    const { people, open, clock } = await somePeople([{ totpSecret: secret }]);
    const before = codeAt(clock.nowMs - 30_000);
    const now = { ...right, code: codeAt(clock.nowMs) };
    expect(await people.signIn(now, DESK, null)).toMatchObject({ kind: 'signed-in' });
    expect(await people.signIn(now, DESK, null)).toEqual({ kind: 'refused' });
    expect(await people.signIn({ ...right, code: before }, DESK, null)).toEqual({ kind: 'refused' });
    const again = await open();
    expect(await again.signIn(now, DESK, null)).toEqual({ kind: 'refused' });
    clock.nowMs += 30_000;
    expect(await again.signIn({ ...right, code: codeAt(clock.nowMs) }, DESK, null)).toMatchObject({ kind: 'signed-in' });
  });
});

describe('[SG8] a password of one\'s own', () => {
  const given = { mustChange: true };

  test('is asked for where a command made it; then it is good, the given one is not, and other sessions end', async () => {
    const { people, path, trail } = await somePeople([given]);
    expect(await people.signIn(right, DESK, null)).toEqual({ kind: 'must-change' });
    expect(await people.signIn(right, DESK, PASSWORD)).toEqual({ kind: 'must-change' });
    const first = await people.signIn(right, DESK, 'sông Hồng chảy');
    expect(first).toMatchObject({ kind: 'signed-in' });
    expect(readAccounts(path)[0]).toMatchObject({ mustChange: false });
    expect(await people.signIn(right, DESK, null)).toEqual({ kind: 'refused' });
    const second = await people.signIn({ ...right, password: 'sông Hồng chảy' }, DESK, 'sông Đà chảy xiết');
    expect(people.personOf(first.kind === 'signed-in' ? first.sessionId : '')).toBeNull();
    expect(people.personOf(second.kind === 'signed-in' ? second.sessionId : '')).not.toBeNull();
    expect(JSON.stringify(trail.rows)).not.toMatch(/sông|argon2/);
  });

  test('takes the place only of the password that was judged: of two at once one is set, and one that a command made meanwhile stays', async () => {
    const { people, path } = await somePeople([{}]);
    const answers = await Promise.all(['hoa sữa về trong gió', 'mùa thu Hà Nội xưa'].map((newPassword) => people.signIn(right, DESK, newPassword)));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['refused', 'signed-in']);
    changeAccount(path, 'ha.lt', (kept) => ({ ...kept, mustChange: true }));
    const winner = answers[0]?.kind === 'signed-in' ? 'hoa sữa về trong gió' : 'mùa thu Hà Nội xưa';
    const late = people.signIn({ ...right, password: winner }, DESK, 'một mật khẩu khác nữa');
    const { passwordHash } = await anAccount({});
    await new Promise((done) => { setImmediate(done); });
    changeAccount(path, 'ha.lt', (kept) => ({ ...kept, passwordHash, mustChange: true }));
    expect((await late).kind).toBe('refused');
    expect(readAccounts(path)[0]).toMatchObject({ passwordHash, mustChange: true });
  });

  test('is not set by whoever has the wrong one', async () => {
    const { people, path } = await somePeople([{}]);
    const before = readFileSync(path, 'utf8');
    expect(await people.signIn(wrong, DESK, 'of a stranger, and long')).toEqual({ kind: 'refused' });
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});

describe('[SG9] the file of accounts', () => {
  test('is its owner\'s only, and so is that of used codes', async () => {
    const secret = makeTotpSecret();
    const { people, path, clock } = await somePeople([{ totpSecret: secret }]);
    await people.signIn({ ...right, code: new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.nowMs }) }, DESK, null);
    for (const file of [path, join(dirname(path), 'account-uses.json')]) expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is read again when a command has changed it: new ones may come, disabled ones go, and the trail says so', async () => {
    const { people, path, clock, trail } = await somePeople([{}]);
    const answer = await people.signIn(right, DESK, null);
    const sessionId = answer.kind === 'signed-in' ? answer.sessionId : '';
    const kept = await anAccount({ account: 'cu.nv', role: 'auditor' });
    changeAccounts(path, (accounts) => [...accounts, kept]);
    expect(await people.signIn({ ...right, account: 'cu.nv' }, DESK, null)).toMatchObject({ kind: 'signed-in' });
    changeAccount(path, 'ha.lt', (before) => ({ ...before, disabledAtMs: 5 }));
    clock.nowMs += 250;
    expect(people.personOf(sessionId)).toBeNull();
    expect(trail.rows.filter(({ action }) => action === 'account.change').map(({ actor, target, detail }) => [actor, target, detail])).toEqual([
      ['system', 'cu.nv', { change: 'created', role: 'auditor', asksForCode: false }], ['system', 'ha.lt', { isDisabled: true }],
    ]);
  });

  test('that can no longer be read is told of, and what was read before goes on counting', async () => {
    const { people, path, clock, errors } = await somePeople([{}]);
    writeFileSync(path, '{"version":1');
    clock.nowMs += 250;
    expect(await people.signIn(right, DESK, null)).toMatchObject({ kind: 'signed-in' });
    expect(errors).toHaveLength(1);
  });
});

describe('[SG10] a second person', () => {
  test('confirms with account and password, under the same limits and without a session', async () => {
    const { people, trail } = await somePeople([{}, { account: 'cu.nv', name: 'Nguyễn Văn Cừ', mustChange: true }]);
    const asked = { account: 'ha.lt', password: PASSWORD, for: 'state:68.lgsp' };
    expect(await people.confirm(asked, DESK)).toEqual({ kind: 'confirmed', person: { account: 'ha.lt', name: 'Lê Thị Hà', role: 'operator' } });
    expect(await people.confirm({ ...asked, account: 'cu.nv' }, DESK)).toEqual({ kind: 'refused' });
    for (let guess = 1; guess <= 5; guess++) expect(await people.confirm({ ...asked, password: 'x' }, DESK)).toEqual({ kind: 'refused' });
    expect(await people.confirm(asked, DESK)).toMatchObject({ kind: 'locked' });
    expect(trail.rows.slice(0, 2).map(({ action, actor, target, outcome }) => [action, actor, target, outcome])).toEqual([
      ['session.confirm', 'ha.lt', 'state:68.lgsp', 'done'], ['session.confirm', 'cu.nv', 'state:68.lgsp', 'refused'],
    ]);
  });
});
