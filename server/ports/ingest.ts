import type { Observation } from '../../shared/domain/observation.ts';
import type { ReceivedCandidate } from './player.ts';

export type RejectReason =
  | 'malformed' | 'unknown-indicator' | 'unknown-locality' | 'not-observed-here' | 'implausible-value' | 'id-conflict' | 'too-many-sources';
export type QuarantineReason = 'too-late' | 'future';

/** What became of one candidate. `stored` only after commit. */
export type Outcome =
  | { readonly outcome: 'stored'; readonly offset: number }
  | { readonly outcome: 'duplicate' }
  | { readonly outcome: 'quarantined'; readonly reason: QuarantineReason; readonly detail: string }
  | { readonly outcome: 'rejected'; readonly reason: RejectReason; readonly detail: string };

export type GateResult =
  | { readonly kind: 'accepted'; readonly observation: Observation }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'quarantined'; readonly reason: QuarantineReason; readonly detail: string }
  | { readonly kind: 'rejected'; readonly reason: RejectReason; readonly detail: string };

/** Counted and visible: every refusal with its reason and the last example. */
export interface RefusalCount {
  readonly reason: RejectReason | QuarantineReason | 'duplicate';
  readonly count: number;
  readonly lastAtMs: number;
  readonly lastSourceId: string | null;
  readonly lastDetail: string;
  /** The candidate as received, cut to 500 characters of JSON. */
  readonly lastExample: string;
}

export interface QuarantinedItem {
  readonly id: number;
  readonly receivedAtMs: number;
  readonly reason: QuarantineReason;
  readonly detail: string;
  readonly candidate: unknown;
}

export interface Release {
  /** Who released it, as they call themselves. */
  readonly by: string;
  readonly why: string;
}

/** `released` `null`: it is still held. `outcome` `null`: the answer is under way. */
export interface HeldItem extends QuarantinedItem {
  readonly released: (Release & { readonly atMs: number; readonly outcome: Outcome | null }) | null;
}

/** `too-early`: it speaks of a moment that has not come. `again`: it was released before. */
export type ReleaseAnswer =
  | { readonly kind: 'released'; readonly outcome: Outcome }
  | { readonly kind: 'too-early'; readonly fromMs: number }
  | { readonly kind: 'unknown' | 'again' };

/** Explicit event ids of a batch, kept seven days so that a resend is recognised after a restart. Three words per id: two of `(sourceId, eventId)`, one of the body. */
export interface EventFingerprints {
  readonly words: Uint32Array;
}

export interface AdmittedBatch {
  /** One per candidate, in order. */
  readonly results: readonly GateResult[];
  readonly accepted: readonly Observation[];
  readonly fingerprints: EventFingerprints;
}

export interface Gate {
  /** The only way into the log. Never throws on outside data. */
  admit(received: readonly ReceivedCandidate[]): AdmittedBatch;
  /** The batch could not be committed: its event ids are unknown again, so that a resend is not called a duplicate. */
  forget(fingerprints: EventFingerprints): void;
  readonly acceptedCount: number;
  refusals(): readonly RefusalCount[];
  /** Newest first, bounded. */
  quarantine(): readonly QuarantinedItem[];
}
