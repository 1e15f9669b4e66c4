import type { Candidate } from '../../shared/domain/observation.ts';

/** Words of one fingerprint: two of `(sourceId, eventId)`, one of the body. */
export const FINGERPRINT_WORDS = 3;

// Multipliers and final mix of cyrb53 (public domain, by bryc): two lanes of 32 bits over UTF-16 units.
const FIRST_LANE = 0x9e3779b1, SECOND_LANE = 0x5f356495;
const FIRST_START = 0xdeadbeef, SECOND_START = 0x41c6ce57;

const float = new Float64Array(1);
const floatWords = new Uint32Array(float.buffer);

function mixText(start: number, text: string, lane: number): number {
  // The length first, so that ("ab", "c") and ("a", "bc") differ.
  let hash = Math.imul(start ^ text.length, lane);
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), lane);
  return hash;
}

/** No number is another thing than any number: it is mixed as NaN. */
function mixNumber(start: number, value: number | null | undefined, lane: number): number {
  float[0] = value ?? Number.NaN;
  return Math.imul(Math.imul(start ^ (floatWords[0] ?? 0), lane) ^ (floatWords[1] ?? 0), lane);
}

function finish(lane: number, other: number): number {
  return Math.imul(lane ^ (lane >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
}

/** Writes the fingerprint to `into[0..2]`. The same on every machine and version: it is kept in the log for seven days. */
export function fingerprint(candidate: Candidate, eventId: string, into: Uint32Array): void {
  const first = mixText(mixText(FIRST_START, candidate.sourceId, FIRST_LANE), eventId, FIRST_LANE);
  const second = mixText(mixText(SECOND_START, candidate.sourceId, SECOND_LANE), eventId, SECOND_LANE);
  into[0] = finish(first, second);
  into[1] = finish(second, first);
  let body = mixText(FIRST_START, candidate.localityCode, FIRST_LANE);
  body = mixText(body, candidate.indicatorId, FIRST_LANE);
  body = mixText(body, candidate.provenance, FIRST_LANE);
  body = mixText(body, candidate.comparator ?? 'exactly', FIRST_LANE);
  body = mixText(body, candidate.ref ?? '', FIRST_LANE);
  body = mixNumber(body, candidate.observedAtMs, FIRST_LANE);
  body = mixNumber(body, candidate.value, FIRST_LANE);
  body = mixNumber(body, candidate.numerator, FIRST_LANE);
  body = mixNumber(body, candidate.denominator, FIRST_LANE);
  into[2] = finish(body, body);
}
