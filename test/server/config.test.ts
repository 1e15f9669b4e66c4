import { describe, expect, test } from 'vitest';
import { readConfig, workerPlanOf } from '../../server/config.ts';

describe('[CF1] the environment becomes one validated, frozen object', () => {
  test('with nothing set it listens on loopback port 4000', () => {
    expect(readConfig({ PATH: '/bin' })).toMatchObject({ IOC_HOST: '127.0.0.1', IOC_PORT: 4000, IOC_DATA: './data', IOC_EDITION: '2021' });
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  test('an unknown IOC_ name is refused by name, with the known ones', () => {
    expect(() => readConfig({ IOC_PROT: '4000' })).toThrow(/IOC_PROT is not a setting.*IOC_PORT/s);
  });

  test.each([
    ['IOC_PORT', '70000'], ['IOC_PORT', 'http'], ['IOC_EDITION', '2020'], ['IOC_TICK_MS', '0'], ['IOC_SCENARIO', '../etc'], ['IOC_LIVE', 'fake'], ['IOC_SOCKET_WORKERS', '17'], ['IOC_SOCKET_WORKERS', 'many'],
  ])('%s=%s is refused and named', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name}="${value.replaceAll('.', '\\.')}"`));
  });

  test.each([
    ['127.0.0.1', undefined, 'open'], ['::1', undefined, 'open'], ['0.0.0.0', undefined, 'tokens'], ['10.1.2.3', undefined, 'tokens'], ['127.0.0.1', 'tokens', 'tokens'], ['localhost', 'open', 'open'],
  ])('[FK9] on %s with IOC_INGEST=%s the door is: %s', (IOC_HOST, IOC_INGEST, expected) => {
    expect(readConfig({ IOC_HOST, IOC_INGEST }).IOC_INGEST).toBe(expected);
  });

  test('[FK9] a door open to a network stops the start with what to do', () => {
    expect(() => readConfig({ IOC_HOST: '0.0.0.0', IOC_INGEST: 'open' })).toThrow(/IOC_INGEST="open" with IOC_HOST="0\.0\.0\.0".*token create/);
  });

  test('[SG12] proxies to be believed are addresses or networks, never everyone; passwords in the clear are taken only when that is said', () => {
    expect(readConfig({})).toMatchObject({ IOC_TRUSTED_PROXIES: [], IOC_SIGN_IN: 'secure' });
    expect(readConfig({ IOC_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8', IOC_SIGN_IN: 'plain' })).toMatchObject({ IOC_TRUSTED_PROXIES: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'], IOC_SIGN_IN: 'plain' });
    for (const wrong of ['true', '*', 'proxy', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.1/8/8', 'loopback']) expect(() => readConfig({ IOC_TRUSTED_PROXIES: wrong })).toThrow(/IOC_TRUSTED_PROXIES=.*addresses or networks/);
    expect(() => readConfig({ IOC_SIGN_IN: 'yes' })).toThrow(/IOC_SIGN_IN="yes"/);
  });

  test.each([
    [undefined, 1, { count: 1, fromSessions: 2_000 }], ['auto', 8, { count: 7, fromSessions: 2_000 }], ['0', 8, { count: 0, fromSessions: 0 }], ['3', 8, { count: 3, fromSessions: 0 }],
  ])('[MC1] IOC_SOCKET_WORKERS=%s on %i cores is the plan %o', (asked, cores, plan) => {
    expect(workerPlanOf(readConfig({ IOC_SOCKET_WORKERS: asked }).IOC_SOCKET_WORKERS, cores)).toEqual(plan);
  });
});
