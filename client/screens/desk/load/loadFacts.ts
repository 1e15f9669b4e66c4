import { SEVERITIES, type Severity } from '../../../../shared/domain/severity.ts';
import type { AlarmLoadDto } from '../../../../shared/protocol/alarms.ts';
import { ALARM_LOAD } from '../../../theme/tokens.ts';

export type LoadBucket = AlarmLoadDto['buckets'][number];

/** EEMUA 191: alarms of a day that one operator can take in well, and at most. */
export const DAY_TARGETS = { acceptable: 150, manageable: 300 } as const;

export function loadLevel(count: number): 'normal' | 'high' | 'flood' {
  if (count > ALARM_LOAD.flood) return 'flood';
  return count > ALARM_LOAD.high ? 'high' : 'normal';
}

export const totalOf = (buckets: readonly LoadBucket[]): number => buckets.reduce((sum, { count }) => sum + count, 0);

export interface FloodSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

/** Stretches of time above the flood mark, oldest first. Pure. */
export function floodSpans(buckets: readonly LoadBucket[], bucketMs: number): FloodSpan[] {
  const spans: FloodSpan[] = [];
  for (const { fromMs, count } of buckets) {
    if (loadLevel(count) !== 'flood') continue;
    const last = spans.at(-1);
    if (last !== undefined && last.toMs === fromMs) spans[spans.length - 1] = { fromMs: last.fromMs, toMs: fromMs + bucketMs, count: last.count + count };
    else spans.push({ fromMs, toMs: fromMs + bucketMs, count });
  }
  return spans;
}

/** Three classes as EEMUA 191 counts them; `unknown` is of none and told beside them. */
const MIX = [{ name: 'low', severities: ['low'], targetRatio: 0.8 }, { name: 'medium', severities: ['medium'], targetRatio: 0.15 }, { name: 'high', severities: ['critical', 'high'], targetRatio: 0.05 }] as const;

export interface MixPart {
  readonly name: (typeof MIX)[number]['name'];
  readonly count: number;
  /** Of those that have a level; `null`: none has. */
  readonly ratio: number | null;
  readonly targetRatio: number;
}

export function countsBySeverity(buckets: readonly LoadBucket[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  for (const { bySeverity } of buckets) for (const severity of SEVERITIES) counts[severity] += bySeverity[severity] ?? 0;
  return counts;
}

/** [DK15] Shares of low, medium and high among those with a level. Pure. */
export function priorityMix(buckets: readonly LoadBucket[]): MixPart[] {
  const counts = countsBySeverity(buckets);
  const parts = MIX.map(({ name, severities, targetRatio }) => ({ name, targetRatio, count: severities.reduce((sum, severity) => sum + counts[severity], 0) }));
  const whole = parts.reduce((sum, { count }) => sum + count, 0);
  return parts.map((part) => ({ ...part, ratio: whole === 0 ? null : part.count / whole }));
}

const VIETNAM_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** Midnight in Viet Nam before that moment. Epoch ms. */
export function dayStartMs(atMs: number): number {
  return Math.floor((atMs + VIETNAM_OFFSET_MS) / DAY_MS) * DAY_MS - VIETNAM_OFFSET_MS;
}
