import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openFeedTokens } from '../../server/access/feedTokens.ts';
import { tokenPathIn } from '../../server/access/tokenFile.ts';
import { runIoc, writeFeeds } from '../support/ioc.ts';

let data = '';
let env: Readonly<Record<string, string>> = {};

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'ioc-command-'));
  env = { IOC_DATA: data, IOC_FEEDS: writeFeeds(data, [{ id: 'soc-48', localities: ['48'] }, { id: 'nation', indicators: ['alerts-open'] }]) };
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
});

const ioc = (...args: string[]) => runIoc(args, env);

describe('npm run ioc -- token', () => {
  test('[FK14] create says the secret once, alone on standard output; list and revoke never do', async () => {
    const created = await ioc('token', 'create', '--feed', 'soc-48', '--expires', '90d');
    expect([created.code, created.out]).toEqual([0, expect.stringMatching(/^ioc_[a-z0-9]{8}_[\w-]{43}\n$/)]);
    const token = created.out.trim();
    const tokenId = token.slice(4, 12);
    expect(created.error).toContain(tokenId);
    const listed = await ioc('token', 'list');
    expect(listed.out.split('\n')[1]).toMatch(new RegExp(`^${tokenId}\tsoc-48\tactive\t\\(feed\\)\t\\(feed\\)\t.*\tnever$`));
    const judge = () => openFeedTokens({ path: tokenPathIn(data), nowMs: () => Date.now(), onError: () => {} }).judge(`Bearer ${token}`).kind;
    expect(judge()).toBe('granted');
    const revoked = await ioc('token', 'revoke', token);
    expect([revoked.code, revoked.out]).toEqual([0, expect.stringContaining(`Token ${tokenId} of feed "soc-48" is revoked`)]);
    expect(judge()).toBe('refused');
    for (const text of [created.error, listed.out, revoked.out, readFileSync(tokenPathIn(data), 'utf8')]) expect(text).not.toContain(token.slice(13));
  });

  test('[FK14] a narrower scope is kept; a wider one, an unknown place and an unknown feed are refused by name', async () => {
    expect((await ioc('token', 'create', '--feed', 'soc-48', '--localities', '490,491', '--indicators', 'alerts-open')).code).toBe(0);
    expect((await ioc('token', 'list', '--feed', 'soc-48')).out).toContain('\t490,491\talerts-open\t');
    for (const [args, error] of [
      [['--feed', 'soc-48', '--localities', '01'], /localities 01 are not in 48.*widen feed "soc-48"/],
      [['--feed', 'nation', '--indicators', 'tslcd-latency'], /indicators tslcd-latency are not among alerts-open/],
      [['--feed', 'soc-48', '--localities', '00'], /Unknown: locality 00 \(of edition 2021\)/], [['--feed', 'soc-48', '--indicators', 'no-such'], /Unknown: indicator no-such/],
      [['--feed', 'soc-49'], /no feed "soc-49".*Known: soc-48, nation/], [[], /Say whose token it is: --feed/], [['--feed', 'soc-48', '--expires', 'soon'], /--expires "soon": say how long/],
      [['--feed', 'soc-48', '--expires', '2020-01-01T00:00:00Z'], /is past/], [['--feed', 'Soc 48'], /--feed: must be lower-case kebab/], [['--fed', 'soc-48'], /--fed/], [['--feed', 'soc-48', 'x'], /is no command here/],
    ] as const) {
      const said = await ioc('token', 'create', ...args);
      expect([args, said]).toEqual([args, { code: 1, out: '', error: expect.stringMatching(error) }]);
      expect(said.error).not.toMatch(/\bat .*\.ts/);
    }
  });

  test('[FK14] a third active token, an unknown token, an unknown command and a missing file of feeds say what to do', async () => {
    const first = (await ioc('token', 'create', '--feed', 'soc-48')).out.slice(4, 12);
    await ioc('token', 'create', '--feed', 'soc-48');
    expect((await ioc('token', 'create', '--feed', 'soc-48')).error).toContain(`token revoke ${first}`);
    expect((await ioc('token', 'revoke', 'aaaaaaaa')).error).toContain('token list');
    expect((await ioc('token', 'revoke')).error).toContain('token revoke <token id>');
    expect((await ioc('tokens')).error).toContain('"tokens" is no command here');
    expect((await runIoc(['token', 'create', '--feed', 'soc-48'], { IOC_DATA: data })).error).toContain('Set IOC_FEEDS');
    expect((await ioc('token', 'create', '--feed', 'soc-48', '--feeds', join(data, 'none.json'))).error).toMatch(/none\.json" cannot be used.*no such file/s);
  });
});
