import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Indicator } from '../shared/domain/indicator.ts';
import type { Locality } from '../shared/domain/locality.ts';
import type { Source } from '../shared/domain/source.ts';
import { describeFields, describeIssues, type FieldProblem, showValue } from '../shared/protocol/fieldProblem.ts';
import { isSecurityFeed } from './cases/coverage.ts';
import { type FeedFormat, FeedSettings, FeedSettingsFile } from './ports/feedSettings.ts';

export interface FeedsSurroundings {
  /** Of the edition the live channel shows. */
  readonly localities: readonly Locality[];
  readonly indicators: readonly Indicator[];
  readonly sources: readonly Source[];
}

const NATION = 'VN';

/** What their messages carry are readings, not cases. */
const READING_FORMATS: ReadonlySet<FeedFormat> = new Set<FeedFormat>(['cloudevents', 'figures']);

/** @throws Error that names every wrong field: where it is, what is there, what belongs there */
export function readFeeds(path: string | undefined, surroundings: FeedsSurroundings): readonly FeedSettings[] {
  if (path === undefined) return [];
  const given = readJson(path);
  const parsed = FeedSettingsFile.safeParse(given);
  if (!parsed.success) return refuse(path, describeIssues(parsed.error, given, (at) => namesAt(FeedSettingsFile, at)));
  const problems = parsed.data.feeds.flatMap((feed, index) => unknownNames(feed, `/feeds/${index}`, surroundings));
  return problems.length > 0 ? refuse(path, problems) : parsed.data.feeds.map(withOwnPlace);
}

/** What a feed of one place sends without saying where is of that place. Of several, or of the nation, it is of none: never of the capital. */
function withOwnPlace(feed: FeedSettings): FeedSettings {
  const [only, ...others] = feed.localities;
  if (feed.placement.otherwise !== undefined || only === undefined || only === NATION || others.length > 0) return feed;
  return { ...feed, placement: { ...feed.placement, otherwise: only } };
}

function readJson(path: string): unknown {
  try {
    // Windows' own editor begins a file with a byte order mark.
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    return refuse(path, [{ where: '', got: error instanceof Error ? error.message : String(error), expected: 'a file of JSON that can be read' }]);
  }
}

function refuse(path: string, problems: readonly FieldProblem[]): never {
  // A password in an address must not end in a log.
  const lines = problems.map((problem) => describeFields([{ ...problem, where: problem.where || 'the file', got: problem.got.replace(/\/\/[^/"]*@/, '//…@') }]));
  throw new Error(`IOC_FEEDS="${path}" cannot be used. Correct it and start again:\n  ${lines.join('\n  ')}`);
}

/** Names of the fields of the object that stands at `path`. */
function namesAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return namesAt(schema.unwrap(), path);
  const [step, ...rest] = path;
  if (schema instanceof z.ZodArray) return namesAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return step === undefined ? Object.keys(schema.shape) : namesAt(schema.shape[String(step)], rest);
}

function unknownNames(feed: FeedSettings, at: string, { localities, indicators, sources }: FeedsSurroundings): FieldProblem[] {
  const codes = new Set<string>(localities.map(({ code }) => code));
  const ids = new Set<string>(indicators.map(({ id }) => id));
  const places: [string, string][] = [
    ...feed.localities.map((code, index): [string, string] => [`/localities/${index}`, code]),
    ...Object.entries(feed.placement.names).map(([name, code]): [string, string] => [`/placement/names/${name}`, code]),
    ...(feed.placement.otherwise === undefined ? [] : [['/placement/otherwise', feed.placement.otherwise] as [string, string]]),
  ];
  const named: [string, string][] = [
    ...(feed.indicators ?? []).map((id, index): [string, string] => [`/indicators/${index}`, id]),
    ...feed.states.map(({ indicator }, index): [string, string] => [`/states/${index}/indicator`, indicator]),
  ];
  const wrong = (known: ReadonlySet<string>, list: readonly [string, string][], expected: string) =>
    list.filter(([, name]) => !known.has(name)).map(([where, name]) => ({ where: `${at}${where}`, got: showValue(name), expected }));
  return [
    ...(sources.some(({ id }) => id === feed.id) ? [{ where: `${at}/id`, got: showValue(feed.id), expected: 'an id of its own: seeds/catalogue/sources.json has a source of this one' }] : []),
    ...wrong(codes, places, 'a locality of this edition, see /api/v1/localities'),
    ...wrong(ids, named, 'an indicator of the catalogue, see /api/v1/indicators'),
  ];
}

/**
 * The feed as a source of the live channel. What its cases amount to is said at the cadence of the indicators, so that is when the
 * channel hears it; and a feed that will never give the channel a reading is not missed there.
 */
export function toSource(feed: FeedSettings, indicators: readonly Indicator[]): Source {
  const everyMsOf = (id: string) => indicators.find((indicator) => indicator.id === id)?.expectEveryMs ?? feed.expectEveryMs;
  const cadenceMs = isSecurityFeed(feed) ? everyMsOf('alerts-open')
    : feed.format === 'dossiers' ? everyMsOf('dossiers-waiting')
    : READING_FORMATS.has(feed.format) || feed.states.length > 0 ? feed.expectEveryMs : null;
  const [locality] = feed.localities;
  if (locality === undefined) throw new Error(`Invariant: feed "${feed.id}" has no locality; its settings were not read by their schema.`);
  return { id: feed.id, name: feed.name, entryMethod: feed.format === 'figures' ? 'manual' : 'push', locality, expectEveryMs: feed.expectEveryMs === null ? null : cadenceMs };
}
