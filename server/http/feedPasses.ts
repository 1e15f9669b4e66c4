import type { Request } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { FeedScope } from '../../shared/domain/feedScope.ts';
import { LocalityCode, type SourceId } from '../../shared/domain/ids.ts';
import type { DecodedItem } from '../ports/feed.ts';
import type { FeedFormat, FeedSettings } from '../ports/feedSettings.ts';
import type { FeedGrant } from '../ports/feedTokens.ts';
import type { HttpDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';

const FAILURES_PER_MINUTE = 60;
const EVERYWHERE = [LocalityCode.parse('VN')];
const CHALLENGE = 'Bearer realm="ioc"';

/** Who posts, as its token says. */
export interface FeedPass {
  readonly feed: FeedSettings;
  /** `null`: the feed may speak of this, under this source. */
  whyBeyondFeed(item: DecodedItem): string | null;
  /** `null`: the token, which may be narrower than its feed, allows it. */
  whyBeyondToken(item: DecodedItem): string | null;
}

export interface FeedPasses {
  /** Before the body is read. @throws ProblemError 401, 403, 429 */
  check(request: Request): Promise<FeedPass>;
  /** `null`: the request was not checked, or was refused. */
  passOf(request: Request): FeedPass | null;
  /** Whose token was shown, though it may have been refused. */
  feedIdOf(request: Request): SourceId | null;
}

type Dependencies = Pick<HttpDependencies, 'feedTokens' | 'feedDoor' | 'scopeJudge'>;

export function createFeedPasses({ feedTokens, feedDoor, scopeJudge }: Dependencies): FeedPasses {
  const passes = new WeakMap<Request, FeedPass>();
  const feedIds = new WeakMap<Request, SourceId | null>();
  const failures = new RateLimiterMemory({ points: FAILURES_PER_MINUTE, duration: 60 });

  return {
    async check(request) {
      const answer = feedTokens.judge(request.get('Authorization'));
      if (answer.kind === 'refused') {
        feedIds.set(request, answer.feedId);
        await refuseGuessing(failures, request.ip ?? 'unknown');
        throw unauthorized(answer.why, answer.reason === 'no-token');
      }
      const { grant } = answer;
      feedIds.set(request, grant.feedId);
      const feed = feedDoor.settingsOf(grant.feedId);
      if (feed === undefined) throw new ProblemError('feed-refused', `Token ${grant.tokenId} is of feed "${grant.feedId}", which is not configured here. Add the feed to the file of feeds, or revoke the token.`);
      const pass = toPass(scopeJudge, feed, grant);
      passes.set(request, pass);
      return pass;
    },
    passOf: (request) => passes.get(request) ?? null,
    feedIdOf: (request) => feedIds.get(request) ?? null,
  };
}

/** @throws ProblemError 409 */
export function refuseOtherFormat({ id, format }: FeedSettings, asked: FeedFormat): void {
  if (format === asked) return;
  throw new ProblemError('wrong-format', `Feed "${id}" sends ${format}, not ${asked}. Post it to ${pathOf(format)}, or use the token of a feed that sends ${asked}.`);
}

/** Where a feed of this format posts. */
function pathOf(format: FeedFormat): string {
  return format === 'cloudevents' ? '/api/v1/observations' : `/api/v1/feeds/${format}`;
}

/** Right tokens are never counted, so nobody who fails behind the same address can lock a good feed out. */
async function refuseGuessing(failures: RateLimiterMemory, address: string): Promise<void> {
  try {
    await failures.consume(address);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfterSec = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
    throw new ProblemError('too-many-requests', `More than ${FAILURES_PER_MINUTE} requests without a right token in a minute from one address. Try again in ${retryAfterSec} s, with a right one.`, {
      headers: { 'Retry-After': String(retryAfterSec) },
    });
  }
}

/** RFC 6750 §3: an error code only where a token was shown. */
function unauthorized(why: string, isMissing: boolean): ProblemError {
  return new ProblemError('unauthorized', `${why} Send the token of your feed as "Authorization: Bearer ioc_…"; on the server, npm run ioc -- token create --feed <id> makes one.`, {
    headers: { 'WWW-Authenticate': isMissing ? CHALLENGE : `${CHALLENGE}, error="invalid_token"` },
  });
}

function toPass(judge: HttpDependencies['scopeJudge'], feed: FeedSettings, { scope }: FeedGrant): FeedPass {
  const own: FeedScope = { localities: scope.localities ?? EVERYWHERE, indicators: scope.indicators };
  return {
    feed,
    whyBeyondFeed(item) {
      const sourceId = item.kind === 'candidate' ? textOf(item.candidate, 'sourceId') : null;
      if (sourceId !== null && sourceId !== feed.id) return `source "${sourceId}" is another than the feed that this token is of; send it as "${feed.id}".`;
      return judge.whyOutside(feed, ...placeOf(item));
    },
    whyBeyondToken: (item) => judge.whyOutside(own, ...placeOf(item)),
  };
}

/** What an item is about, as far as it says; what is malformed says nothing and is refused later, for that. */
function placeOf(item: DecodedItem): readonly [localityCode: string | null, indicatorId: string | null] {
  if (item.kind === 'report') return [item.report.localityCode, null];
  if (item.kind !== 'candidate') return [null, null];
  return [textOf(item.candidate, 'localityCode'), textOf(item.candidate, 'indicatorId')];
}

function textOf(value: unknown, name: string): string | null {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : null;
}
