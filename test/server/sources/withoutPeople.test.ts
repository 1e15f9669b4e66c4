import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutPeople } from '../../../server/sources/withoutPeople.ts';

const word = fc.string({ unit: 'binary', minLength: 2, maxLength: 20 }).filter((text) => !/^(\d{1,5}|true|false|.)$/su.test(text));

test('[SE8] whatever is quoted, of any characters, is not in what is shown', () => {
  fc.assert(fc.property(fc.array(word, { maxLength: 5 }), fc.array(fc.constantFrom('a', 'Ệ', '1', '…'), { maxLength: 5 }), (quoted, others) => {
    const shown = withoutPeople([...quoted, ...others].join(' '), quoted);
    // "…" stands for each: what of a quoted text is left between two of them is a part of another.
    for (const name of quoted) expect(` ${shown} `).not.toContain(` ${name} `);
  }), { numRuns: 500 });
});
