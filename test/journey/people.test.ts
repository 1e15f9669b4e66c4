import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { runIoc } from '../support/ioc.ts';
import { type RunningServer, startServer } from '../support/startServer.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'ioc-people-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
});

const ioc = (...args: string[]) => runIoc([...args, '--data', data]);
async function start(env: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const server = await startServer({ dataDir: data, env: { IOC_LIVE: 'feeds', ...env } });
  onTestFinished(() => server.stop());
  return server;
}
const post = ({ url }: RunningServer, path: string, body: unknown, cookie = '') =>
  fetch(`${url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', Cookie: cookie }, body: JSON.stringify(body) });
const cookieOf = (response: Response) => response.headers.get('Set-Cookie')?.split(';')[0] ?? '';

describe('[SG13] npm run ioc -- user', () => {
  test('create says password and authenticator once; list, and the file, never do', async () => {
    const created = await ioc('user', 'create', '--account', 'ha.lt', '--name', 'Lê Thị Hà', '--role', 'operator', '--totp');
    expect(created.code).toBe(0);
    const [password = '', uri = ''] = created.out.trimEnd().split('\n');
    expect([password, uri]).toEqual([expect.stringMatching(/^[a-z0-9-]{23}$/), expect.stringMatching(/^otpauth:\/\/totp\/IOC:ha\.lt\?/)]);
    const listed = await ioc('user', 'list');
    expect(listed.out.split('\n')[1]).toMatch(/^ha\.lt\tLê Thị Hà\toperator\tactive\tyes\tyes\t/);
    for (const text of [created.error, listed.out]) expect(text).not.toContain(password);
    expect(readFileSync(join(data, 'accounts.json'), 'utf8')).not.toContain(password);
    for (const [verb, says] of [['disable', /disabled since/], ['enable', /\tactive\t/]] as const) {
      expect((await ioc('user', verb, '--account', 'ha.lt')).code).toBe(0);
      expect((await ioc('user', 'list')).out).toMatch(says);
    }
    expect((await ioc('user', 'role', '--account', 'ha.lt', '--role', 'viewer')).code).toBe(0);
    expect((await ioc('user', 'totp', '--account', 'ha.lt', '--off')).out).toBe('');
    expect((await ioc('user', 'list')).out).toMatch(/\tviewer\tactive\tno\tyes\t/);
    expect((await ioc('user', 'password', '--account', 'ha.lt')).out.trimEnd()).not.toBe(password);
  });

  test('what is said wrongly is named', async () => {
    await ioc('user', 'create', '--account', 'ha.lt', '--name', 'Lê Thị Hà', '--role', 'operator');
    for (const [args, error] of [
      [['create', '--account', 'ha.lt', '--name', 'Hà', '--role', 'viewer'], /already/], [['create', '--account', 'Ha LT', '--name', 'Hà', '--role', 'viewer'], /--account: must be lower-case/],
      [['create', '--account', 'cu.nv', '--name', 'Cừ', '--role', 'boss'], /--role/], [['create', '--account', 'cu.nv'], /--name and --role/],
      [['role', '--account', 'ha.lt'], /Say which role/], [['disable', '--account', 'ai.do'], /no account "ai\.do"/], [['password'], /--account/], [['remove', '--account', 'ha.lt'], /no command here/],
    ] as const) {
      const said = await ioc('user', ...args);
      expect([args, said.code, said.error]).toEqual([args, 1, expect.stringMatching(error)]);
    }
  });
});

test('[AU4] a server that finds its trail cut writes that it was, and verify says so', async () => {
  const first = await start();
  await post(first, '/api/v1/session', { account: 'ai.do', password: 'x', code: null });
  await first.kill();
  const raw = new DatabaseSync(join(data, 'live-2021.sqlite'));
  raw.exec('DELETE FROM audit_row');
  raw.close();
  expect(await ioc('audit', 'verify')).toMatchObject({ code: 1, error: expect.stringContaining('broken at row 1') });
  const second = await start();
  expect(second.output()).toContain('another audit trail');
  expect(await ioc('audit', 'verify')).toMatchObject({ code: 0, out: expect.stringMatching(/Rows checked: 1\..* Before row 1 /) });
});

test('[SG14] a person is made, signs in, is seen in the trail, and is gone when disabled; the trail is whole after kill -9', async () => {
  const made = async (account: string, role: string, ...more: string[]) => (await ioc('user', 'create', '--account', account, '--name', account, '--role', role, ...more)).out.trimEnd().split('\n');
  const server = await start();
  const [given = '', uri = ''] = await made('ha.lt', 'operator', '--totp');
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const code = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  const asked = { account: 'ha.lt', password: given, code: null };
  expect((await (await post(server, '/api/v1/session', asked)).json()).type).toBe('urn:ioc:problem:must-change-password');
  const changed = await post(server, '/api/v1/session/password', { ...asked, code: code(), newPassword: 'sông Hồng chảy' });
  expect(changed.status).toBe(200);
  expect((await post(server, '/api/v1/session', { ...asked, password: 'sông Hồng chảy', code: code() })).status).toBe(401);
  const [auditorGiven = ''] = await made('cu.nv', 'auditor');
  const auditor = await post(server, '/api/v1/session/password', { account: 'cu.nv', password: auditorGiven, code: null, newPassword: 'núi Tản Viên cao' });
  await ioc('user', 'disable', '--account', 'ha.lt');
  await expect.poll(async () => (await (await fetch(`${server.url}/api/v1/session`, { headers: { Cookie: cookieOf(changed) } })).json()).person).toBeNull();
  const { rows } = await (await fetch(`${server.url}/api/v1/audit`, { headers: { Cookie: cookieOf(auditor) } })).json();
  const said = rows.map(({ action, actor, target, outcome }: Record<string, string>) => `${action} ${actor} ${target} ${outcome}`);
  expect(said).toEqual(expect.arrayContaining([
    'session.begin nobody ha.lt refused', 'session.begin ha.lt ha.lt done', 'session.begin cu.nv cu.nv done', 'account.change system ha.lt done',
  ]));
  const whole = await ioc('audit', 'verify');
  expect([whole.code, whole.out]).toEqual([0, expect.stringContaining(`Rows checked: ${rows.length}. Head: ${rows[0].hash}`)]);
  await server.kill();
  expect((await ioc('audit', 'verify')).out).toBe(whole.out);
  for (const secretText of [given, auditorGiven, 'sông Hồng', 'núi Tản']) expect(server.output()).not.toContain(secretText);
});
