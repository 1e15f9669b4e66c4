import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { LocalizedText } from '../../shared/domain/ids.ts';
import type { AcceptedBody } from '../ports/feed.ts';
import { parseQuery } from './query.ts';
import type { ProblemKind } from './problem.ts';

/** A body that does not change while the server runs, encoded once. */
export interface FixedBody {
  readonly identity: Buffer;
  readonly gzip: Buffer;
  readonly etag: string;
}

export type Reply =
  | { readonly kind: 'json'; readonly value: unknown; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'fixed'; readonly body: FixedBody }
  | { readonly kind: 'picture'; readonly mediaType: string; readonly bytes: Buffer; readonly digest: string }
  | { readonly kind: 'bytes'; readonly mediaType: string; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly mediaType: string; readonly text: string }
  | { readonly kind: 'empty' };

export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { kind: 'json', value, headers };
}

export function toFixedBody(value: unknown): FixedBody {
  const identity = Buffer.from(JSON.stringify(value));
  return { identity, gzip: gzipSync(identity), etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"` };
}

export interface RouteBody {
  readonly accepts: readonly AcceptedBody[];
  readonly limitBytes: number;
}

/** All that the server and the description of the interface need to know of a route. */
export interface RouteDescription {
  readonly method: 'get' | 'post';
  /** As in OpenAPI: "/api/v1/walls/{id}/command". */
  readonly path: string;
  readonly summary: LocalizedText;
  /** By name in the path: what each is, and one for example. */
  readonly pathParameters: Readonly<Record<string, { readonly description: string; readonly example: string }>>;
  readonly query: z.ZodObject;
  readonly body?: RouteBody;
  /** `name` is that of a component; `null` schema: no body, or not JSON. */
  readonly answer: { readonly status: number; readonly mediaType: string | null; readonly schema: z.ZodType | null; readonly name: string; readonly example: unknown };
  readonly problems: readonly ProblemKind[];
  /** Units of the limit of costly requests that this one takes; `null`: not limited. Throws what `handle` would of a wrong query. */
  readonly costOf: ((request: Request) => number) | null;
  /** Takes seconds: has a turnstile of its own, so that charts do not wait behind it. */
  readonly isLong: boolean;
  /** Throws what refuses the request before its body is read; `null`: nothing does. */
  readonly admit: ((request: Request) => Promise<void>) | null;
  /** Answers any host and origin: health checks by name, and reports that browsers send without an origin. */
  readonly isOpenToAll: boolean;
}

export interface Route extends RouteDescription {
  handle(request: Request): Promise<Reply> | Reply;
}

type RouteOptions<Query extends z.ZodObject> = Pick<RouteDescription, 'path' | 'summary' | 'answer'>
  & Partial<Pick<RouteDescription, 'method' | 'pathParameters' | 'body' | 'problems' | 'admit' | 'isOpenToAll' | 'isLong'>>
  & {
    readonly query: Query;
    readonly cost?: (query: z.output<Query>) => number;
    readonly handle: (query: z.output<Query>, request: Request) => Promise<Reply> | Reply;
  };

export function defineRoute<Query extends z.ZodObject>({ query, cost, handle, problems = [], ...options }: RouteOptions<Query>): Route {
  return {
    method: 'get', pathParameters: {}, admit: null, isOpenToAll: false, isLong: false, ...options, query,
    costOf: cost === undefined ? null : (request) => cost(parseQuery(query, request.url)),
    // What comes before any route: a request that cannot be read, or comes from a page or by a name that is not ours.
    problems: ['malformed-request', ...(options.isOpenToAll === true ? [] : ['foreign-origin'] as const), ...problems],
    handle: (request) => handle(parseQuery(query, request.url), request),
  };
}

/** Shorthand for a JSON answer of status 200. */
export function answers(name: string, schema: z.ZodType, example: unknown): RouteDescription['answer'] {
  return { status: 200, mediaType: 'application/json', schema, name, example };
}

export function sendReply(request: Request, response: Response, reply: Reply): void {
  if (reply.kind === 'fixed') {
    sendFixed(request, response, reply.body);
    return;
  }
  if (reply.kind === 'picture') {
    sendPicture(response, reply);
    return;
  }
  response.set('Cache-Control', 'no-store');
  if (reply.kind === 'empty') response.status(204).end();
  else if (reply.kind === 'bytes') response.type(reply.mediaType).end(reply.bytes);
  else if (reply.kind === 'text') response.type(reply.mediaType).end(reply.text);
  // `end`, not `send`: hashing megabytes for an ETag that no one can use again costs more than writing them.
  else response.set({ 'Content-Language': 'vi, en', ...reply.headers }).type('application/json').end(JSON.stringify(reply.value));
}

/** For an `<img>`. Opened as a page of its own it is in a sandbox in which nothing runs and nothing is fetched. */
function sendPicture(response: Response, { mediaType, bytes, digest }: Extract<Reply, { kind: 'picture' }>): void {
  response.set({ 'Cache-Control': 'no-cache', ETag: `"${digest}"`, 'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" });
  response.type(mediaType).send(bytes);
}

/**
 * The order of the catalogue is what frames count by, so a copy from before an upgrade would put numbers on the wrong localities:
 * always revalidated, and cheap to revalidate.
 */
function sendFixed(request: Request, response: Response, { identity, gzip, etag }: FixedBody): void {
  const isGzip = request.acceptsEncodings('gzip', 'identity') === 'gzip';
  response.set({ 'Cache-Control': 'no-cache', 'Content-Language': 'vi, en', ETag: isGzip ? `${etag.slice(0, -1)}-gz"` : etag, Vary: 'Accept-Encoding' });
  if (isGzip) response.set('Content-Encoding', 'gzip');
  response.type('application/json').send(isGzip ? gzip : identity);
}
