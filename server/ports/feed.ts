import type { z } from 'zod';
import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { DossierReport } from '../../shared/domain/dossierReport.ts';
import type { FieldProblem } from '../../shared/protocol/fieldProblem.ts';
import type { FeedFormat, FeedSettings } from './feedSettings.ts';

/** One line of a text body: its JSON read strictly, its text, or why it could not be read (`where` within the line, "body" for all of it). `line` counts from 1. */
export type BodyLine =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly problems: readonly FieldProblem[] };

/** One posted message: its JSON already read strictly (no duplicate names, bounded depth, finite and exact numbers). */
export interface PostedBody {
  /** Lower case, without parameters. */
  readonly mediaType: string;
  /** Names in lower case; a header sent twice has two values. Empty where the message did not come by HTTP. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** By `reading` of the accepted body: `json` the value, `json-lines` and `text-lines` a list of `BodyLine` without the empty ones, `bytes` a `Uint8Array`. */
  readonly payload: unknown;
}

/** A reading for the gate, or what is wrong with it. `id`: the sender's own, `null` if none could be read. */
export type ObservationItem =
  | { readonly kind: 'candidate'; readonly id: string | null; readonly candidate: unknown }
  | { readonly kind: 'unreadable'; readonly id: string | null; readonly problems: readonly FieldProblem[] };

/** How readings are posted. */
export interface ObservationFeed {
  /** Every media type it reads; others are refused before it is asked. */
  readonly accepts: readonly AcceptedBody[];
  /** Pure; never throws on outside data. `items`: in the order sent. */
  decode(body: PostedBody): { readonly isBatch: boolean; readonly items: readonly ObservationItem[] };
}

export interface FeedRequest extends PostedBody {
  /** When we got it, for messages that do not say when they are from. */
  readonly receivedAtMs: number;
}

export type DecodedItem =
  | ObservationItem
  /** A report of an alert or a dossier, for the books. */
  | {
    readonly kind: 'report'; readonly id: string | null; readonly report: AlertReport | DossierReport;
    /** What the sender's clock said where the report does not: it was ahead of our receipt. Epoch ms. */
    readonly statedAtMs?: number;
  }
  /** Rightly made, and not about anything shown here (a flow record between alerts, a test message): counted, answered `ignored`, not kept. */
  | { readonly kind: 'ignored'; readonly id: string | null; readonly why: string };

export interface DecodedFeed {
  readonly isBatch: boolean;
  /** In the order sent. */
  readonly items: readonly DecodedItem[];
}

/** A form of message, for the description of the interface. */
export interface AcceptedBody {
  readonly mediaType: string;
  /** How the body is read before it is decoded; absent: `json`. */
  readonly reading?: 'json' | 'json-lines' | 'text-lines' | 'bytes';
  /** `text`: a whole number beyond ±(2^53 - 1) is read as the text of its digits; absent: it is refused, because digits would be lost. */
  readonly largeIntegers?: 'text';
  readonly description: string;
  readonly schema: z.ZodType;
  readonly example: unknown;
}

/** How one kind of sender speaks. */
export interface FeedAdapter {
  readonly format: FeedFormat;
  /** Every media type it reads; others are refused before it is asked. */
  readonly accepts: readonly AcceptedBody[];
  /** A sender's shape → candidates for the gate and reports for the books. Pure; never throws on outside data. */
  decode(request: FeedRequest, feed: FeedSettings): DecodedFeed;
}
