import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildSeriesTable } from '../../../shared/domain/seriesTable.ts';
import { RELEASED_REF } from '../../../shared/domain/observation.ts';
import { createGate, type GateOptions } from '../../../server/ingest/gate.ts';
import type { Gate, GateResult } from '../../../server/ports/ingest.ts';
import { aLand, anIndicator, aSource } from '../../support/aCatalogue.ts';
import { aCandidate, START_MS } from '../../support/anObservation.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const INDICATORS = [
  anIndicator(),
  anIndicator({ id: 'latency', decimals: 1, plausible: { min: 0, max: 10_000 } }),
  anIndicator({ id: 'link-state', levels: ['local'], rollUp: { rule: 'none' }, plausible: { min: 0, max: 2 },
    states: [0, 1, 2].map((value) => ({ value, name: { vi: 'v', en: 'e' } })) }),
  anIndicator({ id: 'link-share', levels: ['nation', 'province'], observedAt: null, rollUp: { rule: 'share', of: 'link-state', atLeast: 2 }, plausible: { min: 0, max: 100 } }),
];
const TABLE = buildSeriesTable(aLand(), INDICATORS);

const aGate = (options: Partial<GateOptions> = {}) => createGate({ table: TABLE, sources: [aSource()], ...options });

function admitOne(gate: Gate, candidate: unknown, receivedAtMs = START_MS): GateResult {
  const { results } = gate.admit([{ candidate, receivedAtMs }]);
  if (results[0] === undefined) throw new Error('The gate gave no answer.');
  return results[0];
}

/** The reason, or the kind where it has none. */
function verdict(gate: Gate, candidate: unknown, receivedAtMs = START_MS): string {
  const result = admitOne(gate, candidate, receivedAtMs);
  return 'reason' in result ? result.reason : result.kind;
}

describe('[I1] every candidate gets one reasoned answer, in order', () => {
  test('an accepted candidate becomes an observation of its series', () => {
    const { results, accepted } = aGate().admit([{ candidate: aCandidate({ eventId: 'e1', value: 12 }), receivedAtMs: START_MS + 5 }]);
    expect(accepted).toEqual([{
      seriesIndex: TABLE.indexOf('001', 'dossiers-received'), sourceId: 'feed-a', eventId: 'e1', observedAtMs: START_MS, receivedAtMs: START_MS + 5,
      value: 12, numerator: null, denominator: null, comparator: 'exactly', provenance: 'measured', ref: null,
    }]);
    expect(results).toEqual([{ kind: 'accepted', observation: accepted[0] }]);
  });

  test('answers are in the order of the candidates', () => {
    const gate = aGate();
    const kinds = gate.admit([aCandidate({ value: 1 }), 'junk', aCandidate({ value: 3 }), aCandidate({ observedAtMs: 0 })]
      .map((candidate) => ({ candidate, receivedAtMs: START_MS }))).results.map(({ kind }) => kind);
    expect(kinds).toEqual(['accepted', 'rejected', 'accepted', 'quarantined']);
    expect(gate.acceptedCount).toBe(2);
  });

  test('it never throws, whatever it is given', () => {
    const anything = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withSparseArray: true, withNullPrototype: true, withObjectString: true }),
      fc.record({ sourceId: fc.anything(), localityCode: fc.anything(), observedAtMs: fc.anything(), value: fc.anything(), provenance: fc.anything() }),
      fc.dictionary(fc.constantFrom(...Object.keys(aCandidate())), fc.anything()).map((odd) => ({ ...aCandidate(), ...odd })),
      fc.json().map((text) => JSON.parse(text) as unknown),
    );
    const gate = aGate();
    fc.assert(fc.property(fc.array(anything, { maxLength: 5 }), (candidates) => {
      const { results, accepted } = gate.admit(candidates.map((candidate) => ({ candidate, receivedAtMs: START_MS })));
      expect(results).toHaveLength(candidates.length);
      expect(accepted).toEqual(results.flatMap((result) => (result.kind === 'accepted' ? [result.observation] : [])));
      gate.refusals();
    }), { numRuns: 2_000 });
  });

  test.each([
    ['a getter that throws', Object.defineProperty(aCandidate(), 'value', { enumerable: true, get: () => { throw new Error('no'); } })],
    ['a proxy that throws', new Proxy({}, { get: () => { throw new Error('no'); }, ownKeys: () => { throw new Error('no'); } })],
  ])('not even for %s', (_what, candidate) => {
    const gate = aGate();
    expect(verdict(gate, candidate)).toBe('malformed');
    expect(gate.refusals()[0]?.count).toBe(1);
  });
});

