import type { ErrorRequestHandler, Response } from 'express';
import type { FieldProblem } from '../../shared/protocol/fieldProblem.ts';
import type { ProblemDetail } from '../../shared/protocol/http.ts';

/** Every way a request can fail, by a name that stays the same. */
export const PROBLEM_KINDS = {
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  unauthorized: { status: 401, title: 'This needs the token of a feed' },
  'not-signed-in': { status: 401, title: 'This needs a person who is signed in' },
  'sign-in-refused': { status: 401, title: 'Account, password or code are wrong' },
  'code-needed': { status: 401, title: 'This account asks for a code too' },
  'must-change-password': { status: 403, title: 'This password must be changed first' },
  'insecure-connection': { status: 403, title: 'Passwords are not taken over this connection' },
  'second-person-needed': { status: 403, title: 'This takes a second person' },
  forbidden: { status: 403, title: 'This person may not do this' },
  'foreign-origin': { status: 403, title: 'The request comes from elsewhere' },
  'feed-refused': { status: 403, title: 'This feed may not send here' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This method does nothing here' },
  'not-connected': { status: 409, title: 'This wall is not connected' },
  'handed-over': { status: 409, title: 'This wall is handed over' },
  'handover-refused': { status: 409, title: 'This wall cannot be handed over so' },
  'exercise-refused': { status: 409, title: 'This exercise cannot start' },
  'note-refused': { status: 409, title: 'This note cannot be changed' },
  'release-refused': { status: 409, title: 'This reading cannot be released' },
  'alarm-changed': { status: 409, title: 'The alarm is worse than what was seen' },
  'act-refused': { status: 409, title: 'This cannot be done to the alarm' },
  'rule-changed': { status: 409, title: 'The rule is another than what was seen' },
  'rule-refused': { status: 409, title: 'This rule cannot be used' },
  'id-conflict': { status: 409, title: 'This id was used for another event' },
  'wrong-format': { status: 409, title: 'This feed sends another format' },
  'precondition-failed': { status: 412, title: 'A condition of the request does not hold' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'This content type is not read here' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'The server failed' },
  'not-stored': { status: 503, title: 'The observations could not be stored' },
  'inbox-full': { status: 503, title: 'The inbox is full' },
  busy: { status: 503, title: 'The server is busy' },
  'not-ready': { status: 503, title: 'The server is not ready' },
  'store-full': { status: 507, title: 'The store is full' },
} as const;
export type ProblemKind = keyof typeof PROBLEM_KINDS;

const MAX_ERRORS = 50;

export interface ProblemOptions {
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by routes and middleware; the one error handler turns it into an RFC 9457 answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly kind: ProblemKind;
  readonly errors: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(kind: ProblemKind, detail: string, { errors = [], headers = {} }: ProblemOptions = {}) {
    super(detail);
    this.kind = kind;
    this.errors = errors;
    this.headers = headers;
  }
}

export function toProblemDetail(kind: ProblemKind, detail: string, errors: readonly FieldProblem[] = [], instance?: string): ProblemDetail {
  const { status, title } = PROBLEM_KINDS[kind];
  return {
    type: `urn:ioc:problem:${kind}`, title, status, detail,
    ...(instance !== undefined && { instance }),
    ...(errors.length > 0 && { errors: errors.slice(0, MAX_ERRORS) }),
  };
}

function send(response: Response, problem: ProblemDetail, headers: Readonly<Record<string, string>>): void {
  response.status(problem.status).set({ 'Cache-Control': 'no-store', 'Content-Language': 'en', ...headers });
  response.type('application/problem+json').send(JSON.stringify(problem));
}

/** What express and body-parser throw for a client's mistake carries a 4xx `status`; anything else is ours. */
export function toProblemError(error: unknown): ProblemError | null {
  if (error instanceof ProblemError) return error;
  if (typeof error !== 'object' || error === null) return null;
  const status: unknown = Reflect.get(error, 'status');
  if (status === 413) {
    const limit = `${String(Reflect.get(error, 'limit'))} bytes`;
    return new ProblemError('too-large', `The body is larger than ${limit}. Send less at once.`, { errors: [{ where: 'body', got: `more than ${limit}`, expected: `at most ${limit}` }] });
  }
  if (status === 412) return new ProblemError('precondition-failed', 'The file is another one than the request\'s conditions (If-Match, If-Unmodified-Since) name.');
  if (status === 415) return new ProblemError('unsupported-media-type', 'Bodies are read as they are: send none of Content-Encoding and a charset of UTF-8.');
  if (status === 404) return new ProblemError('not-found', 'This file is gone; a newer build may have replaced it.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ProblemError('malformed-request', error instanceof Error ? error.message : 'The request cannot be read.');
  }
  return null;
}

/** [X10] The last resort: whatever was thrown becomes a problem document, and nothing of a fault of ours is told outside. */
export function createErrorHandler(reportError: (error: unknown, where: string) => void): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const known = toProblemError(error);
    if (known === null) reportError(error, `${request.method} ${request.path}`);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { kind, message, errors, headers } = known
      ?? new ProblemError('internal', 'The request was understood, but answering it failed. The fault is in the server\'s log; trying again may help.');
    send(response, toProblemDetail(kind, message, errors, request.path), headers);
  };
}
