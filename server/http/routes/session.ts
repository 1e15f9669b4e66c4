import type { Request } from 'express';
import { z } from 'zod';
import { describeIssues } from '../../../shared/protocol/fieldProblem.ts';
import { ChangePasswordDto, SessionDto, SignInDto } from '../../../shared/protocol/session.ts';
import type { OpenSession, SignInAnswer } from '../../ports/people.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS } from '../examples.ts';
import { refuseInsecure, sessionCookie, sessionIdOf, signInProblem, stationOf, withoutWhatWasTyped } from '../persons.ts';
import { ProblemError } from '../problem.ts';
import { readJson } from '../requestBody.ts';
import { answers, defineRoute, json, type Reply, type Route } from '../route.ts';
import { unlessStored } from '../unlessStored.ts';

const refuseUnlessStored = unlessStored({
  full: 'There is no space for the audit trail, so nobody is let in. Free space on the server.',
  lost: 'The audit trail cannot be written, so nobody is let in. The server\'s log says why.',
});

type Needed = Pick<HttpDependencies, 'people' | 'isPlainSignInTaken'>;

const LIMIT_BYTES = 2_048;
const EXAMPLE: SessionDto = { person: { account: 'ha.lt', name: 'Lê Thị Hà', role: 'operator' }, idleEndsAtMs: AT_EXAMPLE_MS };
const SIGN_IN_EXAMPLE = { account: 'ha.lt', password: '…', code: null };
const PROBLEMS = ['sign-in-refused', 'code-needed', 'must-change-password', 'insecure-connection', 'too-large', 'unsupported-media-type', 'too-many-requests', 'busy', 'not-stored', 'store-full'] as const;

export function sessionRoute({ people }: Needed): Route {
  return defineRoute({
    path: '/api/v1/session', query: z.strictObject({}),
    summary: { vi: 'Ai đang đăng nhập', en: 'Who is signed in; asking does not make the session last longer' },
    answer: answers('Session', SessionDto, EXAMPLE),
    handle: (_query, request) => json(toDto(people.sessionOf(sessionIdOf(request)))),
  });
}

export function signInRoute(needed: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/session', query: z.strictObject({}),
    summary: { vi: 'Đăng nhập', en: 'Sign in; the session is a cookie' },
    body: { limitBytes: LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'Account, password, and the code if the account asks for one.', schema: SignInDto, example: SIGN_IN_EXAMPLE }] },
    answer: answers('Session', SessionDto, EXAMPLE), problems: PROBLEMS,
    handle: (_query, request) => signIn(needed, request, readAs(SignInDto, request), null),
  });
}

export function passwordRoute(needed: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/session/password', query: z.strictObject({}),
    summary: { vi: 'Đặt mật khẩu mới và đăng nhập', en: 'Set a new password and sign in with it; every other session of the account ends' },
    body: { limitBytes: LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'As for signing in, and the new password.', schema: ChangePasswordDto, example: { ...SIGN_IN_EXAMPLE, newPassword: 'mười hai chữ trở lên' } }] },
    answer: answers('Session', SessionDto, EXAMPLE), problems: PROBLEMS,
    handle(_query, request) {
      const { newPassword, ...asked } = readAs(ChangePasswordDto, request);
      return signIn(needed, request, asked, newPassword);
    },
  });
}

export function signOutRoute({ people }: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/session/end', query: z.strictObject({}),
    summary: { vi: 'Đăng xuất', en: 'Sign out' },
    answer: answers('Session', SessionDto, { person: null, idleEndsAtMs: null }),
    problems: ['too-many-requests', 'not-stored', 'store-full'],
    async handle(_query, request) {
      await people.signOut(sessionIdOf(request), stationOf(request)).catch(refuseUnlessStored);
      return json(toDto(null), sessionCookie(request, null));
    },
  });
}

async function signIn({ people, isPlainSignInTaken }: Needed, request: Request, asked: SignInDto, newPassword: string | null): Promise<Reply> {
  refuseInsecure(request, isPlainSignInTaken);
  const answer = await people.signIn(asked, stationOf(request), newPassword).catch(refuseUnlessStored);
  if (answer.kind !== 'signed-in') throw toProblem(answer);
  // Whoever sat here before is gone; the id of their session was known to this browser.
  await people.signOut(sessionIdOf(request), stationOf(request)).catch(refuseUnlessStored);
  return json(toDto(answer), sessionCookie(request, answer.sessionId));
}

function toProblem(answer: Exclude<SignInAnswer, { kind: 'signed-in' }>): ProblemError {
  switch (answer.kind) {
    case 'refused': return signInProblem('sign-in-refused', 'Account, password or code are wrong. After five wrong ones within 15 minutes the account is locked for 15.');
    case 'code-needed': return signInProblem('code-needed', 'The password is right. Send it again with the six digits that the authenticator shows.');
    case 'must-change': return signInProblem('must-change-password', 'The password is right and was made by an administrator. POST it to /api/v1/session/password with one of your own, of 12 characters or more.');
    case 'busy': return new ProblemError('busy', 'Many people sign in just now. Try again.', { headers: { 'Retry-After': '2' } });
    case 'locked': {
      const retryAfterSec = Math.ceil(answer.retryAfterMs / 1_000);
      return new ProblemError('too-many-requests', `Too many wrong passwords or codes. Try again in ${retryAfterSec} s.`, { headers: { 'Retry-After': String(retryAfterSec) } });
    }
  }
}

function readAs<Schema extends z.ZodObject>(schema: Schema, request: Request): z.output<Schema> {
  return withoutWhatWasTyped(() => {
    const body = readJson(request);
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new ProblemError('malformed-request', 'This does not say who signs in.', { errors: describeIssues(parsed.error, body, Object.keys(schema.shape)) });
  });
}

function toDto(session: OpenSession | null): SessionDto {
  return { person: session?.person ?? null, idleEndsAtMs: session?.idleEndsAtMs ?? null };
}
