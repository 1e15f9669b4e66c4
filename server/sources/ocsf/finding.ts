import { z } from 'zod';
import { fromEpoch, parseSenderInstant } from '../senderClock.ts';

/** Year 5138; beyond it are microseconds. */
const TIME_BELOW = 1e14;

const Word = z.string().min(1).max(255).optional().catch(undefined);
const Tags = z.array(z.object({ name: z.string(), value: z.string() })).optional().catch(undefined);

const Time = z.number('must be epoch milliseconds, or seconds').nonnegative().max(TIME_BELOW, 'must be epoch milliseconds, or seconds').transform(fromEpoch);

const Named = z.object({ uid: z.unknown().optional(), name: z.unknown().optional() }).optional().catch(undefined);
/** A technique by its id, a tactic by id or name. Before OCSF 1.1 tactics were a list. */
const Attack = z.object({ technique: Named, sub_technique: Named, tactic: Named, tactics: z.array(Named).optional().catch(undefined) }).catch({});

const About = z.object({
  uid: z.string().min(1).max(1_000), title: z.string().optional().catch(undefined), modified_time: Time.optional().catch(undefined),
  attacks: z.array(Attack).max(100).optional().catch(undefined),
});

const Finding = z.object({
  class_uid: z.union([z.literal(2004), z.literal(2001)]),
  /** 1 create, 2 update, 3 close. */
  activity_id: z.number().int().optional(),
  /** 1 new, 2 in progress, 3 suppressed, 4 resolved, 5 archived, 6 deleted. */
  status_id: z.number().int().nullish(),
  severity_id: z.number().int().nullish(),
  time: Time.optional(),
  time_dt: z.string().refine((text) => parseSenderInstant(text) !== null, 'must be an RFC 3339 time with its offset').optional(),
  metadata: z.object({ product: z.object({ name: Word, vendor_name: Word, uid: Word }), tags: Tags }),
  finding_info: About.optional(),
  /** Of class 2001, before `finding_info`. */
  finding: About.optional(),
  device: z.object({ hostname: Word, name: Word }).optional().catch(undefined),
  resources: z.array(z.object({ name: Word, tags: Tags })).max(100).optional().catch(undefined),
  osint: z.array(z.object({ tlp: z.unknown().optional() }).catch({})).max(100).optional().catch(undefined),
  unmapped: z.unknown().optional(),
});

export const OcsfFinding = Finding.transform(({ time, time_dt, finding_info, finding, ...rest }, context) => {
  const atMs = time_dt === undefined ? time : parseSenderInstant(time_dt) ?? undefined;
  const about = finding_info ?? finding;
  if (atMs === undefined) context.issues.push({ code: 'custom', input: time, path: ['time'], message: 'must be epoch milliseconds, or time_dt must be there' });
  if (about === undefined) context.issues.push({ code: 'custom', input: about, path: ['finding_info'], message: 'must be there, with the uid of the finding' });
  return atMs === undefined || about === undefined ? z.NEVER : { ...rest, atMs, about };
});
export type OcsfFinding = z.output<typeof OcsfFinding>;
