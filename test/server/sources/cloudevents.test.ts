import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Candidate } from '../../../shared/domain/observation.ts';
import { createCloudEventsFeed } from '../../../server/sources/cloudevents/decode.ts';
import { toSourceId } from '../../../server/sources/cloudevents/sourceSlug.ts';
import { indicators } from '../../support/aChannelView.ts';

const { accepts, decode } = createCloudEventsFeed(indicators);

const EVENT = {
  specversion: '1.0', id: 'e-1', source: '/laocai/tslcd', type: 'vn.ioc.observation.v1', subject: '085', time: '2026-03-01T08:00:00+07:00',
  data: { indicator: 'tslcd-latency', value: 12.5, unit: 'ms' },
};
const CANDIDATE = {
  sourceId: 'laocai-tslcd', eventId: 'e-1', localityCode: '085', indicatorId: 'tslcd-latency', observedAtMs: Date.parse('2026-03-01T01:00:00Z'),
  value: 12.5, provenance: 'measured',
};

const structured = (payload: unknown) => decode({ mediaType: 'application/cloudevents+json', headers: {}, payload });
const withData = (data: unknown) => structured({ ...EVENT, data });

function candidateOf(payload: unknown): unknown {
  const [item] = structured(payload).items;
  return item?.kind === 'candidate' ? item.candidate : item;
}

function problemsOf(feed: ReturnType<typeof decode>) {
  return feed.items.flatMap((item) => (item.kind === 'unreadable' ? item.problems : []));
}