describe('[I3] what is malformed is refused with field, got and expected', () => {
  test.each([
    ['not an object', 'junk', 'the item: got "junk"'],
    ['a missing field', { ...aCandidate(), provenance: undefined }, 'provenance: got undefined'],
    ['an extra field', { ...aCandidate(), colour: 'red' }, '"colour"'],
    ['a prototype key', JSON.parse('{"__proto__":{"value":1}}'), 'sourceId: got undefined'],
    ['a prototype key on a full item', JSON.parse(JSON.stringify(aCandidate()).replace('{', '{"__proto__":{},')), '"__proto__"'],
    ['a number that is not finite', aCandidate({ value: Number.POSITIVE_INFINITY }), 'value: got Infinity'],
    ['not a number', aCandidate({ value: Number.NaN }), 'value: got NaN'],
    ['text for a number', aCandidate({ value: '12' }), 'value: got "12"'],
    ['half a millisecond', aCandidate({ observedAtMs: START_MS + 0.5 }), 'observedAtMs: got'],
    ['a time before 1970', aCandidate({ observedAtMs: -1 }), 'observedAtMs: got -1'],
    ['an id with a slash', aCandidate({ sourceId: 'a/b' }), 'sourceId: got "a/b"; must be lower-case kebab'],
    ['a numerator alone', aCandidate({ numerator: 1 }), 'both or neither'],
    ['an empty event id', aCandidate({ eventId: '' }), 'eventId: got ""'],
  ])('%s', (_what, candidate, words) => {
    expect(admitOne(aGate(), candidate)).toMatchObject({ kind: 'rejected', reason: 'malformed', detail: expect.stringContaining(words) });
  });
});

describe('[I4] a reading must belong to a series that is observed there', () => {
  test.each([
    ['unknown-indicator', { indicatorId: 'weather' }],
    ['unknown-locality', { localityCode: '999' }],
    ['not-observed-here', { localityCode: '01', indicatorId: 'link-state' }],
    ['not-observed-here', { localityCode: '01' }],
    ['not-observed-here', { localityCode: 'VN', indicatorId: 'link-share' }],
    ['not-observed-here', { localityCode: 'VN', indicatorId: 'link-share', provenance: 'illustrative' }],
    ['accepted', { localityCode: 'VN', indicatorId: 'link-share', provenance: 'reported' }],
    ['accepted', { localityCode: '01', provenance: 'derived' }],
    ['accepted', { localityCode: '001', provenance: 'declared' }],
  ])('%s for %o', (expected, overrides) => {
    expect(verdict(aGate(), aCandidate(overrides))).toBe(expected);
  });
});

describe('[QR2] what was released from quarantine is judged as in time', () => {
  test('too late it is history, ahead of us it is still refused, and every other rule holds', () => {
    const gate = aGate();
    const released = (overrides: object) => verdict(gate, aCandidate({ ref: RELEASED_REF, ...overrides }));
    expect([released({ observedAtMs: START_MS - 30 * DAY_MS }), released({ observedAtMs: START_MS + HOUR_MS }), released({ value: -1 })]).toEqual(['accepted', 'future', 'implausible-value']);
    expect(verdict(gate, aCandidate({ ref: 'another', observedAtMs: START_MS - 30 * DAY_MS }))).toBe('too-late');
  });
});

describe('[I5] a value must be plausible, and is rounded to what is stored and sent', () => {
  test.each([
    ['implausible-value', { value: -1 }],
    ['implausible-value', { value: 1_000_001 }],
    ['accepted', { value: 0 }],
    ['accepted', { value: null }],
    ['implausible-value', { indicatorId: 'link-state', value: 1.5 }],
    ['accepted', { indicatorId: 'link-state', value: 2 }],
  ])('%s for %o', (expected, overrides) => {
    expect(verdict(aGate(), aCandidate(overrides))).toBe(expected);
  });

  test('12.34 of one decimal is 12.3, and minus zero is zero', () => {
    const gate = aGate();
    const rounded = (value: number) => {
      const result = admitOne(gate, aCandidate({ indicatorId: 'latency', value }));
      return result.kind === 'accepted' ? result.observation.value : result;
    };
    expect(rounded(12.34)).toBe(12.3);
    expect(rounded(-0)).toBe(0);
  });
});

