import { FiledReport } from '../shared/domain/filedReport.ts';
import type { LocalityCode, SourceId } from '../shared/domain/ids.ts';
import type { FeedItemOutcome, FeedStatus } from '../shared/protocol/feeds.ts';
import { describeFields, describeIssues, describePlaces } from '../shared/protocol/fieldProblem.ts';
import type { Coverage } from './cases/coverage.ts';
import type { Cases, FiledAs } from './cases/createCases.ts';
import { createFeedTally, type FeedTally } from './feedTally.ts';
import { NotStoredError } from './players/livePlayer.ts';
import type { DecodedItem } from './ports/feed.ts';
import type { FeedDoor, FeedStatuses } from './ports/feedDoor.ts';
import type { FeedSettings } from './ports/feedSettings.ts';
import type { Outcome } from './ports/ingest.ts';

/** As the gate allows: clocks of two machines differ by less. */
const FUTURE_MS = 60_000;

export interface FeedDoorOptions {
  readonly feeds: readonly FeedSettings[];
  readonly coverage: Coverage;
  /** Hands candidates to the live channel, as `HttpDependencies.ingest`. */
  readonly receive: (candidates: readonly unknown[], receivedAtMs: number) => Promise<readonly Outcome[]>;
  readonly cases: Pick<Cases, 'file' | 'unplacedByFeed'>;
  /** Told of each reading that is stored, also of one that was stored before. */
  readonly onStored: (candidate: unknown) => void;
  /** When each feed was last heard in an earlier run. */
  readonly seenAtMsById: ReadonlyMap<string, number>;
  readonly nowMs: () => number;
}

export interface OpenedFeedDoor extends FeedDoor, FeedStatuses {
  /** Epoch ms; `null`: never. */
  lastSeenAtMs(feedId: SourceId): number | null;
  /** How far each feed's clock is off, as its status says it; cheap enough for each tick. */
  skews(): readonly Pick<FeedStatus, 'id' | 'name' | 'skewMs'>[];
}

/** What is done with one item: answered at once, or handed on and answered after commit. */
type Judged =
  | { readonly to: 'answer'; readonly outcome: FeedItemOutcome }
  | { readonly to: 'gate'; readonly id: string | null; readonly candidate: unknown }
  | { readonly to: 'cases'; readonly id: string | null; readonly filed: FiledReport };

const answered = (id: string | null, outcome: FeedItemOutcome['outcome'], reason: string | null, detail: string | null, isPlaced = true): FeedItemOutcome =>
  ({ id, outcome, reason, detail, isPlaced });
const refused = (id: string | null, reason: string, detail: string): Judged => ({ to: 'answer', outcome: answered(id, 'rejected', reason, detail) });

