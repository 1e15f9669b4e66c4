import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createWazuhFeed } from '../../server/sources/wazuh/decode.ts';
import { aFeed, aPlacer } from '../support/aFeed.ts';
import { ensureDebian } from '../support/debianService.ts';
import { decodeWith } from '../support/someLines.ts';

const SCRIPT = resolve(import.meta.dirname, '../../docs/feeds/wazuh/custom-ioc');
const python = await ensureDebian('python3-minimal', 'python3');
const folder = mkdtempSync(join(tmpdir(), 'ioc-wazuh-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Synthetic. */
const ALERT = {
  timestamp: '2026-03-01T08:00:00.123+0700', id: '1772326800.12345',
  rule: { level: 10, description: 'Người dùng nguoi-dung bị khóa lần 5 từ 203.0.113.7', id: '5712', groups: ['sshd'], mail: false },
  agent: { id: '003', name: 'web-01', ip: '192.0.2.3', labels: { ioc_locality: '672' } }, manager: { name: 'wazuh-68' },
  full_log: 'Failed password for nguoi-dung', data: { srcip: '203.0.113.7', times: '5', dstuser: 'nguoi-dung', win: { eventdata: { targetUserName: 'nguoi-dung' } } },
};

/** Runs the script against a server that answers with these codes, one after the other. */
async function run(...codes: readonly number[]) {
  const posts: { authorization: string | undefined; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; }).on('end', () => {
      posts.push({ authorization: request.headers.authorization, body });
      response.writeHead(codes[posts.length - 1] ?? 500, { 'Retry-After': '0' }).end('why');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const file = join(folder, 'alert.json');
  writeFileSync(file, JSON.stringify(ALERT));
  const child = spawn(python!, [SCRIPT, file, 'ioc_token', `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/feeds/wazuh`], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { said += chunk; });
  const [exitCode] = await once(child, 'close') as [number];
  server.close();
  return { posts, exitCode, said };
}

describe.skipIf(python === null)('custom-ioc', () => {
  test('[SE10] sends what the display reads, and nobody\'s name', async () => {
    const { posts, exitCode } = await run(200);
    expect([exitCode, posts.length, posts[0]?.authorization]).toEqual([0, 1, 'Bearer ioc_token']);
    expect(posts[0]?.body).not.toContain('nguoi-dung');
    const feed = aFeed({ format: 'wazuh' });
    const items = decodeWith(createWazuhFeed(aPlacer), feed, JSON.parse(posts[0]!.body), 'application/json');
    expect(items).toMatchObject([{ kind: 'report', report: { title: 'Người dùng … bị khóa lần 5 từ …', severity: 'medium', localityCode: '672', conditionId: 'wazuh-68/5712/003/203.0.113.7' } }]);
  });

  test('[SE18] comes again when it is asked to, and says what it could not send', async () => {
    expect(await run(503, 429, 200)).toMatchObject({ exitCode: 0, posts: { length: 3 } });
    expect(await run(401)).toMatchObject({ exitCode: 1, posts: { length: 1 }, said: expect.stringContaining('answered 401: why') });
    expect(await run(503, 503, 503, 503)).toMatchObject({ exitCode: 1, posts: { length: 4 }, said: expect.stringContaining('not sent after 4 tries') });
  });
});
