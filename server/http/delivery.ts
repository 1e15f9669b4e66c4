import { describeFields } from '../../shared/protocol/fieldProblem.ts';
import type { DecodedItem } from '../ports/feed.ts';
import { ProblemError } from './problem.ts';

/** Items that are read from one body. */
export const MAX_ITEMS = 2_000;

/** 4xx only if nothing of it could be read: one bad item never costs the others. @throws ProblemError 413, 400 */
export function refuseUnlessReadable(items: readonly DecodedItem[], noun: string): void {
  if (items.length > MAX_ITEMS) throw new ProblemError('too-large', `${items.length} ${noun}s in one body; at most ${MAX_ITEMS} are read at once.`);
  if (items.length === 0 || items.some(({ kind }) => kind !== 'unreadable')) return;
  throw new ProblemError('malformed-request', items.length === 1 ? `The ${noun} cannot be read. Nothing was stored.` : `None of the ${items.length} ${noun}s can be read. Nothing was stored.`, {
    errors: items.flatMap((item) => (item.kind === 'unreadable' ? item.problems : [])),
  });
}

/** In one line, for answers and counters. Empty unless it could not be read. */
export function describeUnreadable(item: DecodedItem | undefined): string {
  return item?.kind === 'unreadable' ? describeFields(item.problems).slice(0, 1_000) : '';
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/** What the inbox and the store throw has a name or a code; anything else is a fault and stays one. */
export function refuseUnlessStored(error: unknown): never {
  if (property(error, 'name') === 'InboxFullError') {
    const retryAfterMs = property(error, 'retryAfterMs');
    const retryAfterSec = typeof retryAfterMs === 'number' && retryAfterMs > 0 ? Math.ceil(retryAfterMs / 1_000) : 1;
    throw new ProblemError('inbox-full', 'More is waiting to be stored than this server takes. Send this again with the same ids: what of it was stored is recognised.', {
      headers: { 'Retry-After': String(retryAfterSec) },
    });
  }
  if (property(error, 'code') === 'full' || property(property(error, 'cause'), 'code') === 'full') {
    throw new ProblemError('store-full', 'There is no space to store what was sent. Send it again later with the same ids: what was stored is recognised.', { headers: { 'Retry-After': '60' } });
  }
  if (property(error, 'name') === 'NotStoredError') {
    throw new ProblemError('not-stored', 'What was sent may or may not be stored. Send it again with the same ids: what was stored is recognised.', {
      headers: { 'Retry-After': '5' },
    });
  }
  throw error;
}
