import type { GateResult, QuarantineReason, RejectReason } from '../ports/ingest.ts';

export type Refusal = Extract<GateResult, { kind: 'rejected' | 'quarantined' | 'duplicate' }>;

export const rejected = (reason: RejectReason, detail: string): Refusal => ({ kind: 'rejected', reason, detail });
export const quarantined = (reason: QuarantineReason, detail: string): Refusal => ({ kind: 'quarantined', reason, detail });
