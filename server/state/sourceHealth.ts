import type { SourceId } from '../../shared/domain/ids.ts';
import { freshnessAt, sourceLimits } from '../../shared/domain/freshness.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { ages } from '../../shared/domain/provenance.ts';
import type { Source } from '../../shared/domain/source.ts';
import type { SourceHealth } from '../../shared/protocol/socket.ts';
import type { SourceStatus } from '../ports/state.ts';

export interface HeardSource {
  readonly id: SourceId;
  /** `undefined`: not in the catalogue. */
  readonly listed: Source | undefined;
  /** Promised where it is listed; of an unlisted source, the slowest cadence among the indicators it has sent. `null`: it promises none. */
  expectEveryMs: number | null;
  /** NaN: never. */
  lastReceivedAtMs: number;
  /** What its silence is counted from: its last word, moved with the clock, and not before somebody listened. NaN: never. */
  heardAtMs: number;
  /** Whether its last reading ages, or a feed derived it: a source of facts cannot fall silent. */
  lastReadingAges: boolean;
}

export interface Sources {
  /** Listed ones first, in order, then the others as they were first heard. Positions never change. */
  readonly all: readonly HeardSource[];
  /** Position of the source; an unknown one is added. */
  indexOf(sourceId: SourceId): number;
  /** `isRestored`: it was heard before this start. */
  hear(source: HeardSource, observation: Observation, indicatorExpectEveryMs: number, isRestored: boolean): void;
  shiftClock(byMs: number): void;
  statuses(nowMs: number): readonly SourceStatus[];
  health(nowMs: number): SourceHealth;
}

/** When silence is called stale. Infinity: never heard, promises no cadence, or what it sends does not age. */
export function silentFromMs({ heardAtMs, lastReadingAges, expectEveryMs }: HeardSource): number {
  return lastReadingAges && expectEveryMs !== null && !Number.isNaN(heardAtMs) ? heardAtMs + sourceLimits(expectEveryMs).staleAfterMs : Number.POSITIVE_INFINITY;
}

/** @param listeningFromMs before it nobody could have heard a source; -Infinity: as long as there were any */
export function createSources(listed: readonly Source[], listeningFromMs = Number.NEGATIVE_INFINITY): Sources {
  const all: HeardSource[] = listed.map((source) =>
    ({ id: source.id, listed: source, expectEveryMs: source.expectEveryMs, lastReceivedAtMs: Number.NaN, heardAtMs: Number.NaN, lastReadingAges: true }));
  const indexById = new Map<string, number>(all.map(({ id }, index) => [id, index]));
  const statuses = (nowMs: number): SourceStatus[] => all.map((source) => ({
    sourceId: source.id,
    lastReceivedAtMs: Number.isNaN(source.lastReceivedAtMs) ? null : source.lastReceivedAtMs,
    freshness: freshnessOfSource(source, nowMs),
  }));

  return {
    all, statuses,
    indexOf(sourceId) {
      const known = indexById.get(sourceId);
      if (known !== undefined) return known;
      indexById.set(sourceId, all.length);
      all.push({ id: sourceId, listed: undefined, expectEveryMs: 0, lastReceivedAtMs: Number.NaN, heardAtMs: Number.NaN, lastReadingAges: true });
      return all.length - 1;
    },
    hear(source, { receivedAtMs, provenance }, indicatorExpectEveryMs, isRestored) {
      if (source.listed === undefined) source.expectEveryMs = Math.max(source.expectEveryMs ?? 0, indicatorExpectEveryMs);
      if (!(receivedAtMs < source.lastReceivedAtMs)) source.lastReceivedAtMs = receivedAtMs;
      const heardAtMs = isRestored && Number.isFinite(listeningFromMs) ? listeningFromMs : receivedAtMs;
      if (!(heardAtMs < source.heardAtMs)) source.heardAtMs = heardAtMs;
      // A feed may derive a count from its cases, and is missed all the same.
      source.lastReadingAges = ages(provenance) || (provenance === 'derived' && source.listed?.entryMethod === 'push');
    },
    shiftClock(byMs) {
      for (const source of all) source.heardAtMs += byMs;
    },
    /** [F5] A source counts once it was heard; a listed feed (push or pull) that promises a cadence counts as `never` until then. */
    health(nowMs) {
      const health = { fresh: 0, late: 0, stale: 0, dead: 0, never: 0 };
      for (const source of all) {
        const freshness = freshnessOfSource(source, nowMs);
        if (freshness !== 'never' || (source.listed?.entryMethod !== 'manual' && source.expectEveryMs !== null)) health[freshness]++;
      }
      return health;
    },
  };
}

function freshnessOfSource({ expectEveryMs, lastReceivedAtMs, lastReadingAges }: HeardSource, nowMs: number): SourceStatus['freshness'] {
  if (Number.isNaN(lastReceivedAtMs)) return 'never';
  if (!lastReadingAges || expectEveryMs === null) return 'fresh';
  return freshnessAt(nowMs - lastReceivedAtMs, sourceLimits(expectEveryMs));
}
