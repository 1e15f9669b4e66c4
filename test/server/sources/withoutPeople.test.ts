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

test.each(['0912345678', '0912345678.', 'ĐT.0912345678', '(0912345678)', '+84912345678', '0912 345 678', '091.234.5678', '+84 912-345-678', '024 3825 1234', '012345678901', 'an@example.vn'])('[SE8] "%s" is not shown', (text) => {
  expect(withoutPeople(`gọi ${text} gấp`, [])).not.toMatch(/\d{3}|an@/);
});

test.each(['203.0.113.100', '10.0.0.1:443', 'CVE-2026-12345', '2026-03-01 08:00:00', '1:2024897', '0.123456789', 'a1234567890'])('[SE8] "%s" is no telephone number', (text) => {
  expect(withoutPeople(`thấy ${text} ở đây`, [])).toBe(`thấy ${text} ở đây`);
});
