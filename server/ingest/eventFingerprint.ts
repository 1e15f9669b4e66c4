import type { Candidate } from '../../shared/domain/observation.ts';

/** Words of one fingerprint: two of `(sourceId, eventId)`, one of the body. */
export const FINGERPRINT_WORDS = 3;

const float = new Float64Array(1);
const floatWords = new Uint32Array(float.buffer);
/** Scratch of the hash below: two lanes of 32 bits. */
const lanes = new Uint32Array(2);

// Multipliers and the final mix are those of cyrb53 (public domain, by bryc): two independent 32-bit lanes over UTF-16 units.
function mixWord(word: number): void {
  lanes[0] = Math.imul((lanes[0] ?? 0) ^ word, 0x9e3779b1);
  lanes[1] = Math.imul((lanes[1] ?? 0) ^ word, 0x5f356495);
}

function mixText(text: string): void {
  // The length first, so that ("ab", "c") and ("a", "bc") differ.
  mixWord(text.length);
  for (let at = 0; at < text.length; at++) mixWord(text.charCodeAt(at));
}

function mixNumber(value: number | null | undefined): void {
  float[0] = value ?? Number.NaN;
  mixWord(value === undefined ? 1 : 2);
  mixWord(floatWords[0] ?? 0);
  mixWord(floatWords[1] ?? 0);
}

function begin(): void {
  lanes[0] = 0xdeadbeef;
  lanes[1] = 0x41c6ce57;
}

function finish(): void {
  const a = lanes[0] ?? 0, b = lanes[1] ?? 0;
  lanes[0] = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  lanes[1] = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
}

/** Writes the fingerprint to `into[0..2]`. The same on every machine and version: it is kept in the log for seven days. */
export function fingerprint(candidate: Candidate, eventId: string, into: Uint32Array): void {
  begin();
  mixText(candidate.sourceId);
  mixText(eventId);
  finish();
  into[0] = lanes[0] ?? 0;
  into[1] = lanes[1] ?? 0;
  begin();
  mixText(candidate.localityCode);
  mixText(candidate.indicatorId);
  mixText(candidate.provenance);
  mixText(candidate.comparator ?? 'exactly');
  mixText(candidate.ref ?? '');
  mixNumber(candidate.observedAtMs);
  mixNumber(candidate.value);
  mixNumber(candidate.numerator);
  mixNumber(candidate.denominator);
  finish();
  into[2] = lanes[0] ?? 0;
}