describe('[I6] lateness is judged against the moment of receipt', () => {
  test.each([
    ['accepted', START_MS + 60_000, 'measured'],
    ['future', START_MS + 60_001, 'measured'],
    ['future', START_MS + 60_001, 'reported'],
    ['accepted', START_MS - DAY_MS, 'measured'],
    ['too-late', START_MS - DAY_MS - 1, 'measured'],
    ['too-late', START_MS - DAY_MS - 1, 'simulated'],
    ['accepted', START_MS - 460 * DAY_MS, 'declared'],
    ['too-late', START_MS - 460 * DAY_MS - 1, 'declared'],
    ['accepted', Date.UTC(2016, 0, 1), 'reported'],
    ['accepted', Date.UTC(2016, 0, 1), 'derived'],
  ])('%s: observed at %i, %s', (expected, observedAtMs, provenance) => {
    expect(verdict(aGate(), aCandidate({ observedAtMs, provenance }))).toBe(expected);
  });
});

describe('[I7] refusals are counted by reason with the last example', () => {
  test('each reason has its own line', () => {
    const gate = aGate();
    admitOne(gate, aCandidate({ value: -1 }), START_MS);
    admitOne(gate, aCandidate({ value: -2, sourceId: 'feed-b' }), START_MS + 1);
    admitOne(gate, { junk: 'x'.repeat(1_000) }, START_MS + 2);
    expect(gate.refusals()).toEqual([
      { reason: 'implausible-value', count: 2, lastAtMs: START_MS + 1, lastSourceId: 'feed-b', lastDetail: expect.stringContaining('= -2'),
        lastExample: JSON.stringify(aCandidate({ value: -2, sourceId: 'feed-b' })) },
      { reason: 'malformed', count: 1, lastAtMs: START_MS + 2, lastSourceId: null, lastDetail: expect.any(String), lastExample: expect.stringMatching(/^\{"junk":"x{400,}…$/) },
    ]);
    expect(gate.refusals()[1]?.lastExample).toHaveLength(500);
  });

  test('a duplicate is counted too', () => {
    const gate = aGate();
    admitOne(gate, aCandidate({ eventId: 'e1' }));
    admitOne(gate, aCandidate({ eventId: 'e1' }));
    expect(gate.refusals()).toMatchObject([{ reason: 'duplicate', count: 1, lastSourceId: 'feed-a' }]);
  });
});

describe('[I8] the quarantine is visible and bounded', () => {
  test('newest first, the oldest go first, ids never repeat', () => {
    const gate = aGate({ limits: { maxQuarantined: 3 } });
    for (let late = 1; late <= 5; late++) admitOne(gate, aCandidate({ observedAtMs: START_MS - DAY_MS - late }), START_MS);
    expect(gate.quarantine().map(({ id, candidate }) => [id, (candidate as { observedAtMs: number }).observedAtMs]))
      .toEqual([5, 4, 3].map((late) => [late, START_MS - DAY_MS - late]));
    expect(gate.quarantine()[0]).toMatchObject({ reason: 'too-late', receivedAtMs: START_MS, detail: expect.stringContaining('86400 s') });
  });
});

describe('[I9] (source, event id) is stored once for seven days', () => {
  test.each([
    ['the same body is a duplicate', {}, 'duplicate'],
    ['another value is a conflict', { value: 13 }, 'id-conflict'],
    ['another time is a conflict', { observedAtMs: START_MS - 1 }, 'id-conflict'],
    ['another locality is a conflict', { localityCode: '002' }, 'id-conflict'],
    ['another source has its own ids', { sourceId: 'feed-b' }, 'accepted'],
    ['no value is not zero', { value: null }, 'id-conflict'],
  ])('%s', (_what, overrides, expected) => {
    const gate = aGate();
    expect(verdict(gate, aCandidate({ eventId: 'e1' }))).toBe('accepted');
    expect(verdict(gate, aCandidate({ eventId: 'e1', ...overrides }))).toBe(expected);
  });

  test('a resend of something stored yesterday is a duplicate, not late', () => {
    const gate = aGate();
    admitOne(gate, aCandidate({ eventId: 'e1' }), START_MS);
    expect(verdict(gate, aCandidate({ eventId: 'e1' }), START_MS + 2 * DAY_MS)).toBe('duplicate');
  });

  test('the same item twice in one batch is stored once', () => {
    const twice = [1, 2].map(() => ({ candidate: aCandidate({ eventId: 'e1' }), receivedAtMs: START_MS }));
    expect(aGate().admit(twice).results.map(({ kind }) => kind)).toEqual(['accepted', 'duplicate']);
  });

  test('a refused item leaves no trace: corrected, it is taken under the same id', () => {
    const gate = aGate();
    expect(verdict(gate, aCandidate({ eventId: 'e1', value: -1 }))).toBe('implausible-value');
    expect(verdict(gate, aCandidate({ eventId: 'e1', value: 1 }))).toBe('accepted');
  });

  test('after the batch could not be committed, a resend is new', () => {
    const gate = aGate();
    const item = { candidate: aCandidate({ eventId: 'e1' }), receivedAtMs: START_MS };
    gate.forget(gate.admit([item]).fingerprints);
    expect(verdict(gate, item.candidate)).toBe('accepted');
    expect(verdict(gate, item.candidate)).toBe('duplicate');
  });

  test('a restart remembers what the log holds', () => {
    const { fingerprints } = aGate().admit(['e1', 'e2'].map((eventId) => ({ candidate: aCandidate({ eventId }), receivedAtMs: START_MS })));
    expect(fingerprints.words).toHaveLength(6);
    const restarted = aGate({ remembered: { fingerprints, atMs: START_MS } });
    expect(verdict(restarted, aCandidate({ eventId: 'e2' }))).toBe('duplicate');
    expect(verdict(restarted, aCandidate({ eventId: 'e1', value: 99 }))).toBe('id-conflict');
    expect(verdict(restarted, aCandidate({ eventId: 'e3' }))).toBe('accepted');
  });

  test('an item without an id is never a duplicate: the state decides', () => {
    const gate = aGate();
    expect([1, 2].map(() => verdict(gate, aCandidate()))).toEqual(['accepted', 'accepted']);
  });

  test('duplication and splitting into batches do not change what is accepted', () => {
    const items = fc.array(fc.record({ eventId: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.constantFrom(1, 2), sourceId: fc.constantFrom('feed-a', 'feed-b') }), { maxLength: 30 });
    fc.assert(fc.property(items, fc.array(fc.nat(5)), (list, cuts) => {
      const received = list.map((overrides) => ({ candidate: aCandidate(overrides), receivedAtMs: START_MS }));
      const together = aGate().admit(received).results.map(({ kind }) => kind);
      const splitGate = aGate();
      const split: string[] = [];
      for (let at = 0, turn = 0; at < received.length; turn++) {
        const size = 1 + (cuts[turn % Math.max(1, cuts.length)] ?? 0);
        split.push(...splitGate.admit(received.slice(at, at + size)).results.map(({ kind }) => kind));
        at += size;
      }
      expect(split).toEqual(together);
      const firsts = new Set<string>();
      for (const [index, { sourceId, eventId }] of list.entries()) {
        const isFirst = !firsts.has(`${sourceId} ${eventId}`);
        firsts.add(`${sourceId} ${eventId}`);
        expect(together[index] === 'accepted').toBe(isFirst);
      }
    }));
  });
});

describe('[I10] unlisted sources are heard, up to a bound', () => {
  test('the bound counts distinct names; those heard before stay welcome, and so do the listed', () => {
    const gate = aGate({ limits: { maxUnlistedSources: 2 } });
    expect(['x', 'y', 'x', 'z', 'y', 'feed-a'].map((sourceId) => verdict(gate, aCandidate({ sourceId }))))
      .toEqual(['accepted', 'accepted', 'accepted', 'too-many-sources', 'accepted', 'accepted']);
  });

  test('a refused item does not use up a name', () => {
    const gate = aGate({ limits: { maxUnlistedSources: 1 } });
    expect(['x', 'y'].map((sourceId) => verdict(gate, aCandidate({ sourceId, value: -1 })))).toEqual(['implausible-value', 'implausible-value']);
    expect(verdict(gate, aCandidate({ sourceId: 'y' }))).toBe('accepted');
  });
});
