import { z } from 'zod';
import { ChannelId, IndicatorId, LocalityCode } from '../../shared/domain/ids.ts';
import { parseInstant } from '../../shared/domain/instant.ts';
import { describeIssues, showValue } from '../../shared/protocol/fieldProblem.ts';
import type { ChannelView } from '../ports/channel.ts';
import { ProblemError } from './problem.ts';

const INSTANT_FORM = 'ISO 8601 with an offset, e.g. 2026-03-01T08:00:00+07:00, or epoch milliseconds';

/** Epoch ms. An offset's "+" arrives as a blank from everyone who does not escape it, and can be nothing else there. */
const Instant = z.string().transform((text, context) => {
  const atMs = /^\d{1,15}$/.test(text) ? Number(text) : parseInstant(text.replace(/ (?=\d{2}:\d{2}$)/, '+'));
  if (atMs !== null) return atMs;
  context.issues.push({ code: 'custom', input: text, message: `must be ${INSTANT_FORM}; a time without an offset is refused` });
  return z.NEVER;
});

const wholeNumber = (min: number, max: number) => z.string().regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
  .transform(Number).refine((count) => count >= min && count <= max, `must be a whole number from ${min} to ${max}`);

export const channelField = ChannelId.default('live').describe('Channel; live unless said.').meta({ examples: ['live'] });
export const localityField = LocalityCode.describe('Locality code of the channel\'s edition.').meta({ examples: ['10'] });
export const indicatorField = IndicatorId.describe('Indicator id, as in /api/v1/indicators.').meta({ examples: ['tslcd-share'] });
export const instantField = (meaning: string) => Instant.optional().describe(`${meaning} ${INSTANT_FORM}.`).meta({ examples: ['2026-03-01T08:00:00+07:00'] });
/** As `instantField`, and must be given. Of a schema that transforms, the description of the interface keeps what is said of its input. */
export const momentField = (meaning: string) => {
  const said = { description: `${meaning} ${INSTANT_FORM}.`, examples: ['2026-03-01T08:00:00+07:00'] };
  return z.string().meta(said).pipe(Instant).meta(said);
};
export const countField = (min: number, max: number, fallback: number, meaning: string) =>
  wholeNumber(min, max).prefault(String(fallback)).describe(`${meaning} ${min}-${max}, ${fallback} unless said.`).meta({ examples: [String(fallback)] });

function exampleOf(schema: z.ZodObject, name: string): string {
  const field = schema.shape[name];
  const { examples } = (field instanceof z.ZodType ? field.meta() : undefined) ?? {};
  return `${name}=${Array.isArray(examples) ? String(examples[0]) : '…'}`;
}

/** @throws ProblemError 400 naming every unknown, repeated or wrong parameter. */
export function parseQuery<Query extends z.ZodObject>(schema: Query, url: string): z.output<Query> {
  const start = url.indexOf('?');
  const entries = start < 0 ? [] : [...new URLSearchParams(url.slice(start + 1))];
  const known = Object.keys(schema.shape);
  const names = entries.map(([name]) => name);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  const errors = [...new Set(repeated)].map((name) => ({ where: `query ${name}`, got: 'this parameter several times', expected: 'each parameter once' }));
  const raw = Object.fromEntries(entries);
  const parsed = schema.safeParse(raw);
  if (parsed.success && errors.length === 0) return parsed.data;
  if (!parsed.success) {
    errors.push(...describeIssues(parsed.error, raw, known).map(({ where, got, expected }) => {
      const name = where.slice(1);
      return { where: `query ${name}`, got, expected: Object.hasOwn(raw, name) ? expected : `this parameter, e.g. ${exampleOf(schema, name)}` };
    }));
  }
  throw new ProblemError('malformed-request', `Known parameters: ${known.length === 0 ? 'none' : known.join(', ')}.`, { errors });
}

/** @throws ProblemError 404 for a channel that this server does not run. */
export function findChannel(channels: ReadonlyMap<ChannelId, ChannelView>, id: ChannelId): ChannelView {
  const channel = channels.get(id);
  if (channel === undefined) throw new ProblemError('not-found', `This server runs no channel "${id}". It runs: ${[...channels.keys()].join(', ')}.`);
  return channel;
}

/** @throws ProblemError 404 that says which of the two is unknown, or that they do not go together. */
export function findSeries(channel: ChannelView, localityCode: LocalityCode, indicatorId: IndicatorId): number {
  const { table, edition } = channel;
  const index = table.indexOf(localityCode, indicatorId);
  if (index !== undefined) return index;
  requireLocality(channel, localityCode);
  const indicator = table.indicators.find(({ id }) => id === indicatorId);
  if (indicator === undefined) throw new ProblemError('not-found', `There is no indicator ${showValue(indicatorId)}. /api/v1/indicators lists them.`);
  throw new ProblemError('not-found', `Indicator "${indicatorId}" exists at these levels: ${indicator.levels.join(', ')}; ${localityCode} of edition ${edition} is at another.`);
}

/** @throws ProblemError 404 for a code that the channel's edition does not have. */
export function requireLocality({ table, edition }: ChannelView, localityCode: LocalityCode): readonly [number, number] {
  const range = table.familyRange(localityCode);
  if (range === undefined) throw new ProblemError('not-found', `Edition ${edition} has no locality "${localityCode}". /api/v1/localities?edition=${edition} lists them.`);
  return range;
}

/** @throws ProblemError 400 for a moment that the channel has not reached: nobody knows what it will hold. */
export function refuseFuture(channel: ChannelView, parameter: string, atMs: number): void {
  // Clocks of two machines on one network differ by less.
  const toleranceMs = 60_000;
  const { nowMs } = channel.playback();
  if (atMs <= nowMs + toleranceMs) return;
  throw new ProblemError('malformed-request', `Channel "${channel.id}" is at ${new Date(nowMs).toISOString()}; later than that nothing is known.`, {
    errors: [{ where: `query ${parameter}`, got: String(atMs), expected: `a time up to ${Math.floor(nowMs)}` }],
  });
}
