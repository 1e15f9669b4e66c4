import type { HandoverOffer } from '../../shared/protocol/answers.ts';
import { HandoverAnswer } from '../../shared/protocol/answers.ts';
import { type Handover, WallId } from '../../shared/protocol/socket.ts';
import { ProblemDetail } from '../../shared/protocol/http.ts';

/** `refused`: the server said no, for a reason that has no words here. `unreachable`: it did not answer. */
export type HandoverFailure = 'unknown' | 'not-connected' | 'handed-over' | 'unfit' | 'refused' | 'unreachable';

const FAILURES: Readonly<Record<string, HandoverFailure>> = { 'not-found': 'unknown', 'not-connected': 'not-connected', 'handed-over': 'handed-over', 'handover-refused': 'unfit' };

async function failureOf(response: Response): Promise<HandoverFailure> {
  const problem = ProblemDetail.safeParse(await response.json().catch(() => null));
  return (problem.success ? FAILURES[problem.data.type.replace('urn:ioc:problem:', '')] : undefined) ?? 'refused';
}

async function post(path: string, body: unknown): Promise<Response | null> {
  return fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).catch(() => null);
}

/** [TW1] The hand-over as the server keeps it, or why there is none. */
export async function handOver(wallId: string, offer: HandoverOffer): Promise<Handover | HandoverFailure> {
  const response = await post(`/api/v1/walls/${WallId.parse(wallId)}/handover`, offer);
  if (response === null) return 'unreachable';
  if (!response.ok) return failureOf(response);
  const answer = HandoverAnswer.safeParse(await response.json().catch(() => null));
  return answer.success ? answer.data.handover : 'refused';
}

/** `done` also when it had ended by itself. */
export async function takeBack(wallId: string, handoverId: string): Promise<'done' | HandoverFailure> {
  const response = await post(`/api/v1/walls/${WallId.parse(wallId)}/handover/end`, { handoverId });
  if (response === null) return 'unreachable';
  return response.ok || response.status === 404 ? 'done' : failureOf(response);
}
