import { z } from 'zod';
import { parseSenderInstant } from '../senderClock.ts';
import { DigitsText } from '../senderNumber.ts';

/** Absent for packets that are not IP. `null` is no address and no absence: something between the sensor and here broke it. */
const Address = z.string('must be an address').min(1).max(64).optional();

/** A rule's own words come as lists. */
export const RuleMetadata = z.object({
  signature_severity: z.union([z.string(), z.array(z.string())]).optional(),
  mitre_tactic_id: z.unknown().optional(), mitre_technique_id: z.unknown().optional(),
}).optional().catch(undefined);

export const EveAlert = z.object({
  timestamp: z.string().refine((text) => parseSenderInstant(text) !== null, 'must be a time with its offset, e.g. "2026-03-01T08:00:00.123456+0700"'),
  event_type: z.literal('alert'),
  host: z.string().min(1).max(255).optional(),
  flow_id: DigitsText.optional(),
  tx_id: DigitsText.optional(),
  src_ip: Address,
  dest_ip: Address,
  alert: z.object({
    gid: DigitsText,
    signature_id: DigitsText,
    rev: DigitsText,
    signature: z.string().optional(),
    severity: z.number().int().min(1, 'must be 1-255').max(255, 'must be 1-255').optional(),
    metadata: RuleMetadata,
  }),
});
export type EveAlert = z.output<typeof EveAlert>;

/** A rule's metadata is the only place where Suricata can say critical; its numbers end at "high". */
export function isCritical(metadata: z.output<typeof RuleMetadata>): boolean {
  return [metadata?.signature_severity ?? []].flat().some((word) => word.toLowerCase() === 'critical');
}
