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

/** What the schema library says of itself, "Invalid input: expected string, received number", without the words that stand around it. */
function whatBelongs(message: string): string {
  return /^(?:Invalid (?:input|option)|Too (?:small|big)): expected (.*?)(?:, received [\w ]+)?$/.exec(message)?.[1]?.replace(/^nonoptional$/, 'a value') ?? message;
}

/** @param known names to offer in place of an unknown one of the object at that path */
export function describeIssues(error: z.ZodError, sent: unknown, known: readonly string[] | ((path: readonly PropertyKey[]) => readonly string[])): FieldProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      return [{ where: toPointer(issue.path), got: showValue(valueAt(sent, issue.path)), expected: whatBelongs(issue.message) }];
    }
    const names = typeof known === 'function' ? known(issue.path) : known;
    return issue.keys.map((key) => ({
      where: toPointer([...issue.path, key]), got: showValue(valueAt(sent, [...issue.path, key])),
      expected: `no field of this name; known: ${names.length === 0 ? 'none' : names.join(', ')}`,
    }));
  });
}

/** In one line, for answers to the sender: what was there too. "/value: -3; expected a number from 0 on". */
export function describeFields(problems: readonly FieldProblem[]): string {
  return problems.map((problem) => `${problem.where}: ${problem.got}; ${toExpectation(problem)}`).join(' · ');
}

/** The same without what was there, for what is kept: it may name people. */
export function describePlaces(problems: readonly FieldProblem[]): string {
  return problems.map((problem) => `${problem.where}: ${toExpectation(problem)}`).join(' · ');
}

/** Schemas say "must be …" where they are read alone. */
function toExpectation({ expected }: FieldProblem): string {
  return `expected ${expected.replace(/^must be /, '')}`;
}
