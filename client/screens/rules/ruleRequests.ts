import type { AlarmRule } from '../../../shared/domain/alarmRule.ts';
import { type ChangeRuleDto, type DryRunAskDto, DryRunDto } from '../../../shared/protocol/alarmRules.ts';
import { ProblemDetail } from '../../../shared/protocol/http.ts';

export const RULES_PATH = '/api/v1/alarm-rules?channel=live';
export const historyPath = (ruleId: string) => `/api/v1/alarm-rules/${ruleId}/history?channel=live`;

/** `detail`: in the server's words. `unreachable`: it did not answer, and nothing may have been done. */
export interface RuleTrouble {
  readonly kind: 'movedOn' | 'refused' | 'notSignedIn' | 'forbidden' | 'busy' | 'notStored' | 'unreachable';
  readonly detail: string | null;
}

const KINDS: Readonly<Record<number, RuleTrouble['kind']>> = { 401: 'notSignedIn', 403: 'forbidden', 429: 'busy', 503: 'notStored', 507: 'notStored' };

async function post(path: string, body: unknown, signal?: AbortSignal): Promise<{ readonly answer: unknown } | { readonly trouble: RuleTrouble }> {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), ...(signal !== undefined && { signal }) });
    const answer: unknown = await response.json();
    if (response.ok) return { answer };
    const problem = ProblemDetail.safeParse(answer);
    const type = problem.success ? problem.data.type.replace('urn:ioc:problem:', '') : '';
    const kind = type === 'rule-changed' ? 'movedOn' : type === 'busy' ? 'busy' : KINDS[response.status] ?? 'refused';
    return { trouble: { kind, detail: problem.success ? problem.data.detail : null } };
  } catch {
    return { trouble: { kind: 'unreachable', detail: null } };
  }
}

/** `null`: done. */
export async function changeRule(change: ChangeRuleDto): Promise<RuleTrouble | null> {
  const outcome = await post(`/api/v1/alarm-rules/${change.rule.id}`, change);
  return 'trouble' in outcome ? outcome.trouble : null;
}

export async function tryRule(rule: AlarmRule, span: Omit<DryRunAskDto, 'rule'>, signal: AbortSignal): Promise<{ readonly run: DryRunDto } | { readonly trouble: RuleTrouble }> {
  const outcome = await post('/api/v1/alarm-rules/dry-run', { rule, ...span } satisfies DryRunAskDto, signal);
  if ('trouble' in outcome) return outcome;
  const run = DryRunDto.safeParse(outcome.answer);
  return run.success ? { run: run.data } : { trouble: { kind: 'refused', detail: null } };
}
