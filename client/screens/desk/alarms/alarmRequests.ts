import type { z } from 'zod';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { type AcknowledgedDto, AcknowledgedDto as AcknowledgedSchema, type AcknowledgeManyDto, type AssignDto, type CommentDto, type HandOverShiftDto, type JudgeDto, type ShelveDto, type WhyDto } from '../../../../shared/protocol/alarms.ts';
import { ProblemDetail } from '../../../../shared/protocol/http.ts';

/**
 * `again`: it had been done before, and nothing changed. `changed`: it is worse than what was seen. `signed-out`: nobody is signed in any more.
 * `second`: the second person was not accepted. `forbidden`: this account may not. `unknown`: that occurrence is not open. `wait`: too many tries.
 * `not-stored`: it could not be written down, and nothing was done. `unreachable`: no answer, or the log was lost meanwhile, and nobody knows.
 */
export type AlarmOutcome = 'done' | 'again' | 'changed' | 'signed-out' | 'second' | 'forbidden' | 'unknown' | 'wait' | 'refused' | 'not-stored' | 'unreachable';

/** By the kind of problem. What is not here is `refused`. */
const OUTCOMES: Readonly<Record<string, AlarmOutcome>> = {
  'not-signed-in': 'signed-out', forbidden: 'forbidden', 'second-person-needed': 'second', 'alarm-changed': 'changed', 'not-found': 'unknown', 'too-many-requests': 'wait', 'not-stored': 'unreachable', 'store-full': 'not-stored', busy: 'not-stored',
};
const ANSWER_TIMEOUT_MS = 15_000;

type Answer = { readonly outcome: AlarmOutcome; readonly body: unknown };

async function send(path: string, body: unknown): Promise<Answer> {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return { outcome: 'done', body: answer };
    const problem = ProblemDetail.safeParse(answer);
    return { outcome: (problem.success ? OUTCOMES[problem.data.type.replace('urn:ioc:problem:', '')] : undefined) ?? 'refused', body: null };
  } catch {
    return { outcome: 'unreachable', body: null };
  }
}

const of = (id: string, action: string) => `/api/v1/alarms/${encodeURIComponent(id)}/${action}`;
const act = async (id: string, action: string, body: unknown): Promise<AlarmOutcome> => (await send(of(id, action), body)).outcome;

/** What the server made of one alarm of an acknowledgement. */
const FROM_RESULT: Readonly<Record<AcknowledgedDto['results'][number]['outcome'], AlarmOutcome>> = { done: 'done', again: 'again', changed: 'changed', unknown: 'unknown', critical: 'refused' };

/** An alarm as the person sees it now: what they acknowledge. */
export type Seen = Pick<Alarm, 'id' | 'occurrenceId' | 'severity'>;

export const acknowledge = ({ id, occurrenceId, severity }: Seen, comment: string | null) => act(id, 'ack', { occurrenceId, severity, comment });

export interface BulkAnswer {
  readonly outcome: AlarmOutcome;
  readonly outcomesById: ReadonlyMap<string, AlarmOutcome>;
}

export async function acknowledgeMany(alarms: readonly Seen[], comment: string | null): Promise<BulkAnswer> {
  const asked: z.input<typeof AcknowledgeManyDto> = { alarms: alarms.map(({ id, occurrenceId, severity }) => ({ id, occurrenceId, severity })), comment };
  const { outcome, body } = await send('/api/v1/alarms/ack', asked);
  const answer = AcknowledgedSchema.safeParse(body);
  return { outcome: outcome === 'done' && !answer.success ? 'refused' : outcome, outcomesById: new Map(answer.success ? answer.data.results.map((result) => [result.id, FROM_RESULT[result.outcome]]) : []) };
}

export const shelve = (id: string, asked: z.input<typeof ShelveDto>) => act(id, 'shelve', asked);
export const unshelve = (id: string) => act(id, 'unshelve', {});
export const comment = (id: string, asked: z.input<typeof CommentDto>) => act(id, 'comment', asked);
export const assign = (id: string, asked: z.input<typeof AssignDto>) => act(id, 'assign', asked);
export const judge = (id: string, asked: z.input<typeof JudgeDto>) => act(id, 'judge', asked);
export const removeFromService = (id: string, asked: z.input<typeof WhyDto>) => act(id, 'remove-from-service', asked);
export const returnToService = (id: string) => act(id, 'return-to-service', {});
export const reset = (id: string) => act(id, 'reset', {});
export const handOverShift = async (asked: z.input<typeof HandOverShiftDto>) => (await send('/api/v1/shifts', asked)).outcome;
