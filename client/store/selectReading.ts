import { FRESHNESS_STATES, type Freshness, freshnessAt, type FreshnessLimits } from '../../shared/domain/freshness.ts';
import { ages, type Comparator, type Provenance } from '../../shared/domain/provenance.ts';
import { freshnessOf, provenanceOf, type ReadingColumns, unpackStatus } from '../../shared/domain/readingColumns.ts';
import type { MirrorStore } from './createMirrorStore.ts';
import type { LinkStatus } from './mirrorState.ts';

/** One series as a panel reads it. Zero is a reading; absence is `null`. */
export interface Reading {
  readonly seriesIndex: number;
  /** In the indicator's unit. `null`: no reading. */
  readonly value: number | null;
  /** Parts of a ratio or share; `null`: none, or not stated. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Epoch ms on the data's axis. `null`: never. */
  readonly observedAtMs: number | null;
  /** As the server last said. What to show is `shownFreshness`. */
  readonly freshness: Freshness;
  /** `null` while freshness is `never`. */
  readonly provenance: Provenance | null;
  readonly comparator: Comparator | null;
  /** 0 and 0 for an observed series. */
  readonly membersFresh: number;
  readonly membersExpected: number;
}

function orNull(number: number | undefined): number | null {
  return number === undefined || Number.isNaN(number) ? null : number;
}

/** The same object as before while the series is unchanged. `seriesIndex` must be one of the store's table. */
export function selectReading(store: MirrorStore, seriesIndex: number): Reading {
  const { columns, changedAt, readingCache, readingCacheAt } = store;
  const cached = readingCache[seriesIndex];
  if (cached !== undefined && readingCacheAt[seriesIndex] === changedAt[seriesIndex]) return cached;
  const status = unpackStatus(columns.status[seriesIndex] ?? 0);
  const isNever = status.freshness === 'never';
  const reading: Reading = {
    seriesIndex,
    value: orNull(columns.value[seriesIndex]),
    numerator: orNull(columns.numerator[seriesIndex]),
    denominator: orNull(columns.denominator[seriesIndex]),
    observedAtMs: orNull(columns.observedAtMs[seriesIndex]),
    freshness: status.freshness,
    provenance: isNever ? null : status.provenance,
    comparator: isNever ? null : status.comparator,
    membersFresh: columns.membersFresh[seriesIndex] ?? 0,
    membersExpected: columns.membersExpected[seriesIndex] ?? 0,
  };
  readingCache[seriesIndex] = reading;
  readingCacheAt[seriesIndex] = changedAt[seriesIndex] ?? 0;
  return reading;
}

function worse(a: Freshness, b: Freshness): Freshness {
  return FRESHNESS_STATES.indexOf(a) >= FRESHNESS_STATES.indexOf(b) ? a : b;
}

/**
 * [F2] How fresh a reading may look now: never fresher than the server said, than its age allows, or than a lost link allows. So a
 * server that has died cannot leave a screen looking alive. `dataNowMs`: the playhead.
 */
export function shownFreshness(reading: Reading, limits: FreshnessLimits, dataNowMs: number, link: LinkStatus['state']): Freshness {
  if (reading.freshness === 'never' || reading.provenance === null) return 'never';
  return lookedAt(reading.freshness, reading.provenance, reading.observedAtMs ?? Number.NaN, limits, dataNowMs, link);
}

/** [F2] The same of a series where it lies in the mirror's columns, for views of thousands: no object is made. */
export function shownFreshnessAt({ status, observedAtMs }: ReadingColumns, seriesIndex: number, limits: FreshnessLimits, dataNowMs: number, link: LinkStatus['state']): Freshness {
  const packed = status[seriesIndex] ?? 0;
  const sent = freshnessOf(packed);
  return sent === 'never' ? 'never' : lookedAt(sent, provenanceOf(packed), observedAtMs[seriesIndex] ?? Number.NaN, limits, dataNowMs, link);
}

/** `observedAtMs` NaN: never. */
function lookedAt(freshness: Freshness, provenance: Provenance, observedAtMs: number, limits: FreshnessLimits, dataNowMs: number, link: LinkStatus['state']): Freshness {
  const sent = link === 'lost' ? worse(freshness, 'stale') : freshness;
  return ages(provenance) && !Number.isNaN(observedAtMs) ? worse(sent, freshnessAt(dataNowMs - observedAtMs, limits)) : sent;
}

const STALE_BELOW_RATIO = 0.9;
const WITHHELD_BELOW_RATIO = 0.5;

/** [FG2] What too few fresh members make of an aggregate (UI.md §8). `null`: nothing, or it is no aggregate. */
export function coverageFault({ membersFresh, membersExpected }: Pick<Reading, 'membersFresh' | 'membersExpected'>): 'stale' | 'withheld' | null {
  if (membersFresh < membersExpected * WITHHELD_BELOW_RATIO) return 'withheld';
  return membersFresh < membersExpected * STALE_BELOW_RATIO ? 'stale' : null;
}

/** [FG2] The state a place is drawn in: that of its reading, or a worse one for want of members. A value that is withheld has no class. */
export function drawnFreshness(reading: Reading, freshness: Freshness): Freshness {
  const fault = coverageFault(reading);
  return fault === null ? freshness : worse(freshness, fault === 'stale' ? 'stale' : 'dead');
}
