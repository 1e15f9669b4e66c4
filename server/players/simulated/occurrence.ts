import { draw, mix } from './noise.ts';

/** From (inclusive) to (exclusive), epoch ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Something that happens now and then: at most once per bucket of time, wholly inside it, for a time between two bounds. */
export interface OccurrenceRule {
  readonly bucketMs: number;
  /** Chance per bucket, 0-1. */
  readonly chanceRatio: number;
  readonly minMs: number;
  /** At most `bucketMs`. Short ones are commoner than long ones: every doubling is as likely as the next. */
  readonly maxMs: number;
}

/** Every key has its own bucket borders, so that there is no hour of the day at which nothing can be happening anywhere. */
export function bucketAt(key: number, atMs: number, { bucketMs }: OccurrenceRule): number {
  return Math.floor((atMs + draw(key, 1) * bucketMs) / bucketMs);
}

/** The occurrence of one bucket; `null`: nothing happens in it. */
export function occurrenceIn(key: number, bucket: number, rule: OccurrenceRule): Span | null {
  const own = mix(key, bucket);
  if (draw(own, 2) >= rule.chanceRatio) return null;
  const durationMs = rule.minMs * (rule.maxMs / rule.minMs) ** draw(own, 3);
  const fromMs = Math.round(bucket * rule.bucketMs - draw(key, 1) * rule.bucketMs + draw(own, 4) * (rule.bucketMs - durationMs));
  return { fromMs, toMs: fromMs + Math.round(durationMs) };
}

/** When what is going on began; NaN: nothing is. */
export function ongoingSinceMs(key: number, atMs: number, rule: OccurrenceRule): number {
  const bucket = bucketAt(key, atMs, rule);
  // The commonest answer, without making a span.
  if (draw(mix(key, bucket), 2) >= rule.chanceRatio) return Number.NaN;
  const span = occurrenceIn(key, bucket, rule);
  return span !== null && atMs >= span.fromMs && atMs < span.toMs ? span.fromMs : Number.NaN;
}

export function isWithin(span: Span, atMs: number): boolean {
  return atMs >= span.fromMs && atMs < span.toMs;
}
