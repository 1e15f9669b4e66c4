import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createByteReader, createByteWriter, takeBytes } from '../../../server/storage/bytes.ts';
import { packWholes, unpackWholes } from '../../../server/storage/packedWholes.ts';

const stretch = fc.oneof(
  fc.array(fc.nat(2 ** 31 - 1), { maxLength: 30 }), fc.array(fc.integer({ min: 1000, max: 1015 }), { maxLength: 60 }),
  fc.array(fc.maxSafeNat(), { maxLength: 10 }), fc.tuple(fc.nat(300), fc.nat(50)).map(([value, length]) => new Array<number>(length).fill(value)),
  fc.array(fc.constantFrom(0, 2 ** 24 - 1, 2 ** 24), { maxLength: 40 }),
);

test('[L2] whole numbers packed in any mixture of runs, bits and varints come back as they were', () => {
  const writer = createByteWriter();
  fc.assert(fc.property(fc.array(stretch, { maxLength: 5 }), (stretches) => {
    const values = Float64Array.from(stretches.flat());
    packWholes(writer, values, values.length);
    const reader = createByteReader(takeBytes(writer));
    expect([...unpackWholes(reader, values.length).subarray(0, values.length)]).toEqual([...values]);
    expect(reader.position).toBe(reader.bytes.length);
  }), { numRuns: 1000 });
});

test('[L2] a column that varies little costs the bits it varies by', () => {
  const writer = createByteWriter();
  packWholes(writer, Float64Array.from({ length: 800 }, (_, i) => 59_000 + (i * 7919) % 1024), 800);
  expect(writer.length).toBeLessThan(800 * 10 / 8 + 10);
});
