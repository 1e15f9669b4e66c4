import type { Severity } from '../../../../shared/domain/severity.ts';
import { PREEMPTION } from '../../wall/preemption.ts';

const MINUTE_MS = 60_000;

/** Within which somebody should have acknowledged. Of a critical one what the wall says; the others by our own judgement, until a catalogue of rules says it. */
export const RESPONSE_TARGET_MS: Readonly<Record<Severity, number>> = {
  critical: PREEMPTION.targetMs, high: 15 * MINUTE_MS, medium: 60 * MINUTE_MS, low: 4 * 60 * MINUTE_MS, unknown: 15 * MINUTE_MS,
};
