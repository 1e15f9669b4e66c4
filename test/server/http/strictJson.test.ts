import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStrictJson } from '../../../server/http/strictJson.ts';

const read = (text: string) => parseStrictJson(text, 32);
const problemsOf = (text: string) => {
  const answer = read(text);
  return 'problems' in answer ? answer.problems : [];
};

describe('strict JSON', () => {
  test('[X4] any JSON value without a trap is read as JSON.parse reads it', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
      const text = JSON.stringify(value);
      const isExact = !/(?<![\d.e+-])-?\d{16,}(?![\d.e])/i.test(text);
      fc.pre(isExact);
      expect(read(text)).toEqual({ value: JSON.parse(text) });
    }));
  });

  test('[X4] no text at all makes it throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '1', 'e', '-', '.', 'a', ' ') })), (text) => {
      const answer = read(text);
      let isJson = true;
      try { JSON.parse(text); } catch { isJson = false; }
      if (!isJson) expect(problemsOf(text).length).toBeGreaterThan(0);
      expect('value' in answer || 'problems' in answer).toBe(true);
    }), { numRuns: 500 });
  });

  test('[RF6] what is no JSON is refused without a word of it', () => {
    for (const text of ['{"name":nguoi-dan}', 'nguoi-dan', '{"name":"x" nguoi-dan}', '"nguoi-dan', '{"name":"nguoi-dan\n"}', `${'[1,'.repeat(20)}nguoi-dan, nguoi-dan]`, '"x JSON at position 1 nguoi-dan" nguoi-dan']) {
      expect(problemsOf(text)).toMatchObject([{ where: 'body', got: expect.stringMatching(/^[^"]+$/) }]);
      expect(JSON.stringify(problemsOf(text))).not.toContain('nguoi-dan');
    }
    expect(problemsOf('{"a":1,}')).toMatchObject([{ got: expect.stringMatching(/ JSON at position 7/) }]);
    expect(problemsOf('{"a":x}')).toMatchObject([{ got: "Unexpected token 'x'" }]);
  });

  test('[X4] nesting of 32 levels is read, 33 is refused, 50,000 is refused without a stack overflow', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(read(nested(32))).toHaveProperty('value');
    expect(problemsOf(nested(33))).toEqual([{ where: expect.stringMatching(/^(\/0){32}$/), got: 'more than 32 levels', expected: 'nesting of at most 32 levels' }]);
    expect(problemsOf(nested(50_000))).toHaveLength(1);
    expect(problemsOf('{"a":'.repeat(50_000))).toHaveLength(1);
    expect(read(`"${'['.repeat(100)}"`)).toHaveProperty('value');
  });

  test('[X4] a name twice in one object is refused, however it is spelt; the same name in two objects is not', () => {
    expect(problemsOf('{"data":{"value":1,"value":2}}')).toEqual([{ where: '/data/value', got: 'this name twice', expected: 'each name once in an object' }]);
    expect(problemsOf('{"value":1,"\\u0076alue":2}')).toHaveLength(1);
    expect(read('[{"value":1},{"value":2}]')).toEqual({ value: [{ value: 1 }, { value: 2 }] });
    expect(read('{"a":{"a":"a"},"b":["a","a"]}')).toHaveProperty('value');
  });

  test('[X4] numbers that a double cannot hold are refused where they stand', () => {
    expect(problemsOf('{"value":1e999}')).toMatchObject([{ where: '/value', got: '1e999' }]);
    expect(problemsOf('[0,-1e999]')).toMatchObject([{ where: '/1', got: '-1e999' }]);
    expect(problemsOf('{"value":9007199254740993}')).toMatchObject([{ where: '/value', got: '9007199254740993' }]);
    expect(read('[9007199254740991,-0,1e20,0.1]')).toEqual({ value: [9007199254740991, -0, 1e20, 0.1] });
    expect(read('"1e999"')).toEqual({ value: '1e999' });
    expect(read('["\\" 1e999 \\""]')).toEqual({ value: ['" 1e999 "'] });
  });

  test('[SE2] where a format asks for it, a whole number that a double cannot hold is its digits, and nothing else changes', () => {
    const readText = (text: string) => parseStrictJson(text, 32, { largeIntegers: 'text' });
    expect(readText('{"flow_id":1801439850948198401,"n":[-9007199254740993,9007199254740991,1e20,1.5]}'))
      .toEqual({ value: { flow_id: '1801439850948198401', n: ['-9007199254740993', 9007199254740991, 1e20, 1.5] } });
    expect(readText('{"a 1801439850948198401":"\\" 1801439850948198401, {\\"b\\":1801439850948198401}"}'))
      .toEqual({ value: { 'a 1801439850948198401': '" 1801439850948198401, {"b":1801439850948198401}' } });
    for (const broken of ['{1801439850948198401:1}', '[018014398509481984010]', '[1801439850948198401 1]', '1801439850948198401x', '{"a":1801439850948198401', `[${'9'.repeat(400)}]`, '[1801439850948198401,1e999]']) {
      expect(readText(broken)).toHaveProperty('problems');
    }
  });

  test('[SE2] any JSON with whole numbers of any size comes out as it went in, digits included', () => {
    const { tree } = fc.letrec((tie) => ({
      leaf: fc.oneof(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.string(), fc.boolean(), fc.constant(null)),
      tree: fc.oneof({ maxDepth: 4 }, tie('leaf'), fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(fc.string().filter((name) => name !== '__proto__'), tie('tree'), { maxKeys: 4 })),
    }));
    const isSafe = (value: bigint) => Number.isSafeInteger(Number(value));
    const write = (value: unknown): string => (typeof value === 'bigint' ? String(value)
      : Array.isArray(value) ? `[${value.map(write).join(',')}]`
        : typeof value === 'object' && value !== null ? `{${Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${write(inner)}`).join(',')}}`
          : JSON.stringify(value));
    const expected = (value: unknown): unknown => (typeof value === 'bigint' ? (isSafe(value) ? Number(value) : String(value))
      : Array.isArray(value) ? value.map(expected)
        : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, expected(inner)])) : value);
    fc.assert(fc.property(tree, (value) => {
      expect(parseStrictJson(write(value), 32, { largeIntegers: 'text' })).toEqual({ value: expected(value) });
    }), { numRuns: 300 });
  });
});
