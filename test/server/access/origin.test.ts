import { describe, expect, test } from 'vitest';
import { isHostAllowed, isOriginAllowed, whyForeign } from '../../../server/access/origin.ts';
import { createHttpServerOptions } from '../../../server/access/httpServerOptions.ts';

const HERE = { bindHost: 'wall-server', allowedOrigins: ['https://ioc.laocai.gov.vn'] };

describe('who may ask', () => {
  test.each([
    ['127.0.0.1:4000', true], ['[::1]:4000', true], ['10.1.2.3', true], ['localhost:4000', true], ['ioc.localhost', true],
    ['wall-server:4000', true], ['WALL-SERVER', true], ['ioc.laocai.gov.vn', true], ['ioc.laocai.gov.vn:8443', true],
    ['evil.example', false], ['evillocalhost', false], ['127.0.0.1.evil.example', false], ['localhost.evil.example', false], ['evil.example:4000@127.0.0.1', false],
    ['127.0.0.1/evil', false], ['', false], [undefined, false],
  ])('[AC1] host %s: allowed %s', (host, isAllowed) => {
    expect(isHostAllowed({ ...HERE, host })).toBe(isAllowed);
  });

  test.each([
    [undefined, true], ['http://127.0.0.1:4000', true], ['https://127.0.0.1:4000', true], ['https://ioc.laocai.gov.vn', true],
    ['http://127.0.0.1:4001', false], ['http://ioc.laocai.gov.vn', false], ['https://evil.example', false], ['null', false], ['', false],
    ['file://', false], ['https://ioc.laocai.gov.vn/path', false], ['https://user@ioc.laocai.gov.vn', false], ['https://ioc.laocai.gov.vn.evil.example', false], ['https://127.0.0.1:4000@evil.example', false],
  ])('[AC2] origin %s at host 127.0.0.1:4000: allowed %s', (origin, isAllowed) => {
    expect(isOriginAllowed({ ...HERE, host: '127.0.0.1:4000', origin })).toBe(isAllowed);
  });

  test('[AC2] the port that a scheme implies may be left out on either side', () => {
    expect(isOriginAllowed({ ...HERE, host: '10.0.0.1:80', origin: 'http://10.0.0.1' })).toBe(true);
    expect(isOriginAllowed({ ...HERE, host: '10.0.0.1:443', origin: 'https://10.0.0.1' })).toBe(true);
    expect(isOriginAllowed({ ...HERE, host: '10.0.0.1:443', origin: 'http://10.0.0.1' })).toBe(false);
  });

  test('[AC3] a refusal says what was refused and which setting would allow it', () => {
    expect(whyForeign({ ...HERE, host: 'evil.example', origin: undefined })).toMatch(/"evil\.example".*IOC_ALLOWED_ORIGINS/);
    expect(whyForeign({ ...HERE, host: '127.0.0.1', origin: 'https://evil.example' })).toMatch(/"https:\/\/evil\.example".*IOC_ALLOWED_ORIGINS/);
    expect(whyForeign({ ...HERE, host: '127.0.0.1', origin: undefined })).toBeNull();
  });

  test('[AC4] the listening server gives slow headers 10 s, a request 15 s, headers 8 KB', () => {
    expect(createHttpServerOptions()).toMatchObject({
      serverOptions: { headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 5_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 8_192, insecureHTTPParser: false },
      maxConnections: 14_000,
    });
  });
});
