import type { Candidate } from '../../shared/domain/observation.ts';
import { ages } from '../../shared/domain/provenance.ts';
import type { QuarantineReason } from '../ports/ingest.ts';

export interface LatenessLimits {
  /** A source's clock may run ahead of ours by this much. */
  readonly futureMs: number;
  /** Older than this against the moment of receipt is held back. */
  readonly lateWindowMs: number;
}

/**
 * [I6] `null`: in time. Reported and derived figures are facts about the past and are never too late; nobody may speak for the future,
 * because such a reading would stay the newest until that moment comes.
 */
export function latenessOf({ observedAtMs, provenance }: Candidate, receivedAtMs: number, { futureMs, lateWindowMs }: LatenessLimits): QuarantineReason | null {
  if (observedAtMs > receivedAtMs + futureMs) return 'future';
  if (observedAtMs < receivedAtMs - lateWindowMs && ages(provenance)) return 'too-late';
  return null;
}

export function describeLateness(reason: QuarantineReason, { observedAtMs }: Candidate, receivedAtMs: number, limits: LatenessLimits): string {
  const offSec = Math.round(Math.abs(receivedAtMs - observedAtMs) / 1_000);
  return reason === 'future'
    ? `observedAtMs ${observedAtMs} is ${offSec} s ahead of our clock; at most ${limits.futureMs / 1_000} s is allowed. Set the source's clock by NTP.`
    : `observedAtMs ${observedAtMs} is ${offSec} s old; at most ${limits.lateWindowMs / 1_000} s is allowed. An administrator may release it from quarantine.`;
}
