import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createFeedAdapters } from '../../server/feedAdapters.ts';
import { readJsonLine, readLines, readTextLine } from '../../server/http/bodyLines.ts';
import { ProblemError } from '../../server/http/problem.ts';
import { MAX_DEPTH, parseStrictJson } from '../../server/http/strictJson.ts';
import type { AcceptedBody, DecodedItem, FeedAdapter } from '../../server/ports/feed.ts';
import { FiledReport } from '../../shared/domain/filedReport.ts';
import { LocalityCode } from '../../shared/domain/ids.ts';
import { Candidate } from '../../shared/domain/observation.ts';
import { describePlaces } from '../../shared/protocol/fieldProblem.ts';
import { indicators, smallNation } from '../support/aChannelView.ts';
import { aFeed } from '../support/someFeeds.ts';

/** Between two looks at the clock. */
const RUNS_AT_ONCE = 200;
const RECEIVED_AT_MS = Date.parse('2026-11-29T07:00:00Z');
const PLACE = LocalityCode.parse('10');
const HOSTILE = ['\u0000', '\u202e', '\ufeff', '\ud800', '__proto__', 'constructor', '<script>', '1e999', '-0', '9007199254740993', 'NaN', '2026-02-30T00:00:00Z', ''];

const feedAdapters = createFeedAdapters({ edition: '2021', localities: smallNation, indicators });

/** What an adapter may be handed: its own example, bent at random, or anything; in bytes, so that reading it is tried too. */
function aBody({ example, reading }: AcceptedBody): fc.Arbitrary<Buffer> {
  const leaf = fc.oneof(fc.constantFrom<unknown>(...HOSTILE, null, true, 0, -1, 1e308), fc.string(), fc.double(), fc.integer());
  const bent = fc.infiniteStream(fc.record({ chance: fc.double({ min: 0, max: 1, noNaN: true }), leaf })).map((stream) => bend(example, stream));
  const any = fc.jsonValue() as fc.Arbitrary<unknown>;
  const text = fc.oneof({ arbitrary: bent, weight: 4 }, any).map((value) => (typeof value === 'string' ? value : JSON.stringify(value) ?? ''));
  const lines = fc.array(text, { maxLength: 5 }).map((list) => list.join('\n'));
  const whole = fc.oneof({ arbitrary: reading === 'json-lines' || reading === 'text-lines' ? lines : text, weight: 6 }, fc.string(), fc.constantFrom(...HOSTILE)).map((said) => Buffer.from(said));
  const cut = fc.tuple(whole, fc.nat(), fc.nat({ max: 255 })).map(([bytes, at, byte]) => {
    if (bytes.length === 0) return bytes;
    const place = at % bytes.length;
    return at % 3 === 0 ? bytes.subarray(0, place) : Buffer.concat([bytes.subarray(0, place), Buffer.from([byte]), bytes.subarray(place + 1)]);
  });
  return fc.oneof(whole, cut, fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)));
}

function bend(value: unknown, stream: Iterator<{ readonly chance: number; readonly leaf: unknown }>): unknown {
  const { chance = 1, leaf } = stream.next().value ?? {};
  if (chance < 0.06) return leaf;
  if (Array.isArray(value)) return value.map((member) => bend(member, stream));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([name, member]) => (chance > 0.97 ? [] : [[chance > 0.94 ? `${name}x` : name, bend(member, stream)] as const]));
  return Object.fromEntries(members);
}

/** `null`: refused before any adapter sees it. */
function read(body: Buffer, accepted: AcceptedBody): unknown {
  const { reading } = accepted;
  try {
    if (reading === 'bytes') return new Uint8Array(body);
    if (reading === 'json-lines') return readLines(body, (text, line) => readJsonLine(text, line, accepted));
    if (reading === 'text-lines') return readLines(body, readTextLine);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
  const json = parseStrictJson(body.toString('utf8'), MAX_DEPTH, accepted);
  return 'value' in json ? json.value : null;
}

/** An adapter answers whatever comes, the same twice, and says what was wrong with what it could not read. */
function check(adapter: FeedAdapter, accepted: AcceptedBody, body: Buffer): void {
  const payload = read(body, accepted);
  if (payload === null) return;
  const { format } = adapter;
  const feeds = [aFeed({ id: 'fuzzed', format }), aFeed({ id: 'fuzzed', format, placement: { otherwise: PLACE }, states: [{ alert: '*', indicator: 'tslcd-link-state', raised: 0, cleared: 2 }] })];
  const decode = () => feeds.flatMap((feed) => adapter.decode({ mediaType: accepted.mediaType, headers: {}, payload, receivedAtMs: RECEIVED_AT_MS }, feed).items);
  const items = decode();
  if (JSON.stringify(items) !== JSON.stringify(decode())) throw new Error('Decoded twice, it came to two different things.');
  for (const item of items) if (!isSound(item)) throw new Error(`This item is nothing that anybody can read: ${JSON.stringify(item)}`);
  if (Object.keys(Object.prototype).length > 0) throw new Error('Something was written on every object.');
}

/** What gate and books can read, or why it is neither. */
function isSound(item: DecodedItem): boolean {
  switch (item.kind) {
    case 'unreadable': return item.problems.length > 0 && item.problems.every((problem) => problem.where !== '' && problem.got !== '' && problem.expected !== '' && !/line \d+ line|expected (must|Invalid)/.test(describePlaces([problem])));
    case 'ignored': return item.why !== '';
    case 'candidate': return Candidate.safeParse(item.candidate).success;
    case 'report': return FiledReport.safeParse({ feedId: 'fuzzed', receivedAtMs: RECEIVED_AT_MS, report: item.report }).success;
  }
}

/** `npm run fuzz -- --minutes 10 [--seed 42]`: every form of every adapter in turn. A failure prints its smallest case and what repeats it. */
function main(): void {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: String(Date.now() % 2 ** 31) } } });
  const [minutes, firstSeed] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0) || !Number.isInteger(firstSeed)) throw new Error('How it is said: npm run fuzz -- [--minutes 10] [--seed 42]');
  const forms = feedAdapters.flatMap((adapter) => adapter.accepts.map((accepted) => ({ adapter, accepted, body: aBody(accepted) })));
  console.log(`${forms.length} forms of ${feedAdapters.length} adapters for ${minutes} min; --seed ${firstSeed}`);
  const endMs = Date.now() + minutes * 60_000;
  let runs = 0;
  for (let seed = firstSeed; Date.now() < endMs; seed += 1) {
    for (const { adapter, accepted, body } of forms) {
      fc.assert(fc.property(body, (bytes) => check(adapter, accepted, bytes)), {
        seed, numRuns: RUNS_AT_ONCE,
        reporter: (details) => {
          if (details.failed) throw new Error(`${adapter.format}, ${accepted.mediaType}; repeat with --seed ${seed}\n${fc.defaultReportMessage(details) ?? ''}`);
        },
      });
      runs += RUNS_AT_ONCE;
    }
  }
  console.log(`${runs.toLocaleString('en')} bodies, none threw.`);
}

main();
