import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../../shared/protocol/session.ts';
import type { OpenSession, Person } from '../ports/people.ts';
import type { KeptAccount } from './accountFile.ts';

const MINUTE_MS = 60_000;
/** A watch. */
const WATCH_MS = 12 * 60 * MINUTE_MS;
/** Without a request, by role: whoever may change rules or read who did what is not left signed in at an empty desk. */
const IDLE_MS: Readonly<Record<Role, number>> = { viewer: WATCH_MS, operator: WATCH_MS, auditor: 15 * MINUTE_MS, admin: 15 * MINUTE_MS };
/** However much is asked. */
const LONGEST_MS = WATCH_MS;
/** Of one account: a desk, a tablet, and what was forgotten. The oldest ends. */
const MOST_PER_ACCOUNT = 8;
const ID_BYTES = 32;

interface Session {
  readonly account: string;
  /** As they were when it began: another role or password ends it. */
  readonly role: Role;
  readonly passwordHash: string;
  readonly beganAtMs: number;
  lastAtMs: number;
}

/** In memory: a restart of the server ends them all. */
export interface Sessions {
  /** The id is 256 random bits, kept only as their SHA-256. */
  begin(account: KeptAccount): { readonly sessionId: string } & OpenSession;
  /** `null`: there is none, it has ended, or its account is another than it was. `lastsOn`: somebody asked for something. */
  find(sessionId: string | null, lastsOn: boolean): OpenSession | null;
  /** Whose it was; `null`: there was none. */
  end(sessionId: string | null): Person | null;
}

export function createSessions(nowMs: () => number, accountOf: (account: string) => KeptAccount | undefined): Sessions {
  /** Oldest first. */
  const sessions = new Map<string, Session>();

  const endsAtMs = ({ role, beganAtMs, lastAtMs }: Session) => Math.min(lastAtMs + IDLE_MS[role], beganAtMs + LONGEST_MS);

  function personOf(session: Session): Person | null {
    const kept = accountOf(session.account);
    if (kept === undefined || kept.disabledAtMs !== null || kept.role !== session.role || kept.passwordHash !== session.passwordHash) return null;
    return { account: kept.account, name: kept.name, role: kept.role };
  }

  function open(key: string): { readonly session: Session; readonly person: Person } | null {
    const session = sessions.get(key);
    const person = session === undefined || endsAtMs(session) <= nowMs() ? null : personOf(session);
    if (session !== undefined && person !== null) return { session, person };
    sessions.delete(key);
    return null;
  }

  return {
    begin({ account, name, role, passwordHash }) {
      for (const key of [...sessions.keys()]) open(key);
      const own = [...sessions].filter(([, session]) => session.account === account);
      for (const [key] of own.slice(0, Math.max(0, own.length + 1 - MOST_PER_ACCOUNT))) sessions.delete(key);
      const sessionId = randomBytes(ID_BYTES).toString('base64url');
      const session: Session = { account, role, passwordHash, beganAtMs: nowMs(), lastAtMs: nowMs() };
      sessions.set(keyOf(sessionId), session);
      return { sessionId, person: { account, name, role }, idleEndsAtMs: endsAtMs(session) };
    },
    find(sessionId, lastsOn) {
      const found = sessionId === null ? null : open(keyOf(sessionId));
      if (found === null) return null;
      if (lastsOn) found.session.lastAtMs = Math.max(found.session.lastAtMs, nowMs());
      return { person: found.person, idleEndsAtMs: endsAtMs(found.session) };
    },
    end(sessionId) {
      if (sessionId === null) return null;
      const found = open(keyOf(sessionId));
      sessions.delete(keyOf(sessionId));
      return found?.person ?? null;
    },
  };
}

function keyOf(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('base64url');
}