describe('CloudEvents', () => {
  test('[CE2] a structured event becomes one candidate that the gate can read', () => {
    expect(structured(EVENT)).toEqual({ isBatch: false, items: [{ kind: 'candidate', id: 'e-1', candidate: CANDIDATE }] });
    expect(Candidate.safeParse(candidateOf(EVENT)).success).toBe(true);
  });

  test('[CE2] a batch becomes its events in order, and may be empty', () => {
    const batch = (payload: unknown) => decode({ mediaType: 'application/cloudevents-batch+json', headers: {}, payload });
    expect(batch([])).toEqual({ isBatch: true, items: [] });
    const { items } = batch([EVENT, { ...EVENT, id: 'e-2', time: 'yesterday' }, 7]);
    expect(items.map(({ kind, id }) => [kind, id])).toEqual([['candidate', 'e-1'], ['unreadable', 'e-2'], ['unreadable', null]]);
    expect(problemsOf({ isBatch: true, items }).map(({ where }) => where)).toEqual(['/1/time', '/2']);
    expect(problemsOf(batch(EVENT))).toEqual([{ where: 'body', got: 'an object', expected: 'a list of events, which may be empty' }]);
    expect(problemsOf(decode({ mediaType: 'application/json', headers: {}, payload: 7 })).map(({ where }) => where)).toContain('body');
  });

  test('[CE2] binary mode reads the attributes from ce-* headers, percent-decoded, and the body as data', () => {
    const headers = { 'ce-specversion': ['1.0'], 'ce-id': ['e%2D1'], 'ce-source': ['/laocai/tslcd'], 'ce-type': [EVENT.type], 'ce-subject': ['085'], 'ce-time': [EVENT.time], accept: ['*/*'] };
    const binary = (more: object) => decode({ mediaType: 'application/json', headers: { ...headers, ...more }, payload: EVENT.data });
    expect(binary({})).toEqual(structured(EVENT));
    expect(problemsOf(binary({ 'ce-id': ['a', 'b'] }))).toEqual([{ where: 'header ce-id', got: '2 headers', expected: 'this header once' }]);
    expect(problemsOf(binary({ 'ce-id': ['%E1%ZZ'] }))).toMatchObject([{ where: 'header ce-id', expected: 'percent-encoded UTF-8' }]);
    expect(problemsOf(binary({ 'ce-specversion': undefined }))).toMatchObject([{ where: 'header ce-specversion', expected: expect.stringContaining('application/cloudevents+json') }]);
  });

  test('[CE3] the source attribute becomes an id by one rule, and is never cut', () => {
    expect(toSourceId('laocai-tslcd')).toBe('laocai-tslcd');
    expect(toSourceId('https://IOC.laocai.gov.vn/feeds/tslcd')).toBe('ioc-laocai-gov-vn-feeds-tslcd');
    expect(toSourceId('urn:vn:laocai:tslcd')).toBe('vn-laocai-tslcd');
    for (const useless of ['', '///', 'a b', 'lào-cai', `/${'a'.repeat(65)}`]) expect(toSourceId(useless)).toBeNull();
    expect(problemsOf(structured({ ...EVENT, source: '///' }))).toMatchObject([{ where: '/source', got: '"///"' }]);
  });

  test('[CE4] a time needs its offset, and must exist', () => {
    const atMs = (time: string) => Reflect.get(Object(candidateOf({ ...EVENT, time })), 'observedAtMs');
    expect(atMs('2026-03-01T01:00:00Z')).toBe(CANDIDATE.observedAtMs);
    expect(atMs('2026-02-28T20:00:00.1239-05:00')).toBe(CANDIDATE.observedAtMs + 123);
    for (const time of ['2026-03-01T08:00:00', '2026-03-01', '2026-02-30T08:00:00Z', '2026-03-01T24:00:00Z', '2026-03-01T08:00:00+24:00', 1_772_326_800_000, '']) {
      expect(problemsOf(structured({ ...EVENT, time }))).toMatchObject([{ where: '/time', expected: expect.stringContaining('RFC 3339 time with its offset') }]);
    }
  });

  test('[CE4] nothing was observed before 1970', () => {
    expect(candidateOf({ ...EVENT, time: '1970-01-01T00:00:00Z' })).toMatchObject({ observedAtMs: 0 });
    for (const time of ['1969-12-31T23:59:59Z', '1970-01-01T00:00:00+07:00']) {
      expect(problemsOf(structured({ ...EVENT, time }))).toEqual([{ where: '/time', got: `"${time}"`, expected: 'must be 1970-01-01T00:00:00Z or later' }]);
    }
  });

  test.each([
    ['a control character', 'a\u0000b'], ['a line break', 'a\nb'], ['a control character of ISO 8859', 'a\u0085b'], ['half a surrogate pair', '\ud800'],
    ['what turns the text around', 'a\u202eb'], ['a non-character', 'a\uffffb'],
  ])('[CE13] an id with %s is refused', (_, id) => {
    expect(problemsOf(structured({ ...EVENT, id }))).toMatchObject([{ where: '/id', expected: expect.stringContaining('no control characters') }]);
  });

  test('[CE13] any other text is an id', () => {
    for (const id of ['Đơn vị 672/2026', '😀', '__proto__', '<script>', 'a b']) expect(candidateOf({ ...EVENT, id })).toMatchObject({ eventId: id });
  });

  test('[CE5] zero is a reading, null says that there is none, and a missing value is refused', () => {
    expect(candidateOf({ ...EVENT, data: { indicator: 'tslcd-latency', value: 0 } })).toMatchObject({ value: 0 });
    expect(candidateOf({ ...EVENT, data: { indicator: 'tslcd-latency', value: null } })).toMatchObject({ value: null });
    expect(problemsOf(withData({ indicator: 'tslcd-latency' }))).toMatchObject([{ where: '/data/value', got: 'nothing' }]);
    for (const value of ['12', true, [], Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(problemsOf(withData({ indicator: 'tslcd-latency', value }))).toMatchObject([{ where: '/data/value' }]);
    }
  });

  test('[CE6] the unit must be the indicator\'s in Vietnamese or English, or be left out', () => {
    const unitOf = (indicator: string, unit: unknown) => problemsOf(withData({ indicator, value: 1, unit }));
    expect(unitOf('dossiers-received', 'hồ sơ')).toEqual([]);
    expect(unitOf('dossiers-received', 'hồ sơ'.normalize('NFD'))).toEqual([]);
    expect(unitOf('dossiers-received', 'dossiers')).toEqual([]);
    expect(unitOf('tslcd-latency', 's')).toEqual([{ where: '/data/unit', got: '"s"', expected: '"ms" or "ms", or no unit; values are never converted here' }]);
    expect(unitOf('tslcd-latency', 1)).toMatchObject([{ where: '/data/unit' }]);
  });

  test('[CE7] unknown data fields are refused by name; extension attributes of the envelope are let by', () => {
    expect(problemsOf(withData({ ...EVENT.data, vlaue: 3 }))).toMatchObject([{ where: '/data/vlaue', got: '3', expected: expect.stringContaining('known: indicator, indicatorId, value') }]);
    expect(candidateOf({ ...EVENT, traceparent: '00-ab', sequence: 7, dataschema: null })).toEqual(CANDIDATE);
    expect(problemsOf(structured({ ...EVENT, Subject: '085' }))).toMatchObject([{ where: '/Subject' }]);
    expect(problemsOf(structured({ ...EVENT, trace: {} }))).toMatchObject([{ where: '/trace' }]);
    expect(problemsOf(structured(JSON.parse('{"__proto__":{"id":"x"}}')))).toContainEqual(expect.objectContaining({ where: '/__proto__' }));
    expect(problemsOf(structured({ ...EVENT, data: undefined, data_base64: 'e30=' }))).toContainEqual(expect.objectContaining({ where: '/data_base64' }));
  });

  test('[CE8] a feed measures or declares; it can claim no other provenance, no citation and no comparator', () => {
    expect(candidateOf({ ...EVENT, data: { ...EVENT.data, entryMethod: 'declared' } })).toMatchObject({ provenance: 'declared' });
    for (const entryMethod of ['reported', 'derived', 'simulated', 'illustrative', '', null]) {
      expect(problemsOf(withData({ ...EVENT.data, entryMethod }))).toMatchObject([{ where: '/data/entryMethod' }]);
    }
    for (const field of ['provenance', 'ref', 'comparator', 'receivedAtMs']) {
      expect(problemsOf(withData({ ...EVENT.data, [field]: 'reported' }))).toMatchObject([{ where: `/data/${field}` }]);
    }
  });

  test('[CE9] one indicator under one of its two names; both parts of a ratio or neither', () => {
    expect(candidateOf({ ...EVENT, data: { indicatorId: 'tslcd-latency', value: 12.5 } })).toEqual(CANDIDATE);
    expect(problemsOf(withData({ value: 1 }))).toMatchObject([{ where: '/data/indicator' }]);
    expect(problemsOf(withData({ indicator: 'a', indicatorId: 'a', value: 1 }))).toMatchObject([{ where: '/data/indicator' }]);
    expect(candidateOf({ ...EVENT, data: { ...EVENT.data, numerator: 0, denominator: 4 } })).toMatchObject({ numerator: 0, denominator: 4 });
    expect(problemsOf(withData({ ...EVENT.data, numerator: 1 }))).toMatchObject([{ where: '/data/denominator' }]);
    expect(problemsOf(withData({ ...EVENT.data, numerator: -1, denominator: 1 }))).toMatchObject([{ where: '/data/numerator' }]);
  });

  test('[CE9] every required attribute is missed by name, all at once', () => {
    expect(problemsOf(structured({})).map(({ where }) => where).sort()).toEqual(['/data', '/id', '/source', '/specversion', '/subject', '/time', '/type']);
  });

  test('[CE10] whatever is posted, decoding answers and never throws', () => {
    const mediaTypes = accepts.map(({ mediaType }) => mediaType);
    const nearlyEvent = fc.record({ ...Object.fromEntries(Object.entries(EVENT).map(([name, value]) => [name, fc.oneof(fc.constant(value), fc.anything())])) }, { requiredKeys: [] });
    const headers = fc.dictionary(fc.oneof(fc.constantFrom('ce-id', 'ce-time', 'ce-'), fc.string()), fc.array(fc.string(), { minLength: 1 }));
    fc.assert(fc.property(fc.constantFrom(...mediaTypes), headers, fc.oneof(fc.anything(), nearlyEvent, fc.array(nearlyEvent)), (mediaType, sent, payload) => {
      for (const item of decode({ mediaType, headers: sent, payload }).items) {
        if (item.kind === 'unreadable') expect(item.problems.length).toBeGreaterThan(0);
        else expect(Candidate.safeParse(item.candidate).success).toBe(true);
      }
    }), { numRuns: 500 });
  });

  test('[CE10] the examples in the description of the interface can be sent as they are', () => {
    for (const { schema, example } of accepts) expect(schema.safeParse(example).success).toBe(true);
    expect(decode({ mediaType: 'application/cloudevents+json', headers: {}, payload: accepts[0]!.example }).items[0]?.kind).toBe('candidate');
  });
});
