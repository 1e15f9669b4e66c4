import { Candidate } from '../../shared/domain/observation.ts';
import { type Comparator, COMPARATORS, type Provenance, PROVENANCES } from '../../shared/domain/provenance.ts';

const PROVENANCE_NAMES: ReadonlySet<unknown> = new Set<Provenance>(PROVENANCES);
const COMPARATOR_NAMES: ReadonlySet<unknown> = new Set<Comparator>(COMPARATORS);
const FIELDS: ReadonlySet<string> = new Set(Object.keys(Candidate.shape));

/** Ids that have passed the schema before: the catalogue's own, and sources heard. */
export interface KnownIds {
  hasSource(id: string): boolean;
  hasLocality(code: string): boolean;
  hasIndicator(id: string): boolean;
}

/**
 * [I2] What `Candidate` would make of it, where that is plain to see; `null` says nothing. It exists because the schema costs
 * 1.4 µs and the whole journey's budget is 5 µs a reading, and almost every reading names known ids and is right.
 */
export function readPlainCandidate(input: unknown, known: KnownIds): Candidate | null {
  if (typeof input !== 'object' || input === null) return null;
  for (const key in input) if (!FIELDS.has(key)) return null;
  const { sourceId, eventId, localityCode, indicatorId, observedAtMs, value, numerator, denominator, comparator, provenance, ref } =
    input as Partial<Record<keyof Candidate, unknown>>;
  const isPlain = typeof sourceId === 'string' && known.hasSource(sourceId)
    && typeof localityCode === 'string' && known.hasLocality(localityCode)
    && typeof indicatorId === 'string' && known.hasIndicator(indicatorId)
    && Number.isSafeInteger(observedAtMs) && (observedAtMs as number) >= 0
    && (value === null || Number.isFinite(value))
    && PROVENANCE_NAMES.has(provenance)
    && isAbsentOrText(eventId, 1, 200) && isAbsentOrText(ref, 0, 100)
    && isAbsentOrCount(numerator) && isAbsentOrCount(denominator) && (numerator === undefined) === (denominator === undefined)
    && (comparator === undefined || COMPARATOR_NAMES.has(comparator));
  if (!isPlain) return null;
  // Every clause above is one of the schema's; the property test of [I2] holds the two together.
  return { sourceId, eventId, localityCode, indicatorId, observedAtMs, value, numerator, denominator, comparator, provenance, ref } as Candidate;
}

function isAbsentOrText(value: unknown, minLength: number, maxLength: number): boolean {
  return value === undefined || (typeof value === 'string' && value.length >= minLength && value.length <= maxLength);
}

function isAbsentOrCount(value: unknown): boolean {
  return value === undefined || (Number.isFinite(value) && (value as number) >= 0);
}

export type ParsedCandidate =
  | { readonly candidate: Candidate; readonly detail: null }
  | { readonly candidate: null; readonly detail: string };

/** The candidate, or the words for what is wrong with it: which field, what was got, what was expected. Never throws. */
export function readCandidate(input: unknown, known: KnownIds): ParsedCandidate {
  try {
    const plain = readPlainCandidate(input, known);
    return plain === null ? parseCandidate(input) : { candidate: plain, detail: null };
  } catch {
    // A getter or proxy that throws: nothing that came through JSON, but the gate's promise covers it.
    return { candidate: null, detail: 'the item: got something that cannot be read; send plain JSON' };
  }
}

function parseCandidate(input: unknown): ParsedCandidate {
  const parsed = Candidate.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path ?? [];
    return { candidate: null, detail: `${path.length === 0 ? 'the item' : path.join('.')}: got ${showValue(valueAt(input, path), 60)}; ${issue?.message ?? 'not a candidate'}` };
  }
  if ((parsed.data.numerator === undefined) !== (parsed.data.denominator === undefined)) {
    return { candidate: null, detail: 'numerator, denominator: got one of them; state both or neither' };
  }
  return { candidate: parsed.data, detail: null };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}

/** JSON for people, cut to `maxLength` characters; never throws. */
export function showValue(value: unknown, maxLength: number): string {
  let text: string;
  try {
    text = typeof value === 'number' ? String(value) : JSON.stringify(value) ?? String(value);
  } catch {
    text = `a ${typeof value} that is not JSON`;
  }
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}
