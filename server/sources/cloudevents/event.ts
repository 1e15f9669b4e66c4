import { z } from 'zod';
import { IndicatorId, LocalityCode } from '../../../shared/domain/ids.ts';
import { parseInstant } from '../../../shared/domain/instant.ts';
import { UNPRINTABLE } from '../senderText.ts';
import { toSourceId } from './sourceSlug.ts';

/** The only event type read here; a new shape of `data` gets a new number. */
export const OBSERVATION_EVENT_TYPE = 'vn.ioc.observation.v1';

/** Context attributes of CloudEvents 1.0. Extension attributes are allowed by the standard and not read. */
export const EventAttributes = z.object({
  specversion: z.literal('1.0', 'must be "1.0"'),
  id: z.string('must be a text of 1-200 characters').min(1, 'must not be empty').max(200, 'must have at most 200 characters')
    .refine((id) => !UNPRINTABLE.test(id), 'must have no control characters, no characters that change the direction of text, and no half of a surrogate pair'),
  source: z.string('must be a URI reference').transform((source, context) => {
    const sourceId = toSourceId(source);
    if (sourceId !== null) return sourceId;
    context.issues.push({
      code: 'custom', input: source,
      message: 'must be a URI reference whose letters and digits, joined by "-", make an id of 1-64 characters, e.g. "/laocai/tslcd"',
    });
    return z.NEVER;
  }),
  type: z.literal(OBSERVATION_EVENT_TYPE, `must be "${OBSERVATION_EVENT_TYPE}"`),
  subject: LocalityCode,
  time: z.string('must be an RFC 3339 time with its offset, e.g. "2026-03-01T08:00:00+07:00"').transform((text, context) => {
    const atMs = parseInstant(text);
    if (atMs !== null && atMs >= 0) return atMs;
    if (atMs !== null) {
      context.issues.push({ code: 'custom', input: text, message: 'must be 1970-01-01T00:00:00Z or later' });
      return z.NEVER;
    }
    context.issues.push({ code: 'custom', input: text, message: 'must be an RFC 3339 time with its offset, e.g. "2026-03-01T08:00:00+07:00"; a time without an offset could be any of 26 hours' });
    return z.NEVER;
  }),
  datacontenttype: z.string().regex(/^application\/json(\s*;\s*charset=utf-8)?$/i, 'must be "application/json" or absent').optional(),
  dataschema: z.string().min(1).optional(),
});

const Part = z.number('must be a number of at least 0').nonnegative('must be a number of at least 0').optional();

/** What an observation event carries. A feed says whether it measured or declares; it cannot claim to report, derive or simulate. */
export const ObservationData = z.strictObject({
  indicator: IndicatorId.optional().describe('Id of the indicator; `indicatorId` is the same under another name. Exactly one of the two.'),
  indicatorId: IndicatorId.optional(),
  value: z.number('must be a number, or null for "no reading"').nullable().describe('In the indicator\'s unit. null: the source says "no reading".'),
  unit: z.string('must be the indicator\'s unit').max(40).optional().describe('Refused unless it is the indicator\'s unit in Vietnamese or English.'),
  numerator: Part.describe('Parts of a ratio: both or neither.'),
  denominator: Part,
  entryMethod: z.enum(['measured', 'declared'], 'must be "measured" (an instrument) or "declared" (typed in by a person)').default('measured'),
}, 'must be an object with indicator and value')
  .refine((data) => (data.indicator === undefined) !== (data.indicatorId === undefined), { path: ['indicator'], error: 'exactly one of indicator and indicatorId' })
  .refine((data) => (data.numerator === undefined) === (data.denominator === undefined), { path: ['denominator'], error: 'numerator and denominator, both or neither' });
export type ObservationData = z.output<typeof ObservationData>;
