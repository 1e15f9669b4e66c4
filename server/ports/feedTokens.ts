import type { FeedScope } from '../../shared/domain/feedScope.ts';
import type { SourceId } from '../../shared/domain/ids.ts';

/** What one token allows. */
export interface FeedGrant {
  readonly tokenId: string;
  readonly feedId: SourceId;
  /** Narrower than the feed's own; absent: as wide. Both must allow an item. */
  readonly scope: { readonly [Part in keyof FeedScope]?: FeedScope[Part] | undefined };
}

export type FeedTokenAnswer =
  | { readonly kind: 'granted'; readonly grant: FeedGrant }
  /** `feedId`: of the token whose id was shown, to count by; it proves nothing. `why`: for the sender, and never with anything secret in it. */
  | { readonly kind: 'refused'; readonly feedId: SourceId | null; readonly reason: 'no-token' | 'unknown-token' | 'revoked-token' | 'expired-token'; readonly why: string };

/** Who posts. The token decides the feed, and nothing else of a request does. */
export interface FeedTokens {
  /** @param authorization the header as sent; `undefined`: none. A token made or revoked by the command counts within a second. */
  judge(authorization: string | undefined): FeedTokenAnswer;
}
