import type { Candidate } from '../../shared/domain/observation.ts';
import { ages } from '../../shared/domain/provenance.ts';
import type { QuarantineReason } from '../ports/ingest.ts';

/** Figures typed in by a person speak of a day, month or year that is over; a yearly one is collected in the quarter after it. */
const DECLARED_WINDOW_MS = 460 * 24 * 3_600_000;

export interface LatenessLimits {
  /** A source's clock may run ahead of ours by this much. */
  readonly futureMs: number;
  /** Older than this against the moment of receipt is held back. */
  readonly lateWindowMs: number;
}

const windowOf = ({ provenance }: Candidate, { lateWindowMs }: LatenessLimits) => (provenance === 'declared' ? Math.max(DECLARED_WINDOW_MS, lateWindowMs) : lateWindowMs);

/**
 * [I6] `null`: in time. Reported and derived figures are facts about the past and are never too late; nobody may speak for the future,
 * because such a reading would stay the newest until that moment comes.
 */
export function latenessOf(candidate: Candidate, receivedAtMs: number, limits: LatenessLimits): QuarantineReason | null {
  if (candidate.observedAtMs > receivedAtMs + limits.futureMs) return 'future';
  if (candidate.observedAtMs < receivedAtMs - windowOf(candidate, limits) && ages(candidate.provenance)) return 'too-late';
  return null;
}

export function describeLateness(reason: QuarantineReason, candidate: Candidate, receivedAtMs: number, limits: LatenessLimits): string {
  const { observedAtMs } = candidate;
  const offSec = Math.round(Math.abs(receivedAtMs - observedAtMs) / 1_000);
  return reason === 'future'
    ? `observedAtMs ${observedAtMs} is ${offSec} s ahead of our clock; at most ${limits.futureMs / 1_000} s is allowed. Set the source's clock by NTP.`
    : `observedAtMs ${observedAtMs} is ${offSec} s old; at most ${windowOf(candidate, limits) / 1_000} s is allowed. An administrator may release it from quarantine.`;
}
