import { Counter } from 'prom-client';
import { z } from 'zod';
import { IngestAnswer, type IngestOutcome } from '../../../shared/protocol/http.ts';
import type { ObservationItem } from '../../ports/feed.ts';
import type { Outcome } from '../../ports/ingest.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { describeFields, ProblemError } from '../problem.ts';
import { mediaTypeOf, readJson } from '../requestBody.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';
import type { TurnedAwayTally } from '../turnedAway.ts';

const LIMIT_BYTES = 256 * 1024;
/** More than 256 KB of the shortest readable events, so only empty shells are ever too many. */
const MAX_ITEMS = 2_000;

type Dependencies = Pick<HttpDependencies, 'observationFeed' | 'ingest' | 'nowMs' | 'metricsRegistry'>;

/** [CE1] 2xx only after commit. One item answered each, in the order sent; 4xx only if nothing could be read. */
export function observationsRoute({ observationFeed, ingest, nowMs, metricsRegistry }: Dependencies, turnedAway: TurnedAwayTally): Route {
  const itemCount = new Counter({ name: 'ioc_ingest_items_total', help: 'Posted observations by what became of them.', labelNames: ['outcome'], registers: [metricsRegistry] });
  return defineRoute({
    method: 'post', path: '/api/v1/observations', query: z.strictObject({}),
    summary: { vi: 'Gửi số đo (CloudEvents 1.0)', en: 'Send observations as CloudEvents 1.0' },
    body: { accepts: observationFeed.accepts, limitBytes: LIMIT_BYTES },
    answer: answers('IngestAnswer', IngestAnswer, {
      stored: 1, duplicate: 0, quarantined: 0, rejected: 0, items: [{ id: 'laocai-tslcd-20260301-0800-085', outcome: 'stored', offset: 41_277 }],
    }),
    problems: ['id-conflict', 'too-large', 'unsupported-media-type', 'too-many-requests', 'inbox-full', 'not-stored', 'store-full'],
    async handle(_query, request) {
      const receivedAtMs = nowMs();
      const { isBatch, items } = observationFeed.decode({ mediaType: mediaTypeOf(request), headers: request.headersDistinct, payload: readJson(request) });
      refuseUnlessReadable(items);
      const candidates = items.flatMap((item) => (item.kind === 'candidate' ? [item.candidate] : []));
      const outcomes = candidates.length === 0 ? [] : await ingest(candidates, receivedAtMs).catch(refuseUnlessStored);
      const answer = toAnswer(items, outcomes);
      for (const { outcome } of answer.items) itemCount.inc({ outcome });
      const unreadable = items.filter(({ kind }) => kind === 'unreadable');
      if (unreadable.length > 0) turnedAway.note('malformed-item', unreadable.length, describeItem(unreadable.at(-1)), receivedAtMs);
      if (!isBatch) refuseConflict(answer);
      return json(answer);
    },
  });
}

function refuseUnlessReadable(items: readonly ObservationItem[]): void {
  if (items.length > MAX_ITEMS) throw new ProblemError('too-large', `${items.length} events in one batch; at most ${MAX_ITEMS} are read at once.`);
  if (items.length === 0 || items.some(({ kind }) => kind === 'candidate')) return;
  throw new ProblemError('malformed-request', items.length === 1 ? 'The event cannot be read. Nothing was stored.' : `None of the ${items.length} events can be read. Nothing was stored.`, {
    errors: items.flatMap((item) => (item.kind === 'unreadable' ? item.problems : [])),
  });
}

/** One event and its id was used for another: the sender's counter started over, and every later event would be lost in silence. */
function refuseConflict({ items }: IngestAnswer): void {
  const [item] = items;
  if (item?.outcome === 'rejected' && item.reason === 'id-conflict') throw new ProblemError('id-conflict', item.detail);
}

function toAnswer(items: readonly ObservationItem[], outcomes: readonly Outcome[]): IngestAnswer {
  const answer: IngestAnswer = { stored: 0, duplicate: 0, quarantined: 0, rejected: 0, items: [] };
  let next = 0;
  for (const item of items) {
    const outcome: IngestOutcome = item.kind === 'unreadable'
      ? { id: item.id, outcome: 'rejected', reason: 'malformed', detail: describeItem(item) }
      : { id: item.id, ...takeOutcome(outcomes, next++) };
    answer[outcome.outcome] += 1;
    answer.items.push(outcome);
  }
  return answer;
}

function takeOutcome(outcomes: readonly Outcome[], index: number): Outcome {
  const outcome = outcomes[index];
  if (outcome === undefined) throw new Error(`Invariant: ingest answered ${outcomes.length} candidates, but not number ${index}.`);
  return outcome;
}

function describeItem(item: ObservationItem | undefined): string {
  return item?.kind === 'unreadable' ? describeFields(item.problems).slice(0, 1_000) : '';
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/** What the inbox and the store throw has a name or a code; anything else is a fault and stays one. */
function refuseUnlessStored(error: unknown): never {
  if (property(error, 'name') === 'InboxFullError') {
    const retryAfterMs = property(error, 'retryAfterMs');
    const retryAfterSec = typeof retryAfterMs === 'number' && retryAfterMs > 0 ? Math.ceil(retryAfterMs / 1_000) : 1;
    throw new ProblemError('inbox-full', 'More is waiting to be stored than this server takes. Nothing of this request was stored; send it again.', {
      headers: { 'Retry-After': String(retryAfterSec) },
    });
  }
  if (property(error, 'code') === 'full' || property(property(error, 'cause'), 'code') === 'full') {
    throw new ProblemError('store-full', 'There is no space to store observations. Send these again later with the same ids: what was stored is recognised.', { headers: { 'Retry-After': '60' } });
  }
  if (property(error, 'name') === 'NotStoredError') {
    throw new ProblemError('not-stored', 'These observations may or may not be stored. Send them again with the same ids: what was stored is recognised.', {
      headers: { 'Retry-After': '5' },
    });
  }
  throw error;
}
