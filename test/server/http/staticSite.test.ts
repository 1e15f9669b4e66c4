import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen, readProblem, talk } from './listen.ts';

function aBuiltClient(): string {
  const parent = mkdtempSync(join(tmpdir(), 'ioc-site-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  writeFileSync(join(parent, 'secret.txt'), 'secret');
  const site = join(parent, 'dist');
  mkdirSync(join(site, 'assets'), { recursive: true });
  writeFileSync(join(site, 'index.html'), '<!doctype html><title>IOC</title>');
  const files = { 'assets/index-B7x2kQ9a.js': 'export {};', 'assets/maplibre-gl-worker-Ab12_-9x.mjs': 'export {};', 'assets/inter-Ck3Zz0aQ.woff2': 'font', 'geography/edition-2021.topo.json': '{"type":"Topology"}' };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(site, path, '..'), { recursive: true });
    writeFileSync(join(site, path), text);
  }
  writeFileSync(join(site, 'geography/edition-2021.topo.json.gz'), gzipSync('{"type":"Topology"}'));
  writeFileSync(join(site, 'geography/edition-2021.topo.json.br'), brotliCompressSync('{"type":"Topology"}'));
  writeFileSync(join(site, '.build.json'), '{}');
  symlinkSync(join(parent, 'secret.txt'), join(site, 'link.txt'));
  return site;
}

describe('pages and files', () => {
  test('[X9] the page is served under the names of screens only, and always revalidated', async () => {
    const { url } = await listen({ staticDir: aBuiltClient() });
    for (const path of ['/', '/wall', '/wall?scene=nation&rotate=1', '/province/10', '/province/VN', '/demo', '/desk', '/desk/load', '/desk/walls', '/desk/rules', '/feeds', '/wall/']) {
      const response = await fetch(url + path);
      expect([path, response.status, response.headers.get('Content-Type'), response.headers.get('Cache-Control')]).toEqual([path, 200, 'text/html; charset=utf-8', 'no-cache']);
      expect(await response.text()).toContain('<title>IOC</title>');
    }
    for (const path of ['/walls', '/province', '/province/abc', '/province/10/x', '/index.html', '/WALL/x', '/assets', '/assets/', '/feeds/x']) {
      expect([path, await readProblem(await fetch(url + path))]).toMatchObject([path, { status: 404, mediaType: 'application/problem+json; charset=utf-8' }]);
    }
  });

  test('[X9] hashed files are kept for a year, others are revalidated; each has its type', async () => {
    const { url } = await listen({ staticDir: aBuiltClient() });
    const served = async (path: string) => {
      const { status, headers } = await fetch(url + path);
      return [status, headers.get('Content-Type'), headers.get('Cache-Control')];
    };
    expect(await served('/assets/index-B7x2kQ9a.js')).toEqual([200, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable']);
    expect(await served('/assets/maplibre-gl-worker-Ab12_-9x.mjs')).toEqual([200, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable']);
    expect(await served('/assets/inter-Ck3Zz0aQ.woff2')).toEqual([200, 'font/woff2', 'public, max-age=31536000, immutable']);
    expect(await served('/geography/edition-2021.topo.json')).toEqual([200, 'application/json; charset=utf-8', 'no-cache']);
  });

  test('[X9] a compressed copy is sent to who reads it, best first, and has no address of its own', async () => {
    const { url } = await listen({ staticDir: aBuiltClient() });
    const path = `${url}/geography/edition-2021.topo.json`;
    for (const [accepted, encoding] of [['gzip, deflate, br', 'br'], ['gzip', 'gzip'], ['identity', null]] as const) {
      const response = await fetch(path, { headers: { 'Accept-Encoding': accepted } });
      expect([response.headers.get('Content-Encoding'), response.headers.get('Vary'), response.headers.get('Content-Type'), await response.json()])
        .toEqual([encoding, 'Accept-Encoding', 'application/json; charset=utf-8', { type: 'Topology' }]);
    }
    expect((await fetch(`${path}.gz`)).status).toBe(404);
  });

  test('[X9] an unchanged file costs no body', async () => {
    const { url, port } = await listen({ staticDir: aBuiltClient() });
    const etag = (await fetch(`${url}/wall`)).headers.get('ETag');
    expect(await talk(port, `GET /wall HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIf-None-Match: ${etag}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 304 [^<]*$/);
  });

  test('[X9] a file is sent whole whatever range is asked for; a condition that does not hold is a 412', async () => {
    const { url } = await listen({ staticDir: aBuiltClient() });
    const whole = await (await fetch(`${url}/wall`)).text();
    for (const range of ['bytes=0-3', 'bytes=99999999-']) {
      const response = await fetch(`${url}/wall`, { headers: { Range: range } });
      expect([response.status, await response.text()]).toEqual([200, whole]);
    }
    expect(await readProblem(await fetch(`${url}/wall`, { headers: { 'If-Match': '"other"' } }))).toMatchObject({ status: 412, kind: 'precondition-failed' });
  });

  test('[X9] no path reaches outside the folder', async () => {
    const { url } = await listen({ staticDir: aBuiltClient() });
    for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%5c..%5csecret.txt', '/assets/....//secret.txt', '/link.txt', '/.build.json', '//etc/passwd', '/%00', '/assets/index-B7x2kQ9a.js%00.html']) {
      const response = await fetch(url + path);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.text()).not.toContain('secret"');
    }
  });

  test('[X9] a page cannot be posted to', async () => {
    const { url } = await listen({ staticDir: aBuiltClient() });
    const response = await fetch(`${url}/wall`, { method: 'POST' });
    expect([response.headers.get('Allow'), (await readProblem(response)).status]).toEqual(['GET, HEAD', 405]);
  });

  test('[X9] without a build the pages say how to make one, and the interface works', async () => {
    for (const staticDir of [null, join(tmpdir(), 'ioc-no-such-folder')]) {
      const { url } = await listen({ staticDir });
      expect(await readProblem(await fetch(`${url}/wall`))).toMatchObject({ status: 404, detail: expect.stringContaining('npm run build') });
      expect((await fetch(`${url}/api/v1/channels`)).status).toBe(200);
    }
  });
});
