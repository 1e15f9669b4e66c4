import { z } from 'zod';

/** One thing wrong with what someone sent: where it is, what was there, what belongs there. */
export const FieldProblem = z.strictObject({ where: z.string(), got: z.string(), expected: z.string() });
export type FieldProblem = z.infer<typeof FieldProblem>;

const SHOWN_CHARACTERS = 80;

/** Never the whole of a container: what was sent may be as large or as deep as a sender likes. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value);
}

/** RFC 6901: "/data/value". The root is "". */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, step);
  }
  return at;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', object: 'an object', record: 'an object', array: 'a list', null: 'null',
};
const COUNTED: Readonly<Record<string, string>> = { string: ' characters', array: ' items', set: ' items' };

/** The schema's own words; where it has none, those of zod in ours. */
function toExpected(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid|Too) /.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type': return TYPES[issue.expected] ?? `a value of type ${issue.expected}`;
    case 'invalid_value': return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'too_small': return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${COUNTED[issue.origin] ?? ''}`;
    case 'too_big': return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${COUNTED[issue.origin] ?? ''}`;
    case 'invalid_format': return issue.format === 'regex' ? `a text of the form ${issue.pattern}` : `a text of the form "${issue.format}"`;
    case 'invalid_union': return 'one of the forms in /api/v1/openapi.json';
    default: return 'another value';
  }
}

/** @param known names to offer in place of an unknown one of the object at that path */
export function describeIssues(error: z.ZodError, sent: unknown, known: readonly string[] | ((path: readonly PropertyKey[]) => readonly string[])): FieldProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      return [{ where: toPointer(issue.path), got: showValue(valueAt(sent, issue.path)), expected: toExpected(issue) }];
    }
    const names = typeof known === 'function' ? known(issue.path) : known;
    return issue.keys.map((key) => ({
      where: toPointer([...issue.path, key]), got: showValue(valueAt(sent, [...issue.path, key])),
      expected: `no field of this name; known: ${names.length === 0 ? 'none' : names.join(', ')}`,
    }));
  });
}

/** In one line, for answers to the sender: where, what is there, what belongs there. "/value: -3; expected a number from 0 on". */
export function describeFields(problems: readonly FieldProblem[]): string {
  return problems.map(({ where, got, expected }) => `${where}: ${got === 'nothing' ? 'missing' : got}; ${asked(expected)}`).join(' · ');
}

/** The same without what was there, for what is kept: it may name people. */
export function describePlaces(problems: readonly Pick<FieldProblem, 'where' | 'expected'>[]): string {
  return problems.map(({ where, expected }) => `${where}: ${asked(expected)}`).join(' · ');
}

/** Schemas say "must be …", other judges what it is that belongs there. */
function asked(expected: string): string {
  return expected.startsWith('must ') && !expected.startsWith('must be ') ? expected : `expected ${expected.replace(/^must be /, '')}`;
}
