import { describe, expect, test } from 'vitest';
import { aChannelView } from '../../support/aChannelView.ts';
import { get, listen, readProblem, talk } from './listen.ts';

describe('refusing over HTTP', () => {
  test('[X10] unknown paths and methods are problems in JSON, never a page, never a stack', async () => {
    const listening = await listen();
    for (const [method, path, status] of [
      ['GET', '/nothing', 404], ['GET', '/api/v1/nothing', 404], ['POST', '/nothing', 404], ['DELETE', '/api/v1/snapshot', 405], ['GET', '/api/v1/observations', 405],
      ['GET', '/province/%E0%A4%A', 404], ['GET', '/%ff', 404], ['POST', '/healthz', 405],
    ] as const) {
      const response = await fetch(`${listening.url}${path}`, { method });
      const text = await response.clone().text();
      expect([method, path, response.status]).toEqual([method, path, status]);
      expect(await readProblem(response)).toMatchObject({ status, mediaType: 'application/problem+json; charset=utf-8' });
      expect(text).not.toMatch(/<html|node_modules|\.ts:/i);
    }
    const refused = await fetch(`${listening.url}/api/v1/observations`, { method: 'PUT' });
    expect(refused.headers.get('Allow')).toBe('POST');
    expect((await fetch(`${listening.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  });

  test('[X10] a route that throws is a 500 that tells nothing, and the server goes on', async () => {
    const channel = aChannelView({ openAlarms: () => { throw new Error('secret'); } });
    const listening = await listen({ channels: new Map([['live', channel]]) });
    const response = await get(listening, '/api/v1/alarms');
    expect(await response.clone().text()).not.toContain('secret');
    expect(await readProblem(response)).toMatchObject({ status: 500, kind: 'internal' });
    expect(listening.faults).toHaveLength(1);
    expect((await get(listening, '/healthz')).status).toBe(200);
  });

  test('[X8] a name that is not ours is refused, except to health checks', async () => {
    const { port } = await listen();
    expect(await talk(port, 'GET /api/v1/channels HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 [\s\S]*"urn:ioc:problem:foreign-origin"/);
    expect(await talk(port, 'GET /healthz HTTP/1.1\r\nHost: ioc-container\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('[X8] HTTP/1.1 names exactly one host: none and two are a 400 that says so', async () => {
    const { port } = await listen();
    const ask = (path: string, hosts: string) => talk(port, `GET ${path} HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
    for (const path of ['/healthz', '/api/v1/channels']) {
      expect(await ask(path, '')).toMatch(/^HTTP\/1\.1 400 [\s\S]*problem\+json[\s\S]*"where":"header Host","got":"nothing"/);
      expect(await ask(path, 'Host: localhost\r\nHost: evil.example\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"got":"2 headers"/);
    }
    expect(await talk(port, 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  test.each(['h2c', 'TLS/1.2, HTTP/1.1', 'websocket'])('[AC5] a client that offers an upgrade to %s is answered in HTTP/1.1', async (protocol) => {
    const { port } = await listen();
    const ask = (path: string) => talk(port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close, Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`);
    expect(await ask('/healthz')).toMatch(/^HTTP\/1\.1 200 /);
    // Only a websocket at the socket's own path is taken up.
    expect((await ask('/rt/')).slice(0, 13)).toBe(protocol === 'websocket' ? '' : 'HTTP/1.1 404 ');
  });

  test('[X10] bytes that are not HTTP and headers over 8 KB are answered and the server goes on', async () => {
    const listening = await listen();
    expect(await talk(listening.port, '\x16\x03\x01 not http\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"status":400/);
    expect(await talk(listening.port, 'not http\r\n\r\n')).toMatch(/Content-Security-Policy: default-src 'none'[\s\S]*X-Content-Type-Options: nosniff/);
    expect(await talk(listening.port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(9_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect((await get(listening, '/healthz')).status).toBe(200);
  });

  test('[X3] every answer carries the policy that lets nothing foreign in', async () => {
    const listening = await listen();
    for (const path of ['/', '/nothing', '/api/v1/channels']) {
      const { headers } = await get(listening, path);
      expect(headers.get('Content-Security-Policy')?.split(';').sort()).toEqual([
        "base-uri 'none'", "connect-src 'self'", "default-src 'none'", "font-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "img-src 'self'",
        "manifest-src 'self'", "object-src 'none'", 'report-uri /csp-report', "script-src 'self'", "style-src 'self'", "worker-src 'self'",
      ]);
      expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Strict-Transport-Security')).toBeNull();
      expect(headers.get('X-Powered-By')).toBeNull();
    }
  });

  test('[X3] browsers may report violations, without an origin as they do; they are counted', async () => {
    const listening = await listen();
    const response = await fetch(`${listening.url}/csp-report`, { method: 'POST', headers: { 'Content-Type': 'application/csp-report', Origin: 'null' }, body: '{}' });
    expect(response.status).toBe(204);
    expect(await (await get(listening, '/metrics')).text()).toContain('ioc_csp_reports_total 1');
  });
});