/** The one way in for what feeds send. Whoever carried it has shown that it comes from that feed. */
export function createFeedDoor({ feeds, coverage, receive, cases, onStored, seenAtMsById, nowMs }: FeedDoorOptions): OpenedFeedDoor {
  const feedsById = new Map(feeds.map((feed) => [feed.id, feed]));
  const talliesById = new Map<SourceId, FeedTally>(feeds.map((feed) => [feed.id, createFeedTally(feed, seenAtMsById.get(feed.id) ?? null)]));

  function judge(feed: FeedSettings, item: DecodedItem, receivedAtMs: number): Judged {
    switch (item.kind) {
      case 'unreadable':
        return refused(item.id, 'malformed', `${describeFields(item.problems).slice(0, 1_000)}. Correct it at the sender and send it again.`);
      case 'ignored':
        return { to: 'answer', outcome: answered(item.id, 'ignored', 'not-shown-here', item.why) };
      case 'candidate': {
        const why = whyOutOfScope(feed, coverage, item.candidate);
        return why === null ? { to: 'gate', id: item.id, candidate: item.candidate } : refused(item.id, ...why);
      }
      case 'report': return judgeReport(feed, coverage, item.id, item.report, receivedAtMs);
    }
  }

  /** Both are waited for, so that a failure of one leaves nothing running behind the answer. */
  async function handOn(judged: readonly Judged[], receivedAtMs: number): Promise<{ readonly outcomes: readonly Outcome[]; readonly filedAs: readonly FiledAs[] }> {
    const candidates = judged.flatMap((each) => (each.to === 'gate' ? [each.candidate] : []));
    const reports = judged.flatMap((each) => (each.to === 'cases' ? [each.filed] : []));
    const [received, filed] = await Promise.allSettled([
      candidates.length === 0 ? [] : receive(candidates, receivedAtMs), reports.length === 0 ? [] : cases.file(reports),
    ]);
    if (received.status === 'rejected') throw received.reason;
    if (filed.status === 'rejected') throw new NotStoredError('The reports could not be made durable. Send them again: what was stored is recognised.', { cause: filed.reason });
    return { outcomes: received.value, filedAs: filed.value };
  }

  const tallyOf = (feedId: SourceId): FeedTally => {
    const tally = talliesById.get(feedId);
    if (tally === undefined) throw new Error(`Invariant: "${feedId}" is not a configured feed; ask settingsOf first.`);
    return tally;
  };

  function noteAnswers(tally: FeedTally, items: readonly DecodedItem[], answers: readonly FeedItemOutcome[], receivedAtMs: number): void {
    let newestAtMs: number | null = null;
    answers.forEach((answer, index) => {
      const item = items[index];
      const { outcome, reason } = answer;
      if (item?.kind === 'candidate' && (outcome === 'stored' || outcome === 'duplicate')) onStored(item.candidate);
      if (outcome === 'rejected' || outcome === 'quarantined') tally.noteRefused(reason ?? outcome, toExample(item, answer), receivedAtMs);
      // What is refused because it is from the future says most of its clock.
      const atMs = outcome === 'stored' || reason === 'future' ? momentOf(item) : null;
      if (atMs !== null) newestAtMs = Math.max(newestAtMs ?? atMs, atMs);
    });
    tally.note(answers, newestAtMs, receivedAtMs);
  }

  return {
    settingsOf: (feedId) => feedsById.get(feedId),
    feedsOf: (format) => feeds.filter((feed) => feed.format === format),
    async take(feed, items, receivedAtMs) {
      const tally = tallyOf(feed.id);
      if (items.length === 0 || items.some(({ kind }) => kind !== 'unreadable')) tally.noteSeen(receivedAtMs);
      const judged = items.map((item) => judge(feed, item, receivedAtMs));
      const answers = toOutcomes(judged, await handOn(judged, receivedAtMs));
      noteAnswers(tally, items, answers, receivedAtMs);
      return answers;
    },
    noteJudged(feed, items, outcomes, receivedAtMs) {
      const tally = tallyOf(feed.id);
      tally.noteSeen(receivedAtMs);
      noteAnswers(tally, items, items.map(({ id }, index) => fromGate(id, outcomes[index])), receivedAtMs);
    },
    noteTurnedAway(feedId, reason, detail, atMs) {
      // A feed that is configured no more has no tally; what came under its name is in the tally of all posts.
      talliesById.get(feedId)?.turnedAway.note(reason, detail, atMs);
    },
    lastSeenAtMs: (feedId) => tallyOf(feedId).lastSeenAtMs,
    skews: () => feeds.map(({ id, name }) => ({ id, name, skewMs: tallyOf(id).skewMs(nowMs()) })),
    list() {
      const atMs = nowMs();
      const unplacedByFeed = cases.unplacedByFeed(atMs);
      return feeds.map(({ id }) => tallyOf(id).status(atMs, unplacedByFeed.get(id) ?? 0));
    },
  };
}

/** What it speaks of, by the sender's clock. `null`: nothing says. */
function momentOf(item: DecodedItem | undefined): number | null {
  if (item?.kind === 'report') return item.statedAtMs ?? item.report.atMs;
  const atMs: unknown = item?.kind === 'candidate' && typeof item.candidate === 'object' && item.candidate !== null ? Reflect.get(item.candidate, 'observedAtMs') : null;
  return typeof atMs === 'number' ? atMs : null;
}

