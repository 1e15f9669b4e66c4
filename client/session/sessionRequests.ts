import { ProblemDetail } from '../../shared/protocol/http.ts';
import { type ChangePasswordDto, SessionDto, type SignInDto } from '../../shared/protocol/session.ts';

export const SESSION_PATH = '/api/v1/session';

/** `retryAfterMin`: minutes until it may be tried again, 1 and more. `unreachable`: the server did not answer; nothing was tried. */
export type SignInOutcome =
  | { readonly kind: 'done'; readonly session: SessionDto }
  | { readonly kind: 'wrong' | 'codeNeeded' | 'mustChange' | 'insecure' | 'busy' | 'refused' | 'unreachable' }
  | { readonly kind: 'locked'; readonly retryAfterMin: number };

const OUTCOMES: Readonly<Record<string, Exclude<SignInOutcome['kind'], 'done' | 'locked'>>> = {
  'sign-in-refused': 'wrong', 'code-needed': 'codeNeeded', 'must-change-password': 'mustChange', 'insecure-connection': 'insecure', busy: 'busy',
};

/** `newPassword`: to take the place of the one typed; `null`: it stays. */
export async function signIn(asked: SignInDto, newPassword: string | null): Promise<SignInOutcome> {
  const body: SignInDto | ChangePasswordDto = newPassword === null ? asked : { ...asked, newPassword };
  let response: Response;
  try {
    response = await fetch(newPassword === null ? SESSION_PATH : `${SESSION_PATH}/password`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  } catch {
    return { kind: 'unreachable' };
  }
  const answer: unknown = await response.json().catch(() => null);
  const session = SessionDto.safeParse(answer);
  if (response.ok && session.success) return { kind: 'done', session: session.data };
  if (response.status === 429) return { kind: 'locked', retryAfterMin: Math.max(1, Math.ceil(Number(response.headers.get('Retry-After')) / 60)) };
  const problem = ProblemDetail.safeParse(answer);
  return { kind: (problem.success ? OUTCOMES[problem.data.type.replace('urn:ioc:problem:', '')] : undefined) ?? 'refused' };
}

/** `false`: the server did not answer, and the session lasts on there. */
export async function signOut(): Promise<boolean> {
  try {
    return (await fetch(`${SESSION_PATH}/end`, { method: 'POST' })).ok;
  } catch {
    return false;
  }
}
