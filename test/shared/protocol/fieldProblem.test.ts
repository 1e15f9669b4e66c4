import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeFields, describeIssues, describePlaces } from '../../../shared/protocol/fieldProblem.ts';

const textsOf = (schema: z.ZodType, sent: unknown, known: readonly string[] = []) => describeIssues(schema.safeParse(sent).error!, sent, known).map((problem) => describeFields([problem]));

describe('[FD9] a refusal is a plain sentence: where, what is there, what belongs there', () => {
  test.each<[string, z.ZodType, unknown, string]>([
    ['a text', z.string(), 1, '/a: 1; expected a text'],
    ['nothing', z.string(), undefined, '/a: missing; expected a text'],
    ['a whole number', z.int(), 1.5, '/a: 1.5; expected a whole number'],
    ['a flag', z.boolean(), 'yes', '/a: "yes"; expected true or false'],
    ['an object', z.record(z.string(), z.string()), [], '/a: a list of 0; expected an object'],
    ['a list', z.array(z.string()), {}, '/a: an object; expected a list'],
    ['a length', z.string().max(3), 'four', '/a: "four"; expected at most 3 characters'],
    ['a number of items', z.array(z.string()).min(1), [], '/a: a list of 0; expected at least 1 items'],
    ['a bound', z.number().positive(), 0, '/a: 0; expected more than 0'],
    ['a choice', z.enum(['tcp', 'udp']), 'sctp', '/a: "sctp"; expected "tcp" or "udp"'],
    ['a form', z.string().regex(/^a+$/), 'b', '/a: "b"; expected a text of the form /^a+$/'],
    ['a format', z.url(), 'b', '/a: "b"; expected a text of the form "url"'],
    ['one of several', z.union([z.string(), z.number()]), {}, '/a: an object; expected one of the forms in /api/v1/openapi.json'],
    ['words of the schema', z.string('must be a text of 1-200 characters'), 1, '/a: 1; expected a text of 1-200 characters'],
    ['other words of the schema', z.string().refine(() => false, 'must name each place once'), 'b', '/a: "b"; must name each place once'],
  ])('where %s is asked for', (_, schema, sent, sentence) => {
    expect(textsOf(z.object({ a: schema }), { a: sent })).toEqual([sentence]);
  });

  test('an unknown name is told which there are', () => {
    expect(textsOf(z.strictObject({}), { b: 2 }, ['a'])).toEqual(['/b: 2; expected no field of this name; known: a']);
  });

  test('and where nothing of it may be kept, without what was there', () => {
    expect(describePlaces([{ where: '/a', expected: 'must be a text' }])).toBe('/a: expected a text');
    expect(describePlaces([{ where: '/a', expected: 'must name each place once' }])).toBe('/a: must name each place once');
  });
});
