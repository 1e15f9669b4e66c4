import type { AlertReport } from '../../shared/domain/alertReport.ts';
import { describeIssues } from '../../shared/protocol/fieldProblem.ts';
import type { z } from 'zod';
import type { DecodedItem } from '../ports/feed.ts';
import type { FeedSettings } from '../ports/feedSettings.ts';
import type { PlaceHint, Placer } from './placement.ts';
import { notAfterReceipt } from './senderClock.ts';
import { toBoundedId, toTitle } from './senderText.ts';
import type { NormalisedSeverity } from './severity.ts';
import { withoutPeople } from './withoutPeople.ts';

/** What a security system says of one event, before its place. */
export interface SecurityEvent {
  /** Parts that together are the sender's identity of it; `undefined`: the message has none. */
  readonly identity: readonly (string | undefined)[];
  /** Parts that events of one cause share. */
  readonly condition: readonly (string | undefined)[];
  readonly transition: AlertReport['transition'];
  /** By the sender's clock. Epoch ms. */
  readonly atMs: number;
  readonly severity: NormalisedSeverity;
  /** The first that says something is what people read. */
  readonly titles: readonly (string | undefined)[];
  /** What the message says elsewhere, and a title may not repeat. */
  readonly quoted?: readonly string[];
  readonly hints: readonly PlaceHint[];
}

/** How adapters of security systems are called, line by line or body by body. */
export interface Decoding {
  readonly feed: FeedSettings;
  readonly placer: Placer;
  readonly receivedAtMs: number;
}

export function toReportItem(event: SecurityEvent, { feed, placer, receivedAtMs }: Decoding): DecodedItem {
  const alertId = toId(event.identity);
  return {
    kind: 'report', id: alertId,
    report: {
      kind: 'alert', alertId, conditionId: toId(event.condition), transition: event.transition,
      atMs: notAfterReceipt(event.atMs, receivedAtMs), domain: feed.domain, ...event.severity,
      title: toTitle(event.titles.map((title) => (title === undefined ? undefined : withoutPeople(title, event.quoted ?? []))), feed.format),
      ...placer.place(event.hints, feed.placement),
    },
  };
}

/** @param at what every `where` begins with: "line 3 ", "/0", or "" for a body that is one event */
export function toUnreadable(error: z.ZodError, sent: unknown, at: string): DecodedItem {
  if (typeof sent === 'string') {
    // Not the text: nobody knows whom it speaks of.
    return { kind: 'unreadable', id: null, problems: [{ where: at.trim() || 'body', got: `a text of ${sent.length} characters`, expected: 'an object' }] };
  }
  return { kind: 'unreadable', id: null, problems: describeIssues(error, sent, []).map((problem) => ({ ...problem, where: `${at}${problem.where}`.trim() || 'body' })) };
}

/** The text under this name; a settings file may name anything, so only own properties count. */
export function textOf(fields: unknown, name: string): string | undefined {
  if (typeof fields !== 'object' || fields === null || !Object.hasOwn(fields, name)) return undefined;
  const value: unknown = Reflect.get(fields, name);
  return typeof value === 'string' ? value : undefined;
}

/** What stands under the names that the feed's settings call labels, in their order. */
export function labelHints(textOfLabel: (name: string) => string | undefined, { placement }: FeedSettings): PlaceHint[] {
  return placement.labels.flatMap((name) => toHints('label', textOfLabel(name)));
}

export function toHints(by: PlaceHint['by'], ...texts: readonly (string | undefined)[]): PlaceHint[] {
  return texts.flatMap((text) => (text === undefined || text === '' ? [] : [{ by, text }]));
}

/** Two different lists of parts never give one id: what parts them is escaped within them. */
function toId(parts: readonly (string | undefined)[]): string {
  return toBoundedId(parts.map((part) => (part === undefined ? '-' : part.replace(/[%/]/g, (mark) => (mark === '%' ? '%25' : '%2F')).replace(/^-$/, '%2D'))).join('/'));
}
