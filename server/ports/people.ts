import type { Tlp } from '../../shared/domain/alarm.ts';
import type { Role, SignInDto } from '../../shared/protocol/session.ts';

/** A named person, as their account says. */
export interface Person {
  readonly account: string;
  readonly name: string;
  readonly role: Role;
}

export type Principal = ({ readonly kind: 'person' } & Person) | { readonly kind: 'nobody' };

/** Everything that not everybody may do. */
export const ACTIONS = [
  'alarm.acknowledge', 'alarm.shelve', 'alarm.unshelve', 'alarm.comment', 'alarm.assign', 'alarm.judge', 'alarm.service', 'alarm.reset', 'shift.hand-over',
  'alarm.read-notes', 'alarm.read-restricted', 'rule.try', 'rule.change', 'audit.read', 'quarantine.release',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What it is done to, as far as that decides: an alarm's label. `null`: it has none. */
export interface Resource {
  readonly tlp: Tlp | null;
}

export interface OpenSession {
  readonly person: Person;
  /** Epoch ms; sooner than the end of idleness when the session's own end comes before it. */
  readonly idleEndsAtMs: number;
}

/** `refused`: account, password or code are wrong, or the account is disabled; which of these is not said. `locked`: too many were wrong. `busy`: too many wait. */
type TurnedAway = { readonly kind: 'refused' | 'busy' } | { readonly kind: 'locked'; readonly retryAfterMs: number };

export type SignInAnswer = TurnedAway
  /** The password is right, and the account asks for a code too, or for a new password that only its owner knows. */
  | { readonly kind: 'code-needed' } | { readonly kind: 'must-change' }
  /** `sessionId`: to be given to the browser, and kept nowhere. */
  | ({ readonly kind: 'signed-in'; readonly sessionId: string } & OpenSession);

type ConfirmAnswer = TurnedAway | { readonly kind: 'confirmed'; readonly person: Person };

/** Who is there, and what they may do. Every coming, going and refusal is a row of the audit trail before it is answered. */
export interface People {
  can(principal: Principal, action: Action, resource: Resource | null): boolean;
  /** Who asks for something: their session lasts on. `null`: no session, or one that has ended. */
  personOf(sessionId: string | null): Person | null;
  /** The same without lasting on, so that a page may look as often as it likes. */
  sessionOf(sessionId: string | null): OpenSession | null;
  /** `station`: address. `newPassword`: to take the place of the right one; `null`: it stays. Rejects with a `StoreError` when the trail cannot be written: then nobody is let in. */
  signIn(asked: SignInDto, station: string, newPassword: string | null): Promise<SignInAnswer>;
  signOut(sessionId: string | null, station: string): Promise<void>;
  /**
   * A second person beside the one who is signed in: their account and password alone, under the same limits, without a session.
   * `for`: what they confirm, for the trail.
   */
  confirm(asked: { readonly account: string; readonly password: string; readonly for: string }, station: string): Promise<ConfirmAnswer>;
}
