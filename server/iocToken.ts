import { z } from 'zod';
import { createScopeJudge } from '../shared/domain/feedScope.ts';
import { EditionId, IndicatorId, LocalityCode, SourceId } from '../shared/domain/ids.ts';
import { parseInstant } from '../shared/domain/instant.ts';
import { isActive, issueToken, revokeToken } from './access/issueToken.ts';
import { type KeptToken, readTokens, readUses, tokenPathIn } from './access/tokenFile.ts';
import { readCatalogue } from './catalogue.ts';
import { readFeeds } from './feeds.ts';
import { defineCommand, howItIsSaid, printTable, showTime } from './iocCommand.ts';
import type { FeedSettings } from './ports/feedSettings.ts';

const USAGE = `  npm run --silent ioc -- token create --feed <id> [--localities 48,49] [--indicators <id>,<id>] [--expires 90d]
  npm run --silent ioc -- token list [--feed <id>]
  npm run --silent ioc -- token revoke <token id>
The folder of the server and its file of feeds are IOC_DATA and IOC_FEEDS, or --data and --feeds; its unit set IOC_EDITION, or --edition.`;

const HOUR_MS = 3_600_000;
const DURATION_MS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS };

const List = <Part extends z.ZodType<unknown, string>>(part: Part) => z.string().transform((text) => text.split(',').map((item) => item.trim())).pipe(z.array(part)).optional();

const Options = z.strictObject({
  feed: SourceId.optional(),
  localities: List(LocalityCode),
  indicators: List(IndicatorId),
  expires: z.string().optional(),
  data: z.string().min(1).default(process.env.IOC_DATA ?? './data'),
  /** Empty: not said. */
  feeds: z.string().default(process.env.IOC_FEEDS ?? ''),
  edition: EditionId.default(EditionId.safeParse(process.env.IOC_EDITION).data ?? '2021'),
});
type Options = z.output<typeof Options>;

/** "90d", "12h" or a moment; absent: never. @throws Error */
function readExpiry(text: string | undefined, nowMs: number): number | null {
  if (text === undefined) return null;
  const [, count, unit = ''] = /^([1-9]\d{0,4})([hd])$/.exec(text) ?? [];
  const atMs = count === undefined ? parseInstant(text) : nowMs + Number(count) * (DURATION_MS[unit] ?? 0);
  if (atMs === null) throw new Error(`--expires "${text}": say how long, "90d" or "12h", or when, "2027-01-01T00:00:00+07:00".`);
  if (atMs <= nowMs) throw new Error(`--expires "${text}" is past. Say a moment to come.`);
  return atMs;
}

function create(options: Options, nowMs: number): void {
  const { feed: feedId, localities, indicators, expires, data, feeds, edition } = options;
  if (feedId === undefined) throw howItIsSaid('Say whose token it is: --feed <id>.', USAGE);
  if (feeds === '') throw new Error('Which feeds there are is not said. Set IOC_FEEDS, as for the server, or say --feeds <file>.');
  const catalogue = readCatalogue();
  const known = readFeeds(feeds, { ...catalogue, localities: catalogue.tablesByEdition[edition].localities });
  const feed = known.find(({ id }) => id === feedId);
  if (feed === undefined) throw new Error(`There is no feed "${feedId}" in ${feeds}. Known: ${known.map(({ id }) => id).join(', ') || 'none'}.`);
  const scope = { ...(localities !== undefined && { localities }), ...(indicators !== undefined && { indicators }) };
  refuseWider(scope, feed, options);
  const { kept, token } = issueToken(tokenPathIn(data), { feedId, scope, expiresAtMs: readExpiry(expires, nowMs) }, nowMs);
  const end = kept.expiresAtMs === null ? 'without an end' : `until ${showTime(kept.expiresAtMs)}`;
  process.stderr.write(`Token ${kept.tokenId} of feed "${feedId}", ${end}. It is shown this once; keep it where the sender reads it:\n`);
  process.stdout.write(`${token}\n`);
}

/** @throws Error that names what is unknown, or more than the feed may. */
function refuseWider(scope: KeptToken['scope'], feed: FeedSettings, { edition, feeds }: Options): void {
  if (scope.localities === undefined && scope.indicators === undefined) return;
  const catalogue = readCatalogue();
  const { localities } = catalogue.tablesByEdition[edition];
  const [codes, ids] = [new Set(localities.map(({ code }) => code)), new Set(catalogue.indicators.map(({ id }) => id))];
  const strange = [
    ...(scope.localities ?? []).filter((code) => !codes.has(code)).map((code) => `locality ${code} (of edition ${edition})`),
    ...(scope.indicators ?? []).filter((id) => !ids.has(id)).map((id) => `indicator ${id}`),
  ];
  if (strange.length > 0) throw new Error(`Unknown: ${strange.join(', ')}. /api/v1/localities and /api/v1/indicators name those there are.`);
  const wider = createScopeJudge(localities).whyWider({ localities: scope.localities ?? feed.localities, indicators: scope.indicators ?? feed.indicators }, feed);
  if (wider !== null) throw new Error(`A token may allow no more than its feed: ${wider}. Ask for less, or widen feed "${feed.id}" in ${feeds}.`);
}

function list({ feed, data }: Options, nowMs: number): void {
  const path = tokenPathIn(data);
  const uses = readUses(path);
  const tokens = readTokens(path).filter(({ feedId }) => feed === undefined || feedId === feed);
  const rows = tokens.map((token) => [
    token.tokenId, token.feedId, isActive(token, nowMs) ? 'active' : token.revokedAtMs === null ? 'expired' : 'revoked',
    token.scope.localities?.join(',') ?? '(feed)', token.scope.indicators?.join(',') ?? '(feed)',
    showTime(token.createdAtMs), token.expiresAtMs === null ? 'never' : showTime(token.expiresAtMs),
    uses[token.tokenId] === undefined ? 'never' : showTime(uses[token.tokenId] ?? 0),
  ]);
  printTable([['TOKEN', 'FEED', 'STATE', 'LOCALITIES', 'INDICATORS', 'CREATED', 'EXPIRES', 'LAST HOUR OF USE'], ...rows]);
}

function revoke(tokenId: string | undefined, { data }: Options, nowMs: number): void {
  if (tokenId === undefined) throw howItIsSaid('Say which: token revoke <token id>.', USAGE);
  const { feedId, revokedAtMs } = revokeToken(tokenPathIn(data), idIn(tokenId), nowMs);
  process.stdout.write(`Token ${idIn(tokenId)} of feed "${feedId}" is revoked since ${showTime(revokedAtMs ?? nowMs)}. A running server refuses it within a second.\n`);
}

/** Whoever has only the whole token at hand, because it leaked, may give that. */
function idIn(text: string): string {
  return /^ioc_([a-z0-9]{8})_/.exec(text)?.[1] ?? text;
}

/** The secrets that feeds send with. Also while the server runs. */
export const tokenCommand = defineCommand({
  usage: USAGE, options: Options,
  run([verb, tokenId, ...more], options, nowMs) {
    if (more.length > 0 || (tokenId !== undefined && verb !== 'revoke')) throw howItIsSaid(`"token ${[verb, tokenId, ...more].join(' ')}" is no command here.`, USAGE);
    if (verb === 'create') create(options, nowMs);
    else if (verb === 'list') list(options, nowMs);
    else if (verb === 'revoke') revoke(tokenId, options, nowMs);
    else throw howItIsSaid(`"token ${verb ?? ''}" is no command here.`, USAGE);
  },
});
