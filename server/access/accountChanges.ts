import type { AuditDraft } from '../ports/alarmLog.ts';
import type { KeptAccount } from './accountFile.ts';

type Accounts = ReadonlyMap<string, KeptAccount>;

/** What a command did to the file of accounts, as rows of the trail. Never a hash or a secret. */
export function describeChanges(before: Accounts, after: Accounts, atMs: number): readonly AuditDraft[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((account) => {
    const detail = changesOf(before.get(account), after.get(account));
    return Object.keys(detail).length === 0 ? [] : [{ atMs, actor: 'system', station: null, action: 'account.change', target: account, outcome: 'done' as const, detail }];
  });
}

function changesOf(was: KeptAccount | undefined, is: KeptAccount | undefined): AuditDraft['detail'] {
  if (is === undefined) return { change: 'removed' };
  if (was === undefined) return { change: 'created', role: is.role, asksForCode: is.totpSecret !== null };
  return {
    ...(was.role !== is.role && { roleBefore: was.role, role: is.role }),
    ...(was.name !== is.name && { name: is.name }),
    ...(was.passwordHash !== is.passwordHash && { isPasswordNew: true }),
    ...(was.totpSecret !== is.totpSecret && { asksForCode: is.totpSecret !== null }),
    ...(was.disabledAtMs !== is.disabledAtMs && { isDisabled: is.disabledAtMs !== null }),
  };
}
