const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Lengths of time that have a button. */
export const SPANS = { '1h': HOUR_MS, '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS } as const;
export type SpanName = keyof typeof SPANS | 'custom';

export interface TimeSpan {
  readonly name: SpanName;
  readonly fromMs: number;
  readonly toMs: number;
}

const CUSTOM_PATTERN = /^(\d{1,15})-(\d{1,15})$/;
const UNASKED = '24h';

function isSpanName(text: string): text is keyof typeof SPANS {
  return Object.hasOwn(SPANS, text);
}

/** What `?range=` asks for, "7d" or "<from ms>-<to ms>", up to `endMs` and no further: what lies after it is not told. What is asked wrongly is a day. Pure. */
export function readSpan(asked: string | null, endMs: number): TimeSpan {
  const [, from, to] = CUSTOM_PATTERN.exec(asked ?? '') ?? [];
  if (from !== undefined && to !== undefined) {
    const [fromMs, toMs] = [Number(from), Math.min(Number(to), endMs)];
    if (fromMs < toMs) return { name: 'custom', fromMs, toMs };
  }
  const name = asked !== null && isSpanName(asked) ? asked : UNASKED;
  return { name, fromMs: endMs - SPANS[name], toMs: endMs };
}

export function writeSpan({ name, fromMs, toMs }: TimeSpan): string {
  return name === 'custom' ? `${Math.floor(fromMs)}-${Math.floor(toMs)}` : name;
}

/** As many as a chart of the widest column has room for; the server sends 2,000 at most. */
const MOST_POINTS = 480;

/** Buckets to ask for: none shorter than what readings come in, so that a bucket without one means something. Pure. */
export function pointsOf({ fromMs, toMs }: TimeSpan, expectEveryMs: number): number {
  return Math.max(1, Math.min(MOST_POINTS, Math.floor((toMs - fromMs) / Math.max(1, expectEveryMs))));
}
