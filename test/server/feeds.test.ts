import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readFeeds, toSource } from '../../server/feeds.ts';
import { aLand, aSource, realIndicators } from '../support/aCatalogue.ts';
import { aFeed } from '../support/someAlerts.ts';

const folder = mkdtempSync(join(tmpdir(), 'ioc-feeds-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'feeds.json');
const indicators = realIndicators();
const surroundings = { localities: aLand({ provinces: 2 }), indicators, sources: [aSource({ id: 'province-01' })] };

function readWith(...feeds: unknown[]) {
  writeFileSync(path, JSON.stringify({ feeds }));
  return readFeeds(path, surroundings);
}
const aRawFeed = (overrides: object = {}) => ({ id: 'soc-a', name: { vi: 'A', en: 'A' }, format: 'wazuh', localities: ['01'], expectEveryMs: null, ...overrides });

describe('[FD6] the settings of feeds are read once, at start', () => {
  test('without a file there are none; a feed has what it does not say by default', () => {
    expect(readFeeds(undefined, surroundings)).toEqual([]);
    expect(readWith(aRawFeed())).toMatchObject([{ id: 'soc-a', domain: 'security', itemsPerSec: 500, placement: { names: {} } }]);
  });

  test('what a feed of one place sends without a place is of that place; of several, or of the nation, of none', () => {
    const restOf = (overrides: object) => readWith(aRawFeed(overrides))[0]?.placement.otherwise;
    expect([restOf({}), restOf({ localities: ['01', '02'] }), restOf({ localities: ['VN'] }), restOf({ placement: { otherwise: '001' } })]).toEqual(['01', undefined, undefined, '001']);
  });

  test('every wrong field is named: where, what is there, what belongs there', () => {
    expect(() => readWith(aRawFeed({ format: 'fax', colour: 'red', expectEveryMs: 'often' }))).toThrow(/feeds\/0\/format: "fax"; expected [\s\S]*\/feeds\/0\/expectEveryMs: "often"[\s\S]*\/feeds\/0\/colour: "red"; expected no field of this name/);
    expect(() => readWith(aRawFeed(), aRawFeed())).toThrow(/\/feeds\/1\/id: "soc-a"; expected .*each has an id of its own/);
  });

  test.each([
    ['a place of another edition', { localities: ['01', '99'] }, '/feeds/0/localities/1: "99"; expected a locality'],
    ['such a place by name', { placement: { names: { 'Kho bạc': '77' } } }, '/feeds/0/placement/names/Kho bạc: "77"'],
    ['such a place for the rest', { placement: { otherwise: '77' } }, '/feeds/0/placement/otherwise: "77"'],
    ['an unknown indicator', { indicators: ['weather'] }, '/feeds/0/indicators/0: "weather"; expected an indicator'],
    ['an unknown indicator of a state', { states: [{ alert: 'Down', indicator: 'weather', raised: 0, cleared: 1 }] }, '/feeds/0/states/0/indicator: "weather"'],
    ['an id of the catalogue', { id: 'province-01' }, '/feeds/0/id: "province-01"; expected an id of its own'],
    ['a field of another object, with the names that belong there', { syslog: { transport: 'tcp', port: 5514, host: 'fw' } }, '/feeds/0/syslog/host: "fw"; expected no field of this name; known: transport, port, listenOn, allowFrom'],
    ['a text for a list, in few words', { localities: '01' }, '/feeds/0/localities: "01"; expected a list'],
    ['a topic that no broker takes', { mqtt: { url: 'mqtt://b', topics: ['ioc/#/x'], clientId: 'a' } }, '/feeds/0/mqtt/topics/0: "ioc/#/x"; expected a topic'],
  ])('%s stops the start', (_, overrides, words) => {
    expect(() => readWith(aRawFeed(overrides))).toThrow(words);
  });

  test('two feeds are not one client of a broker, which would throw out one for the other', () => {
    const mqtt = { url: 'mqtt://b', topics: ['+/ioc/#', 'a//b', '#'], clientId: 'ioc' };
    expect(() => readWith(aRawFeed({ mqtt }), aRawFeed({ id: 'soc-b', mqtt }))).toThrow('/feeds/1/mqtt/clientId: "ioc"; expected a name of its own: with that of feed "soc-a"');
    expect(readWith(aRawFeed({ mqtt }), aRawFeed({ id: 'soc-b', mqtt: { ...mqtt, url: 'mqtt://c' } }))).toHaveLength(2);
  });

  test('a password that stands in an address is not repeated', () => {
    const words = expect.objectContaining({ message: expect.not.stringContaining('geheim') });
    expect(() => readWith(aRawFeed({ mqtt: { url: 'mqtt://ioc:geheim@b', topics: ['a'], clientId: 'a' } }))).toThrow(words);
  });

  test('a byte order mark before it is let by', () => {
    writeFileSync(path, `\ufeff${JSON.stringify({ feeds: [aRawFeed()] })}`);
    expect(readFeeds(path, surroundings)).toHaveLength(1);
  });

  test('so does a file that is not there, or is no JSON', () => {
    expect(() => readFeeds(join(folder, 'none.json'), surroundings)).toThrow(/IOC_FEEDS=.*cannot be used/);
    writeFileSync(path, '{');
    expect(() => readFeeds(path, surroundings)).toThrow(/expected a file of JSON/);
  });
});

describe('[FD7] a feed is a source of the live channel', () => {
  test.each([
    ['promises no cadence', {}, null],
    ['counts alerts: heard at the cadence of the count', { expectEveryMs: 300_000 }, 60_000],
    ['counts dossiers likewise', { format: 'dossiers', expectEveryMs: 60_000 }, 300_000],
    ['sends readings: heard at its own', { format: 'cloudevents', expectEveryMs: 120_000 }, 120_000],
    ['tells the state of links', { domain: 'connectivity', expectEveryMs: 120_000, states: [{ alert: 'Down', indicator: 'tslcd-link-state', raised: 0, cleared: 2 }] }, 120_000],
    ['never gives a reading: not missed among readings', { domain: 'connectivity', expectEveryMs: 120_000 }, null],
  ])('one that %s', (_, settings, expectEveryMs) => {
    expect(toSource(aFeed({ localities: ['01', '02'], ...settings }), indicators)).toEqual({ id: 'soc-a', name: { vi: 'Trung tâm A', en: 'Centre A' }, entryMethod: 'push', locality: '01', expectEveryMs });
  });
});
