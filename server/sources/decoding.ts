import type { z } from 'zod';
import { describeIssues } from '../../shared/protocol/fieldProblem.ts';
import type { DecodedItem } from '../ports/feed.ts';
import type { FeedSettings } from '../ports/feedSettings.ts';
import type { PlaceHint, Placer } from './placement.ts';

/** What a message is read with. */
export interface Decoding {
  readonly feed: FeedSettings;
  readonly placer: Placer;
  readonly receivedAtMs: number;
}

/** @param at what every `where` begins with: "line 3 ", "/0", or "" for a body that is one event */
export function toUnreadable(error: z.ZodError, sent: unknown, at: string, id: string | null = null): DecodedItem {
  if (typeof sent === 'string') {
    // Not the text: nobody knows whom it speaks of.
    return { kind: 'unreadable', id, problems: [{ where: at.trim() || 'body', got: `a text of ${sent.length} characters`, expected: 'an object' }] };
  }
  return { kind: 'unreadable', id, problems: describeIssues(error, sent, []).map((problem) => ({ ...problem, where: `${at}${problem.where}`.trim() || 'body' })) };
}

/** The text under this name; a settings file may name anything, so only own properties count. */
export function textOf(fields: unknown, name: string): string | undefined {
  if (typeof fields !== 'object' || fields === null || !Object.hasOwn(fields, name)) return undefined;
  const value: unknown = Reflect.get(fields, name);
  return typeof value === 'string' ? value : undefined;
}

type Texts = readonly (string | null | undefined)[];

/** What stands under the names that the feed's settings call labels, in their order. */
export function labelHints(by: PlaceHint['by'], { placement }: FeedSettings, textsOf: (name: string) => Texts): PlaceHint[] {
  return placement.labels.flatMap((name) => toHints(by, textsOf(name)));
}

export function toHints(by: PlaceHint['by'], texts: Texts): PlaceHint[] {
  return texts.flatMap((text) => (text === undefined || text === null || text === '' ? [] : [{ by, text }]));
}
