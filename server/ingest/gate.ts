import { type Candidate, type Observation, RELEASED_REF } from '../../shared/domain/observation.ts';
import { type Indicator, quantise } from '../../shared/domain/indicator.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Source } from '../../shared/domain/source.ts';
import type { AdmittedBatch, EventFingerprints, Gate, GateResult } from '../ports/ingest.ts';
import type { ReceivedCandidate } from '../ports/player.ts';
import { type KnownIds, readCandidate } from './candidateShape.ts';
import { FINGERPRINT_WORDS, fingerprint } from './eventFingerprint.ts';
import { createEventIndex } from './eventIndex.ts';
import { describeLateness, latenessOf } from './lateness.ts';
import { createQuarantine } from './quarantine.ts';
import { createRefusals } from './refusals.ts';
import { indexByPlace, whyImplausible, whyNoSeries, whyNotObservedHere } from './whyUnfit.ts';
import { quarantined, type Refusal, rejected } from './refusal.ts';

interface GateLimits {
  readonly futureMs: number;
  readonly lateWindowMs: number;
  /** Distinct sources not in the catalogue; memory per source is what is bounded. */
  readonly maxUnlistedSources: number;
  readonly maxQuarantined: number;
  /** Event ids remembered; 14-47 bytes each. */
  readonly maxEventIds: number;
}

const DEFAULT_LIMITS: GateLimits = {
  futureMs: 60_000, lateWindowMs: 24 * 3_600_000, maxUnlistedSources: 10_000, maxQuarantined: 1_000, maxEventIds: 10_000_000,
};

export interface GateOptions {
  readonly table: SeriesTable;
  readonly sources: readonly Source[];
  /** Event ids of the last seven days, from the log. They are kept for seven days from `atMs`. */
  readonly remembered?: { readonly fingerprints: EventFingerprints; readonly atMs: number };
  readonly limits?: Partial<GateLimits>;
}

const DUPLICATE: Refusal = { kind: 'duplicate' };