/** `null`: the feed may say this; whatever else is wrong with it, the gate says. */
function whyOutOfScope(feed: FeedSettings, coverage: Coverage, candidate: unknown): [reason: string, detail: string] | null {
  if (typeof candidate !== 'object' || candidate === null) return null;
  const { sourceId, localityCode, indicatorId, ref } = candidate as Readonly<Record<string, unknown>>;
  if (sourceId !== feed.id) return ['not-its-source', `a feed speaks for itself alone: sourceId must be "${feed.id}".`];
  if (ref !== undefined) return ['malformed', 'ref: a feed cites no record.'];
  if (typeof localityCode === 'string' && !coverage.includes(feed, localityCode as LocalityCode)) return outOfScope(feed, localityCode);
  if (typeof indicatorId === 'string' && feed.indicators?.some((id) => id === indicatorId) === false) {
    return ['out-of-scope', `this feed may not report "${indicatorId.slice(0, 64)}"; its settings list ${feed.indicators.join(', ')}.`];
  }
  return null;
}

const outOfScope = (feed: FeedSettings, code: string): [string, string] =>
  ['out-of-scope', `this feed may not speak of locality ${code.slice(0, 8)}; its settings list ${feed.localities.join(', ')} and what lies in them.`];

function judgeReport(feed: FeedSettings, coverage: Coverage, id: string | null, report: unknown, receivedAtMs: number): Judged {
  const parsed = FiledReport.safeParse({ feedId: feed.id, receivedAtMs: Math.floor(receivedAtMs), report });
  // Whatever the log cannot read again must not get into it.
  if (!parsed.success) return refused(id, 'malformed', describePlaces(describeIssues(parsed.error, { report }, [])));
  const { report: read } = parsed.data;
  if (read.localityCode !== null && !coverage.includes(feed, read.localityCode)) return refused(id, ...outOfScope(feed, read.localityCode));
  if (read.atMs <= receivedAtMs + FUTURE_MS) return { to: 'cases', id, filed: parsed.data };
  if (read.kind === 'dossier') {
    return refused(id, 'future', `what it says is of ${Math.round((read.atMs - receivedAtMs) / 1_000)} s from now; at most ${FUTURE_MS / 1_000} s is allowed. Set the sender's clock by NTP.`);
  }
  // No alert is lost to a wrong clock: it is as of now. How far the clock is off is told with the feed.
  return { to: 'cases', id, filed: { ...parsed.data, report: { ...read, atMs: parsed.data.receivedAtMs } } };
}

function toOutcomes(judged: readonly Judged[], { outcomes, filedAs }: { readonly outcomes: readonly Outcome[]; readonly filedAs: readonly FiledAs[] }): FeedItemOutcome[] {
  let nextOutcome = 0;
  let nextFiled = 0;
  return judged.map((each) => {
    if (each.to === 'answer') return each.outcome;
    if (each.to === 'gate') return fromGate(each.id, outcomes[nextOutcome++]);
    return fromCases(each.id, filedAs[nextFiled++], each.filed.report.localityCode !== null);
  });
}

function fromGate(id: string | null, outcome: Outcome | undefined): FeedItemOutcome {
  if (outcome === undefined) throw new Error('Invariant: the channel answered fewer candidates than it was given.');
  const { reason, detail } = 'reason' in outcome ? outcome : { reason: null, detail: null };
  return answered(id, outcome.outcome, reason, detail);
}

function fromCases(id: string | null, filedAs: FiledAs | undefined, isPlaced: boolean): FeedItemOutcome {
  if (filedAs === undefined) throw new Error('Invariant: the cases answered fewer reports than they were given.');
  if (filedAs !== 'book-full') return answered(id, filedAs, null, null, isPlaced);
  return answered(id, 'rejected', 'book-full', 'this server holds as many cases as it may, and this is of a new one; send it again later, or send less.');
}

/** Never what was sent: of a field that cannot be read, where it is and what belongs there. */
function toExample(item: DecodedItem | undefined, { reason, detail }: FeedItemOutcome): string {
  if (item?.kind === 'unreadable') return describePlaces(item.problems);
  if (item?.kind === 'candidate' && reason === 'malformed') return 'it is no candidate that the gate can read';
  return detail ?? '';
}
