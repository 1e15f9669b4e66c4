import type { z } from 'zod';
import type { FieldProblem } from '../../shared/protocol/fieldProblem.ts';

/** One posted message: its JSON already read strictly (no duplicate names, bounded depth, finite and exact numbers). */
export interface FeedRequest {
  /** Lower case, without parameters. */
  readonly mediaType: string;
  /** Names in lower case; a header sent twice has two values. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly payload: unknown;
}

/** `id`: the sender's own, `null` if none could be read. */
export type DecodedItem =
  | { readonly kind: 'candidate'; readonly id: string | null; readonly candidate: unknown }
  | { readonly kind: 'unreadable'; readonly id: string | null; readonly problems: readonly FieldProblem[] };

export interface DecodedFeed {
  readonly isBatch: boolean;
  /** In the order sent. */
  readonly items: readonly DecodedItem[];
}

/** A form of message, for the description of the interface. */
export interface AcceptedBody {
  readonly mediaType: string;
  readonly description: string;
  readonly schema: z.ZodType;
  readonly example: unknown;
}

/** How one kind of sender speaks. */
export interface FeedAdapter {
  /** Every media type it reads; others are refused before it is asked. */
  readonly accepts: readonly AcceptedBody[];
  /** A sender's shape → candidates for the gate. Pure; never throws on outside data. */
  decode(request: FeedRequest): DecodedFeed;
}
