import { type FieldProblem, showValue, toPointer } from '../../shared/protocol/fieldProblem.ts';

export interface StrictJsonOptions {
  /** `text`: a whole number that a double cannot hold is read as the text of its digits; absent: refused. */
  readonly largeIntegers?: 'text' | undefined;
}

export type StrictJson = { readonly value: unknown } | { readonly problems: readonly FieldProblem[] };

/** Far beyond what any format here nests, far below what a reader that recurses dies of. */
export const MAX_DEPTH = 32;
/** Enough to mend a body by; a hostile one could hold a hundred thousand. */
const MAX_PROBLEMS = 20;
const NUMBER = /-?\d[\d.eE+-]*/y;

interface Container {
  /** `null`: a list. */
  readonly names: Set<string> | null;
  /** Where in it we are. */
  step: string | number;
}

/**
 * JSON as everyone who reads it would agree it was meant. Refused: nesting deeper than `maxDepth` (readers that recurse die of
 * it), a name twice in one object (some keep the first, some the last), and numbers that a double cannot hold: `1e999` would
 * turn into Infinity and 2^53 + 1 into its neighbour, silently.
 */
export function parseStrictJson(text: string, maxDepth: number, options: StrictJsonOptions = {}): StrictJson {
  const { problems, isTooDeep, hasLargeIntegers } = scan(text, maxDepth, options);
  if (isTooDeep) return { problems };
  let value: unknown;
  try {
    // The reviver doubles the time, so only texts that need it pay for it.
    value = hasLargeIntegers ? JSON.parse(text, keepDigits) : JSON.parse(text);
  } catch (error) {
    return { problems: [{ where: 'body', got: whyNoJson(error), expected: 'JSON (RFC 8259)' }] };
  }
  return problems.length > 0 ? { problems } : { value };
}

/** What the parser says without the text around the place, which it quotes and which may name a person. */
function whyNoJson(error: unknown): string {
  const said = error instanceof SyntaxError ? error.message : '';
  return /^(?:Unexpected token '.{1,2}'|[^"]* JSON (?:at position \d+.*|input)$)/su.exec(said)?.[0] ?? 'text that is not JSON';
}

/** The parser itself says how a number was written, so nothing is searched for in the text and no string is touched. */
function keepDigits(_name: string, value: unknown, { source = '' }: { readonly source?: string } = {}): unknown {
  return typeof value === 'number' && isLargeInteger(source, value) ? source : value;
}

function isLargeInteger(literal: string, value: number): boolean {
  return Number.isFinite(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(literal);
}

interface Scan {
  readonly problems: readonly FieldProblem[];
  readonly isTooDeep: boolean;
  readonly hasLargeIntegers: boolean;
}

/** One pass without recursion. Meaningful only for text that is JSON; for other text it ends too, and `JSON.parse` says what is wrong. */
function scan(text: string, maxDepth: number, { largeIntegers }: StrictJsonOptions): Scan {
  const problems: FieldProblem[] = [];
  const stack: Container[] = [];
  const where = () => toPointer(stack.map(({ step }) => step)) || 'body';
  let isName = false;
  let hasLargeIntegers = false;
  for (let at = 0; at < text.length && problems.length < MAX_PROBLEMS;) {
    const character = text[at] ?? '';
    const container = stack.at(-1);
    let next = at + 1;
    if (character === '{' || character === '[') {
      if (stack.length === maxDepth) {
        return { problems: [{ where: where(), got: `more than ${maxDepth} levels`, expected: `nesting of at most ${maxDepth} levels` }], isTooDeep: true, hasLargeIntegers };
      }
      stack.push({ names: character === '{' ? new Set() : null, step: character === '{' ? '' : 0 });
      isName = character === '{';
    } else if (character === '}' || character === ']') {
      stack.pop();
      isName = false;
    } else if (character === ',' && container !== undefined) {
      isName = container.names !== null;
      if (typeof container.step === 'number') container.step += 1;
    } else if (character === '"') {
      next = endOfString(text, at);
      if (isName && container !== undefined) noteName(container, text.slice(at, next), problems, where);
      isName = false;
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      next = endOfNumber(text, at);
      const literal = text.slice(at, next);
      const isLarge = isLargeInteger(literal, Number(literal));
      hasLargeIntegers ||= isLarge;
      const problem = isLarge && largeIntegers === 'text' ? null : judgeNumber(literal);
      if (problem !== null) problems.push({ where: where(), ...problem });
    }
    at = next;
  }
  return { problems, isTooDeep: false, hasLargeIntegers };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  NUMBER.lastIndex = start;
  return NUMBER.test(text) ? NUMBER.lastIndex : start + 1;
}

function noteName(container: Container, literal: string, problems: FieldProblem[], where: () => string): void {
  container.step = readName(literal);
  if (container.names?.has(container.step) === true) problems.push({ where: where(), got: 'this name twice', expected: 'each name once in an object' });
  container.names?.add(container.step);
}

/** "a" and "\u0061" are one name. */
function readName(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

function judgeNumber(literal: string): Pick<FieldProblem, 'got' | 'expected'> | null {
  const value = Number(literal);
  const got = literal.length > 40 ? `${showValue(literal.slice(0, 40)).slice(1, -1)}…` : literal;
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return { got, expected: 'a number within ±1.8e308' };
  if (isLargeInteger(literal, value)) return { got, expected: 'a whole number within ±9007199254740991 (2^53 - 1), beyond which digits are lost' };
  return null;
}