/** The only way into the log: unknown in, a reasoned answer out. Live, simulated and replayed candidates are judged alike. */
export function createGate({ table, sources, remembered, limits: given = {} }: GateOptions): Gate {
  const limits = { ...DEFAULT_LIMITS, ...given };
  const indicatorsById = new Map<string, Indicator>(table.indicators.map((indicator) => [indicator.id, indicator]));
  const seriesByPlace = indexByPlace(table);
  const listedSources = new Set<string>(sources.map(({ id }) => id));
  const unlistedSources = new Set<string>();
  const known: KnownIds = {
    hasSource: (id) => listedSources.has(id) || unlistedSources.has(id),
    hasLocality: (code) => seriesByPlace.has(code),
    hasIndicator: (id) => indicatorsById.has(id),
  };
  const events = createEventIndex(limits.maxEventIds);
  const refusals = createRefusals();
  const quarantine = createQuarantine(limits.maxQuarantined);
  const words = new Uint32Array(FINGERPRINT_WORDS);
  let acceptedCount = 0;

  for (let at = 0; remembered !== undefined && at < remembered.fingerprints.words.length; at += FINGERPRINT_WORDS) {
    const event = remembered.fingerprints.words.subarray(at, at + FINGERPRINT_WORDS);
    if (events.look(event, remembered.atMs) === 'new') events.add(event, remembered.atMs);
  }

  function refuse(refusal: Refusal, { receivedAtMs, candidate }: ReceivedCandidate): Refusal {
    if (refusal.kind === 'duplicate') refusals.count('duplicate', receivedAtMs, candidate, '');
    else refusals.count(refusal.reason, receivedAtMs, candidate, refusal.detail);
    if (refusal.kind === 'quarantined') quarantine.hold({ receivedAtMs, reason: refusal.reason, detail: refusal.detail, candidate });
    return refusal;
  }

  /** Leaves the fingerprint of an accepted candidate with an event id in `words`. */
  function judge({ candidate: input, receivedAtMs }: ReceivedCandidate): GateResult {
    const { candidate, detail } = readCandidate(input, known);
    if (candidate === null) return rejected('malformed', detail);
    if (!known.hasSource(candidate.sourceId) && unlistedSources.size >= limits.maxUnlistedSources) {
      return rejected('too-many-sources', `source "${candidate.sourceId}" is not in seeds/catalogue/sources.json and ${unlistedSources.size} unlisted sources are heard already; list it, or stop the sender that makes up names.`);
    }
    const indicator = indicatorsById.get(candidate.indicatorId);
    if (indicator === undefined) return rejected('unknown-indicator', `indicator "${candidate.indicatorId}" is not in seeds/catalogue/indicators.json; correct the id or add it there.`);
    const seriesHere = seriesByPlace.get(candidate.localityCode);
    const seriesIndex = seriesHere?.get(candidate.indicatorId);
    if (seriesIndex === undefined) return whyNoSeries(seriesHere !== undefined, candidate, indicator);
    const unfit = whyNotObservedHere(table, seriesIndex, candidate) ?? whyImplausible(candidate, indicator);
    if (unfit !== null) return unfit;
    // Before lateness: a resend of something stored yesterday is a duplicate, not late.
    if (candidate.eventId !== undefined) {
      fingerprint(candidate, candidate.eventId, words);
      const seen = events.look(words, receivedAtMs);
      if (seen === 'same-body') return DUPLICATE;
      if (seen === 'other-body') return rejected('id-conflict', `event "${candidate.eventId}" of source "${candidate.sourceId}" was stored with another body in the last seven days; give a correction its own id.`);
    }
    const lateness = latenessOf(candidate, receivedAtMs, limits);
    const isReleased = lateness === 'too-late' && candidate.ref === RELEASED_REF;
    if (lateness !== null && !isReleased) return quarantined(lateness, describeLateness(lateness, candidate, receivedAtMs, limits));
    return { kind: 'accepted', observation: toObservation(candidate, seriesIndex, receivedAtMs, indicator) };
  }

  return {
    admit(received: readonly ReceivedCandidate[]): AdmittedBatch {
      const results: GateResult[] = [];
      const accepted: Observation[] = [];
      const batchWords = new Uint32Array(received.length * FINGERPRINT_WORDS);
      let wordCount = 0;
      for (const item of received) {
        const result = judge(item);
        if (result.kind !== 'accepted') {
          results.push(refuse(result, item));
          continue;
        }
        const { sourceId, eventId } = result.observation;
        if (eventId !== null) {
          events.add(words, item.receivedAtMs);
          batchWords.set(words, wordCount);
          wordCount += FINGERPRINT_WORDS;
        }
        if (!listedSources.has(sourceId)) unlistedSources.add(sourceId);
        accepted.push(result.observation);
        results.push(result);
      }
      acceptedCount += accepted.length;
      return { results, accepted, fingerprints: { words: batchWords.slice(0, wordCount) } };
    },
    forget({ words: forgotten }) {
      for (let at = 0; at < forgotten.length; at += FINGERPRINT_WORDS) events.forget(forgotten.subarray(at, at + FINGERPRINT_WORDS));
    },
    get acceptedCount() { return acceptedCount; },
    refusals: refusals.list,
    quarantine: quarantine.list,
  };
}

function toObservation(candidate: Candidate, seriesIndex: number, receivedAtMs: number, { decimals }: Indicator): Observation {
  const { value } = candidate;
  return {
    seriesIndex, receivedAtMs,
    sourceId: candidate.sourceId,
    eventId: candidate.eventId ?? null,
    observedAtMs: candidate.observedAtMs,
    // "+ 0" turns -0 into 0: the two are one reading, and must be one on the wire.
    value: value === null ? null : quantise(value, decimals) + 0,
    numerator: candidate.numerator ?? null,
    denominator: candidate.denominator ?? null,
    comparator: candidate.comparator ?? 'exactly',
    provenance: candidate.provenance,
    ref: candidate.ref ?? null,
  };
}
