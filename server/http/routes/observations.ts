import { Counter } from 'prom-client';
import { z } from 'zod';
import { describePlaces } from '../../../shared/protocol/fieldProblem.ts';
import { IngestAnswer, type IngestOutcome } from '../../../shared/protocol/http.ts';
import type { ObservationItem } from '../../ports/feed.ts';
import type { Outcome } from '../../ports/ingest.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { describeUnreadable, refuseUnlessReadable, refuseUnlessStored } from '../delivery.ts';
import { type FeedPass, refuseOtherFormat } from '../feedPasses.ts';
import type { FeedPosting } from '../feedPosting.ts';
import { ProblemError } from '../problem.ts';
import { bodyBytesOf, mediaTypeOf, readPayload } from '../requestBody.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';
import type { TurnedAwayTally } from '../turnedAway.ts';

const LIMIT_BYTES = 256 * 1024;

type Dependencies = Pick<HttpDependencies, 'observationFeed' | 'feedDoor' | 'ingest' | 'isIngestOpen' | 'nowMs' | 'metricsRegistry'>;
type CandidateItem = Extract<ObservationItem, { kind: 'candidate' }>;
type Judged = Outcome | { readonly outcome: 'rejected'; readonly reason: 'out-of-scope'; readonly detail: string };

/** [CE1] 2xx only after commit. One item answered each, in the order sent; 4xx only if nothing could be read. */
export function observationsRoute({ observationFeed, feedDoor, ingest, isIngestOpen, nowMs, metricsRegistry }: Dependencies, turnedAway: TurnedAwayTally, { passes, allowance, handOn }: FeedPosting): Route {
  const itemCount = new Counter({ name: 'ioc_ingest_items_total', help: 'Posted observations by what became of them.', labelNames: ['outcome'], registers: [metricsRegistry] });
  const judge = async (pass: FeedPass | null, items: readonly CandidateItem[], receivedAtMs: number): Promise<readonly Judged[]> => {
    const send = (piece: readonly CandidateItem[]) => ingest(piece.map(({ candidate }) => candidate), receivedAtMs);
    if (pass === null) return items.length === 0 ? [] : send(items);
    if (items.length === 0) feedDoor.noteJudged(pass.feed, [], [], receivedAtMs);
    return handOn<CandidateItem, Judged>(pass, items, receivedAtMs, {
      async send(piece) {
        const outcomes = await send(piece);
        feedDoor.noteJudged(pass.feed, piece, outcomes, receivedAtMs);
        return outcomes;
      },
      whyOutside: (item) => pass.whyBeyondFeed(item) ?? pass.whyBeyondToken(item),
      refuse: (_item, detail) => ({ outcome: 'rejected', reason: 'out-of-scope', detail }),
    });
  };
  return defineRoute({
    method: 'post', path: '/api/v1/observations', query: z.strictObject({}),
    summary: { vi: 'Gửi số đo (CloudEvents 1.0)', en: 'Send observations as CloudEvents 1.0' },
    body: { accepts: observationFeed.accepts, limitBytes: LIMIT_BYTES },
    answer: answers('IngestAnswer', IngestAnswer, {
      stored: 1, duplicate: 0, quarantined: 0, rejected: 0, items: [{ id: 'laocai-tslcd-20260301-0800-085', outcome: 'stored', offset: 41_277 }],
    }),
    problems: ['unauthorized', 'feed-refused', 'wrong-format', 'id-conflict', 'too-large', 'unsupported-media-type', 'too-many-requests', 'inbox-full', 'not-stored', 'store-full'],
    async admit(request) {
      // [FK9] Where none is needed, one that is shown must be right all the same: else a typing mistake would be found out on the day the door is closed.
      if (isIngestOpen && request.get('Authorization') === undefined) return;
      const { feed } = await passes.check(request);
      refuseOtherFormat(feed, 'cloudevents');
      await allowance.refuseSpent(feed);
    },
    async handle(_query, request) {
      const receivedAtMs = nowMs();
      const pass = passes.passOf(request);
      if (pass !== null) await allowance.takeBytes(pass.feed, bodyBytesOf(request));
      const { isBatch, items } = observationFeed.decode({ mediaType: mediaTypeOf(request), headers: request.headersDistinct, payload: readPayload(request, observationFeed.accepts) });
      refuseUnlessReadable(items, 'event');
      if (pass !== null) await allowance.takeItems(pass.feed, items.length);
      const outcomes = await judge(pass, items.filter((item) => item.kind === 'candidate'), receivedAtMs).catch(refuseUnlessStored);
      const answer = toAnswer(items, outcomes);
      for (const { outcome } of answer.items) itemCount.inc({ outcome });
      const unreadable = items.filter((item) => item.kind === 'unreadable');
      if (unreadable.length > 0) turnedAway.note('malformed-item', unreadable.length, describeUnreadable(unreadable.at(-1)), receivedAtMs);
      for (const { problems } of unreadable) if (pass !== null) feedDoor.noteTurnedAway(pass.feed.id, 'malformed-item', describePlaces(problems), receivedAtMs);
      if (!isBatch) refuseConflict(answer);
      return json(answer);
    },
  });
}

/** One event and its id was used for another: the sender's counter started over, and every later event would be lost in silence. */
function refuseConflict({ items }: IngestAnswer): void {
  const [item] = items;
  if (item?.outcome === 'rejected' && item.reason === 'id-conflict') throw new ProblemError('id-conflict', item.detail);
}

function toAnswer(items: readonly ObservationItem[], outcomes: readonly Judged[]): IngestAnswer {
  const answer: IngestAnswer = { stored: 0, duplicate: 0, quarantined: 0, rejected: 0, items: [] };
  let next = 0;
  for (const item of items) {
    const outcome: IngestOutcome = item.kind === 'unreadable'
      ? { id: item.id, outcome: 'rejected', reason: 'malformed', detail: describeUnreadable(item) }
      : { id: item.id, ...takeOutcome(outcomes, next++) };
    answer[outcome.outcome] += 1;
    answer.items.push(outcome);
  }
  return answer;
}

function takeOutcome(outcomes: readonly Judged[], index: number): Judged {
  const outcome = outcomes[index];
  if (outcome === undefined) throw new Error(`Invariant: ingest answered ${outcomes.length} candidates, but not number ${index}.`);
  return outcome;
}

