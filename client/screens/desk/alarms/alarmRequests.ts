import { z } from 'zod';
import { Alarm } from '../../../../shared/domain/alarm.ts';
import { type AcknowledgedDto, AcknowledgedDto as AcknowledgedSchema, type AcknowledgeManyDto, type AssignDto, type CommentDto, type HandOverShiftDto, type JudgeDto, type ShelveDto, type WhyDto } from '../../../../shared/protocol/alarms.ts';

/**
 * `again`: it had been done before, and nothing changed. `changed`: it is worse than what was seen. `signed-out`: nobody is signed in any more, or the
 * second person could not be. `forbidden`: this account may not. `unknown`: that alarm is not open. `unreachable`: no answer; sending again is safe.
 */
export type AlarmOutcome = 'done' | 'again' | 'changed' | 'signed-out' | 'forbidden' | 'unknown' | 'refused' | 'unreachable';

const OUTCOMES: Readonly<Record<number, AlarmOutcome>> = { 401: 'signed-out', 403: 'forbidden', 404: 'unknown', 409: 'changed', 503: 'unreachable' };
const ANSWER_TIMEOUT_MS = 15_000;

type Answer = { readonly outcome: AlarmOutcome; readonly body: unknown };

async function send(path: string, body: unknown): Promise<Answer> {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    if (!response.ok) return { outcome: OUTCOMES[response.status] ?? 'refused', body: null };
    return { outcome: 'done', body: await response.json() as unknown };
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

export async function acknowledge({ id, occurrenceId, severity }: Seen, comment: string | null): Promise<AlarmOutcome> {
  const { outcome, body } = await send(of(id, 'ack'), { occurrenceId, severity, comment });
  const answer = AcknowledgedSchema.safeParse(body);
  if (outcome !== 'done' || !answer.success) return outcome;
  const [result] = answer.data.results;
  return result === undefined ? 'refused' : FROM_RESULT[result.outcome];
}

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

/** What only those may read who are signed in. */
export const RestrictedDto = z.object({ alarms: z.array(Alarm) });
