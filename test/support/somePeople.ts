import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { accountPathIn, changeAccounts, type KeptAccount } from '../../server/access/accountFile.ts';
import { can } from '../../server/access/can.ts';
import { createPeople } from '../../server/access/createPeople.ts';
import { hashPassword } from '../../server/access/password.ts';
import type { AuditDraft } from '../../server/ports/alarmLog.ts';
import type { People } from '../../server/ports/people.ts';
import type { Role } from '../../shared/protocol/session.ts';

export const PASSWORD = 'bốn mùa hoa sữa';

/** A server without accounts. */
export const nobodyAtAll: People = {
  can, personOf: () => null, sessionOf: () => null, signIn: async () => ({ kind: 'refused' }), signOut: async () => {}, confirm: async () => ({ kind: 'refused' }),
};

/** Somebody who is signed in, whatever cookie comes; `can`: what the role may do, unless said. */
export function somebody(role: Role, over: Partial<People> = {}): People {
  const session = { person: { account: 'ha.lt', name: 'Lê Thị Hà', role }, idleEndsAtMs: Date.parse('2026-11-22T19:00:00Z') };
  return {
    ...nobodyAtAll, personOf: () => session.person, sessionOf: () => session, signIn: async () => ({ kind: 'signed-in', sessionId: 'x'.repeat(43), ...session }),
    confirm: async () => ({ kind: 'confirmed', person: session.person }), ...over,
  };
}

/** Of somebody made up, with `PASSWORD`; made once, because it is slow on purpose. */
const passwordHash = hashPassword(PASSWORD);

export async function anAccount(over: Partial<KeptAccount> = {}): Promise<KeptAccount> {
  return { account: 'ha.lt', name: 'Lê Thị Hà', role: 'operator', passwordHash: await passwordHash, totpSecret: null, createdAtMs: 0, disabledAtMs: null, mustChange: false, ...over };
}

/** These accounts in a file of their own, a clock to be turned, and what the trail took. `failWith`: what the next row is refused with. */
export async function somePeople(accounts: readonly Partial<KeptAccount>[], clock = { nowMs: Date.parse('2026-11-22T07:00:00Z') }) {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-people-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = accountPathIn(folder);
  const kept = await Promise.all(accounts.map(anAccount));
  changeAccounts(path, () => kept);
  const trail = { rows: [] as AuditDraft[], failWith: null as Error | null, append: async (_events: readonly unknown[], audit: readonly AuditDraft[]) => {
    const failure = trail.failWith;
    trail.failWith = null;
    if (failure !== null) throw failure;
    trail.rows.push(...audit);
  } };
  const errors: unknown[] = [];
  const open = () => createPeople({ path, trail, nowMs: () => clock.nowMs, onError: (error) => errors.push(error) });
  return { people: await open(), open, path, clock, trail, errors };
}
