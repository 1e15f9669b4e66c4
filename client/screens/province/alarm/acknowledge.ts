import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { SEVERITIES, type Severity } from '../../../../shared/domain/severity.ts';
import { type AcknowledgeDto, AlarmDto } from '../../../../shared/protocol/alarms.ts';
import { ProblemDetail } from '../../../../shared/protocol/http.ts';

/** An alarm as somebody saw it: what they acknowledge ([LC3]). */
export type Seen = Pick<Alarm, 'occurrenceId' | 'severity'>;

/** [LC4] Another occurrence, or worse than what was seen. `unknown` is neither better nor worse than any. */
export function isOtherThanSeen(alarm: Seen, seen: Seen): boolean {
  return alarm.occurrenceId !== seen.occurrenceId || isWorse(alarm.severity, seen.severity);
}

function isWorse(severity: Severity, than: Severity): boolean {
  return severity !== 'unknown' && than !== 'unknown' && SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(than);
}

/** `taken`: it has somebody now, who is in the alarm; `null`: it was over, and is closed. `unreachable`: no answer, and nobody knows. */
export type AckOutcome =
  | { readonly kind: 'taken'; readonly alarm: Alarm | null }
  | { readonly kind: 'changed' | 'signedOut' | 'forbidden' | 'gone' | 'noNote' | 'notStored' | 'refused' | 'unreachable' };

const OUTCOMES: Readonly<Record<string, Exclude<AckOutcome['kind'], 'taken'>>> = {
  'alarm-changed': 'changed', 'not-signed-in': 'signedOut', forbidden: 'forbidden', 'not-found': 'gone', 'malformed-request': 'noNote', 'not-stored': 'notStored', 'store-full': 'notStored', 'too-many-requests': 'notStored',
};

/** A network that loses everything says nothing; the person waits before the button. */
const GIVE_UP_MS = 15_000;

/** [AW7] `note`: as typed; empty: none. */
export async function acknowledge(alarmId: string, seen: Seen, note: string): Promise<AckOutcome> {
  const body: AcknowledgeDto = { occurrenceId: seen.occurrenceId, severity: seen.severity, comment: note.trim() === '' ? null : note.trim() };
  let response: Response;
  try {
    response = await fetch(`/api/v1/alarms/${encodeURIComponent(alarmId)}/ack`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(GIVE_UP_MS) });
  } catch {
    return { kind: 'unreachable' };
  }
  const answer: unknown = await response.json().catch(() => null);
  const taken = AlarmDto.safeParse(answer);
  if (response.ok && taken.success) return { kind: 'taken', alarm: taken.data.alarm };
  const problem = ProblemDetail.safeParse(answer);
  return { kind: (problem.success ? OUTCOMES[problem.data.type.replace('urn:ioc:problem:', '')] : undefined) ?? 'refused' };
}
