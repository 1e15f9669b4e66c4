import type { RefusalCount } from '../ports/ingest.ts';
import { showValue } from './candidateShape.ts';

const EXAMPLE_CHARS = 500;

export interface Refusals {
  count(reason: RefusalCount['reason'], receivedAtMs: number, candidate: unknown, detail: string): void;
  list(): readonly RefusalCount[];
}

/** [I7] One line per reason, so a flood of bad items costs one counter. The example is written out only when someone looks. */
export function createRefusals(): Refusals {
  const byReason = new Map<RefusalCount['reason'], { count: number; lastAtMs: number; lastDetail: string; candidate: unknown }>();
  return {
    count(reason, receivedAtMs, candidate, detail) {
      const line = byReason.get(reason) ?? { count: 0, lastAtMs: 0, lastDetail: '', candidate: undefined };
      line.count++;
      line.lastAtMs = receivedAtMs;
      line.lastDetail = detail;
      line.candidate = candidate;
      if (line.count === 1) byReason.set(reason, line);
    },
    list: () => [...byReason].map(([reason, { count, lastAtMs, lastDetail, candidate }]) => ({
      reason, count, lastAtMs, lastDetail, lastSourceId: sourceIdOf(candidate), lastExample: showValue(candidate, EXAMPLE_CHARS),
    })),
  };
}

function sourceIdOf(candidate: unknown): string | null {
  try {
    const sourceId = (candidate as { sourceId?: unknown } | null | undefined)?.sourceId;
    return typeof sourceId === 'string' ? sourceId.slice(0, 64) : null;
  } catch {
    return null;
  }
}
