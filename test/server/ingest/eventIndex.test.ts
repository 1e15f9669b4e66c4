import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../../shared/domain/observation.ts';
import { createEventIndex } from '../../../server/ingest/eventIndex.ts';
import { fingerprint } from '../../../server/ingest/eventFingerprint.ts';
import { aCandidate, START_MS } from '../../support/anObservation.ts';

const DAY_MS = 86_400_000;
const words = (id: number, body = 0) => Uint32Array.of(id, Math.imul(id, 0x9e3779b1), body);

function fingerprintOf(overrides: Partial<Record<keyof Candidate, unknown>>, eventId: string): number[] {
  const into = new Uint32Array(3);
  fingerprint(aCandidate(overrides) as Candidate, eventId, into);
  return [...into];
}

describe('[I9] the index of event ids', () => {
  test('it is a map of ids to bodies, whatever is added, forgotten and asked', () => {
    const step = fc.record({ act: fc.constantFrom('add', 'forget', 'look'), id: fc.nat(400), body: fc.nat(2), day: fc.nat(3) });
    fc.assert(fc.property(fc.array(step, { maxLength: 1_500 }), (steps) => {
      const index = createEventIndex(1_000_000);
      const model = new Map<number, number>();
      for (const { act, id, body, day } of steps) {
        const nowMs = START_MS + day * DAY_MS;
        // One segment for all of them, so that slots collide and the segment grows.
        const asked = Uint32Array.of(id << 8, id % 7, body);
        const held = model.get(id);
        const expected = held === undefined ? 'new' : held === body ? 'same-body' : 'other-body';
        expect(index.look(asked, nowMs)).toBe(expected);
        if (act === 'add' && held === undefined) { index.add(asked, nowMs); model.set(id, body); }
        if (act === 'forget') { index.forget(asked); model.delete(id); }
      }
    }), { numRuns: 60 });
  });

  test.each([[7 * DAY_MS, 'same-body'], [8 * DAY_MS, 'new']])('%i ms later an id is %s', (laterMs, expected) => {
    const index = createEventIndex(1_000);
    index.add(words(1), START_MS);
    expect(index.look(words(1), START_MS + laterMs)).toBe(expected);
  });

  test('memory is bounded: beyond the most ids it may hold the oldest days go first', () => {
    const index = createEventIndex(256 * 100);
    for (let id = 0; id < 256 * 1_000; id++) index.add(words(id), START_MS + Math.floor(id / 25_600) * DAY_MS);
    expect(index.size).toBeLessThan(256 * 200);
    expect(index.look(words(256 * 1_000 - 1), START_MS + 9 * DAY_MS)).toBe('same-body');
    expect(index.look(words(0), START_MS)).toBe('new');
  });

  test('ids spread over segments and slots: a hundred thousand different ids make no two equal', () => {
    const seen = new Set<string>();
    const lowBytes = new Uint32Array(256);
    for (let id = 0; id < 100_000; id++) {
      const [high = 0, low = 0] = fingerprintOf({}, `event-${id}`);
      seen.add(`${high}/${low}`);
      lowBytes[high & 255] = (lowBytes[high & 255] ?? 0) + 1;
    }
    expect(seen.size).toBe(100_000);
    expect(Math.max(...lowBytes)).toBeLessThan(2 * 100_000 / 256);
  });

  test('where the source ends and the id begins is part of the identity', () => {
    expect(fingerprintOf({ sourceId: 'ab' }, 'c').slice(0, 2)).not.toEqual(fingerprintOf({ sourceId: 'a' }, 'bc').slice(0, 2));
  });

  test('fingerprints are kept in the log: they must not change between versions', () => {
    expect(fingerprintOf({ eventId: 'e1', value: 12.5, ref: 'fact-1' }, 'e1')).toMatchInlineSnapshot(`
      [
        2959543072,
        717669391,
        533919863,
      ]
    `);
  });
});
