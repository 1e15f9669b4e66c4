import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createCefFeed } from '../../../server/sources/cef/decode.ts';
import { createOcsfFeed } from '../../../server/sources/ocsf/decode.ts';
import { createSuricataFeed } from '../../../server/sources/suricata/decode.ts';
import { createWazuhFeed } from '../../../server/sources/wazuh/decode.ts';
import type { DecodedItem } from '../../../server/ports/feed.ts';
import { aFeed, aPlacer } from '../../support/aFeed.ts';
import { expectSound } from '../../support/feedAdapterContract.ts';
import { decodeWith, readJsonLines, toLines } from '../../support/someLines.ts';

const cases = [createSuricataFeed, createWazuhFeed, createOcsfFeed, createCefFeed].flatMap((create) => {
  const adapter = create(aPlacer);
  return adapter.accepts.map((body) => ({ adapter, body, feed: aFeed({ format: adapter.format }), name: `${adapter.format} ${body.mediaType}` }));
});

const expectWellFormed = (items: readonly DecodedItem[]) => items.forEach(expectSound);

/** Every way to replace one thing within a value by another. */
function mutations(value: unknown, replacement: unknown): unknown[] {
  if (Array.isArray(value)) return [replacement, ...value.flatMap((inner, index) => mutations(inner, replacement).map((mutated) => value.with(index, mutated)))];
  if (typeof value !== 'object' || value === null) return [replacement];
  return [replacement, ...Object.entries(value).flatMap(([name, inner]) => mutations(inner, replacement).map((mutated) => ({ ...value, [name]: mutated })))];
}

const odd = fc.oneof(fc.anything(), fc.constantFrom(undefined, null, '', 0, -1, 1e300, Number.NaN, '\ud800', '__proto__', [], {}), fc.string({ unit: 'binary', maxLength: 400 }));

describe.each(cases)('$name', ({ adapter, body, feed }) => {
  const wrap = (value: unknown) => (body.reading === undefined ? value : toLines(value));
  const decode = (payload: unknown) => decodeWith(adapter, feed, payload, body.mediaType);

  test('[SE17] the example of the description is taken as it is, and the description can be written down', () => {
    expect(decode(wrap(body.example))).toMatchObject([{ kind: 'report' }]);
    expect(z.toJSONSchema(body.schema, { io: 'input' })).toBeTypeOf('object');
  });

  test('[SE17] whatever is posted, decoding answers and never throws', () => {
    fc.assert(fc.property(fc.anything(), (payload) => {
      expectWellFormed(decode(body.reading === undefined ? payload : toLines(payload, payload)));
    }), { numRuns: 300 });
    for (const payload of [undefined, null, 7, 'text', {}]) expectWellFormed(decode(payload));
  });

  test('[SE17] anything in the place of any part of a good message is answered, once, and what is reported is a report', () => {
    fc.assert(fc.property(odd, (replacement) => {
      for (const mutated of mutations(body.example, replacement)) {
        const items = decode(wrap(mutated));
        if (!Array.isArray(mutated)) expect(items).toHaveLength(1);
        expectWellFormed(items);
      }
    }), { numRuns: 100 });
  });
});

describe.each(cases.filter(({ body }) => body.reading !== undefined))('$name', ({ adapter, body, feed }) => {
  test('[SE17] a good line with anything cut out or put in is answered, as often as there are lines', () => {
    const line = typeof body.example === 'string' ? body.example : JSON.stringify(body.example);
    fc.assert(fc.property(fc.nat(line.length), fc.nat(40), fc.string({ unit: 'binary', maxLength: 40 }), (from, length, text) => {
      const broken = (line.slice(0, from) + text + line.slice(from + length)).replaceAll('\n', ' ');
      const payload = body.reading === 'text-lines' ? toLines(line, broken, line) : readJsonLines([line, broken, line].join('\n'));
      const items = decodeWith(adapter, feed, payload, body.mediaType);
      expect(items).toHaveLength(payload.length);
      expect([items[0]?.kind, items.at(-1)?.kind]).toEqual(['report', 'report']);
      expectWellFormed(items);
    }), { numRuns: 300 });
  });
});
