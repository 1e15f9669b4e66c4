import { isIP } from 'node:net';
import type { Request } from 'express';
import type { Action, People, Person, Resource } from '../ports/people.ts';
import { ProblemError } from './problem.ts';

const COOKIE = 'ioc_session';
/** Browsers take a cookie of this name only with Secure, for this host and the path "/": no other host or page can put one in its place (RFC 6265bis §4.1.3). */
const COOKIE_OVER_TLS = `__Host-${COOKIE}`;
const CHALLENGE = { 'WWW-Authenticate': 'Session realm="ioc"' };
const LOOPBACK = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/;

/** For the trail: the address that asks. */
export function stationOf(request: Request): string {
  return request.ip ?? 'unknown';
}

/** As the request came: over TLS, also behind a trusted proxy, only the cookie that browsers guard. */
export function sessionIdOf(request: Request): string | null {
  const name = request.secure ? COOKIE_OVER_TLS : COOKIE;
  for (const part of (request.get('Cookie') ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** `null`: it is to be forgotten. Until the browser is closed; the server says how long it is good for. */
export function sessionCookie(request: Request, sessionId: string | null): Readonly<Record<string, string>> {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Strict', ...(request.secure ? ['Secure'] : []), ...(sessionId === null ? ['Max-Age=0'] : [])];
  return { 'Set-Cookie': `${request.secure ? COOKIE_OVER_TLS : COOKIE}=${sessionId ?? ''}; ${attributes.join('; ')}` };
}

/** Who asks; their session lasts on. `null`: nobody is signed in. */
export function personOf({ people }: { readonly people: People }, request: Request): Person | null {
  return people.personOf(sessionIdOf(request));
}

/** @throws ProblemError 401 for nobody, 403 for somebody who may not */
export function requirePerson(dependencies: { readonly people: People }, request: Request, action: Action, resource: Resource | null = null): Person {
  const person = personOf(dependencies, request);
  if (person === null) throw new ProblemError('not-signed-in', 'Sign in first: POST /api/v1/session.', { headers: CHALLENGE });
  if (dependencies.people.can({ kind: 'person', ...person }, action, resource)) return person;
  throw new ProblemError('forbidden', `${person.name} (${person.role}) may not do this: ${action}. docs/operators.md says what each role may do.`);
}

export function signInProblem(kind: 'sign-in-refused' | 'code-needed' | 'must-change-password', detail: string): ProblemError {
  return new ProblemError(kind, detail, kind === 'must-change-password' ? {} : { headers: CHALLENGE });
}

/** Reads what holds a password: what was typed is never said again, not even where it is wrong. @throws ProblemError as `read` does */
export function withoutWhatWasTyped<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { kind, message, headers } = error;
    throw new ProblemError(kind, message, { errors: error.errors.map((problem) => ({ ...problem, got: 'something else' })), headers });
  }
}

/**
 * A password over plain HTTP can be read by whoever the network passes through. What came by way of a proxy that is not trusted shows the proxy's
 * address, and says nothing of how it came so far. @throws ProblemError 403
 */
export function refuseInsecure(request: Request, isPlainTaken: boolean): void {
  if (isPlainTaken || request.secure || isFromThisMachine(request)) return;
  throw new ProblemError('insecure-connection', 'Passwords are taken over HTTPS, or on the server itself. Put a proxy that speaks TLS in front, list its address in IOC_TRUSTED_PROXIES and let it set X-Forwarded-Proto; or say IOC_SIGN_IN=plain where the network is your own.');
}

function isFromThisMachine(request: Request): boolean {
  const isForwarded = ['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host', 'Via'].some((name) => request.get(name) !== undefined);
  return !isForwarded && LOOPBACK.test(request.socket.remoteAddress ?? '') && isLoopbackHost(request.get('Host') ?? '');
}

/** A page that was opened by another name came by way of somebody. */
function isLoopbackHost(host: string): boolean {
  const name = URL.parse(`http://${host}`)?.hostname.replace(/^\[|\]$/g, '') ?? '';
  return isIP(name) === 0 ? name === 'localhost' || name.endsWith('.localhost') : LOOPBACK.test(name);
}
