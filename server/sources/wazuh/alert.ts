import { z } from 'zod';
import { parseSenderInstant } from '../senderClock.ts';
import { DigitsText } from '../senderNumber.ts';
import { RuleMetadata } from '../suricata/event.ts';

const Name = z.string().min(1).max(255);
/** What it says may place or group an alert; that it is odd must not cost the alert. */
const Word = z.string().min(1).max(255).optional().catch(undefined);

/**
 * Only what is named here is kept. `full_log`, `previous_output`, `data.srcuser`, `data.dstuser` and the like hold what people did
 * and are called; there is no field for them.
 */
export const WazuhAlert = z.object({
  id: z.union([Name, z.number().nonnegative()], 'must be the alert\'s id, e.g. "1772326800.12345"').transform(String),
  timestamp: z.string().refine((text) => parseSenderInstant(text) !== null, 'must be a time with its offset, e.g. "2026-03-01T08:00:00.123+0700"'),
  rule: z.object({
    id: DigitsText,
    level: z.union([z.number().int().min(0, 'must be 0-16').max(16, 'must be 0-16'), z.string().regex(/^\d{1,2}$/, 'must be 0-16')], 'must be 0-16'),
    description: z.string().optional(),
    groups: z.array(z.string()).default([]),
    /** Techniques by id, tactics by name. */
    mitre: z.object({ id: z.unknown().optional(), tactic: z.unknown().optional() }).optional().catch(undefined),
  }),
  agent: z.object({ id: Name, name: Word, labels: z.record(z.string(), z.unknown()).optional().catch(undefined) }).optional(),
  manager: z.object({ name: Name }),
  data: z.object({
    srcip: Word, src_ip: Word, dest_ip: Word,
    alert: z.object({
      gid: DigitsText.optional().catch(undefined),
      signature_id: DigitsText.optional().catch(undefined),
      severity: z.union([z.string(), z.number()]).optional().catch(undefined),
      metadata: RuleMetadata,
    }).optional().catch(undefined),
  }).optional().catch(undefined),
});
export type WazuhAlert = z.output<typeof WazuhAlert>;
