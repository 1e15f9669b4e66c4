import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AlertReport } from '../../shared/domain/alertReport.ts';
import { DossierReport } from '../../shared/domain/dossierReport.ts';
import { Candidate } from '../../shared/domain/observation.ts';
import type { DecodedItem, FeedAdapter } from '../../server/ports/feed.ts';
import { describePlaces, type FieldProblem } from '../../shared/protocol/fieldProblem.ts';
import type { FeedSettings } from '../../server/ports/feedSettings.ts';

interface Posted {
  readonly mediaType: string;
  readonly payload: unknown;
}

interface Options {
  readonly feeds: readonly FeedSettings[];
  /** What was really sent, or has its shape; parts of it are replaced at random. */
  readonly samples: readonly Posted[];
  readonly id: string;
  /** What the server hands over for a body that reads so; absent: the same. */
  readonly post?: (read: Posted) => Posted;
  /** How many answers are owed to a message. */
  itemsOf(posted: Posted): number;
}

/** What every adapter promises whatever is sent ([MA8], [MA9]). An adapter is not done until it is in this suite. */
export function describeFeedAdapter(name: string, adapter: FeedAdapter, { feeds, samples, id, post = (read) => read, itemsOf }: Options): void {
  const feedOf = fc.constantFrom(...feeds);
  const decode = (read: Posted, feed: FeedSettings) => adapter.decode({ ...post(read), headers: {}, receivedAtMs: 1_772_330_400_000 }, feed);

  describe(`${name}: the contract of adapters`, () => {
    test(`[${id}] whatever JSON is posted, decoding answers and never throws`, () => {
      const mediaType = fc.constantFrom(...adapter.accepts.map((accepted) => accepted.mediaType));
      fc.assert(fc.property(mediaType, anyJson, feedOf, (type, payload, feed) => {
        for (const item of decode({ mediaType: type, payload }, feed).items) expectSound(item);
      }), { numRuns: 500 });
    });

    test(`[${id}] whatever part of a message is replaced, each of its items is answered as the books and the gate can read it`, () => {
      fc.assert(fc.property(fc.constantFrom(...samples), fc.array(fc.nat(50), { maxLength: 8 }), anyJson, feedOf, (sample, way, part, feed) => {
        const posted = { ...sample, payload: replaceAt(sample.payload, way, part) };
        const { items } = decode(posted, feed);
        for (const item of items) expectSound(item);
        expect(items).toHaveLength(itemsOf(posted));
      }), { numRuns: 1_000 });
    });

    test(`[${id}] decoding is a function of what was sent`, () => {
      for (const sample of samples) for (const feed of feeds) expect(decode(sample, feed)).toEqual(decode(structuredClone(sample), feed));
    });
  });
}

const anyJson = fc.oneof(
  fc.jsonValue(), fc.constantFrom(null, '', 0, -1, 1e300, '0001-01-01T00:00:00Z', '\ud800', '\u202e', 'x'.repeat(500), JSON.parse('{"__proto__":{"status":"firing"}}')),
);

/** [FD9] */
function expectToldPlainly(problems: readonly FieldProblem[]): void {
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) expect([problem.where, describePlaces([problem])]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/: (expected (?!must|Invalid)|must )\S/)]);
}

/** It is something that books and gate can read, or says why it is neither. */
export function expectSound(item: DecodedItem): void {
  if (item.kind === 'unreadable') expectToldPlainly(item.problems);
  else if (item.kind === 'ignored') expect(item.why).not.toBe('');
  else if (item.kind === 'candidate') expect(Candidate.safeParse(item.candidate).error).toBeUndefined();
  else if (item.report.kind === 'alert') {
    expect(AlertReport.safeParse(item.report).error).toBeUndefined();
    expect(item.report.localityCode === null).toBe(item.report.placedBy === null);
  } else expect(DossierReport.safeParse(item.report).error).toBeUndefined();
}

/** A copy with `part` in place of what `way` leads to: each step picks one child by its number, as long as there are any. */
function replaceAt(value: unknown, way: readonly number[], part: unknown): unknown {
  const [step, ...rest] = way;
  if (typeof value !== 'object' || value === null || step === undefined) return part;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return part;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value };
  Reflect.set(copy, key, replaceAt(Reflect.get(copy, key), rest, part));
  return copy;
}
