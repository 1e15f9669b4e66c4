import type { Attack, Tlp } from '../../shared/domain/alarm.ts';
import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { DecodedItem } from '../ports/feed.ts';
import type { Decoding } from './decoding.ts';
import type { PlaceHint } from './placement.ts';
import { notAfterReceipt } from './senderClock.ts';
import { toBoundedId, toTitle } from './senderText.ts';
import type { NormalisedSeverity } from './severity.ts';

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
  readonly attack: Attack | null;
  readonly tlp: Tlp | null;
}

export function toReportItem(event: SecurityEvent, { feed, placer, receivedAtMs }: Decoding): DecodedItem {
  const alertId = toId(event.identity);
  const atMs = notAfterReceipt(event.atMs, receivedAtMs);
  return {
    kind: 'report', id: alertId, ...(atMs === event.atMs ? {} : { statedAtMs: event.atMs }),
    report: {
      kind: 'alert', alertId, conditionId: toId(event.condition), transition: event.transition,
      atMs, domain: feed.domain, ...event.severity,
      title: toTitle(event.titles, feed.format, event.quoted),
      ...placer.place(event.hints, feed.placement), attack: event.attack, tlp: event.tlp,
    },
  };
}

/** Two different lists of parts never give one id: what parts them is escaped within them. */
function toId(parts: readonly (string | undefined)[]): string {
  return toBoundedId(parts.map((part) => (part === undefined ? '-' : part.replace(/[%/]/g, (mark) => (mark === '%' ? '%25' : '%2F')).replace(/^-$/, '%2D'))).join('/'));
}
