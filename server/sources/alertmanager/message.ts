import { z } from 'zod';
import { parseInstant } from '../../../shared/domain/instant.ts';

const Texts = z.record(z.string(), z.string('must be a text'), 'must be an object of texts');

/** Webhook of Alertmanager, version 4, and of Grafana, which adds fields. What is not named here is not read. */
export const AlertmanagerAlert = z.object({
  status: z.enum(['firing', 'resolved'], 'must be "firing" or "resolved"'),
  labels: Texts,
  annotations: Texts.nullish(),
  startsAt: z.string('must be an RFC 3339 time').transform((text, context) => {
    const atMs = parseInstant(text);
    if (atMs !== null && atMs >= 0) return atMs;
    context.issues.push({ code: 'custom', input: text, message: 'must be an RFC 3339 time of 1970 or later' });
    return z.NEVER;
  }).describe('RFC 3339'),
  /** Year 1 while it is firing, and in Grafana also after: not a date. */
  endsAt: z.unknown().transform((text) => (typeof text === 'string' ? parseInstant(text) : null)),
  fingerprint: z.string('must be a text; Alertmanager sends it since 0.19').min(1, 'must not be empty'),
}, 'must be an object');
export type AlertmanagerAlert = z.output<typeof AlertmanagerAlert>;

/** For the description of the interface: alerts are read one by one, so that one bad one costs no other. */
export const AlertmanagerMessage = z.object({
  version: z.string().optional(),
  status: z.string().optional(),
  truncatedAlerts: z.number().optional(),
  alerts: z.array(AlertmanagerAlert),
});
