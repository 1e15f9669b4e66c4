import { hash } from 'node:crypto';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 7;

/** Events that have left the book and must still be known. About 40 bytes each; a restart forgets them, and then no figure can need them. */
export interface LeftEvents {
  has(feedId: string, alertId: string): boolean;
  add(feedId: string, alertId: string, nowMs: number): void;
  /** Forgets what left more than seven whole days ago. */
  forgetOld(nowMs: number): void;
}

export function createLeftEvents(): LeftEvents {
  const identitiesByDay = new Map<number, Set<number>>();
  return {
    has(feedId, alertId) {
      if (identitiesByDay.size === 0) return false;
      const identity = identityOf(feedId, alertId);
      for (const identities of identitiesByDay.values()) if (identities.has(identity)) return true;
      return false;
    },
    add(feedId, alertId, nowMs) {
      const day = Math.floor(nowMs / DAY_MS);
      const identities = identitiesByDay.get(day) ?? new Set();
      identitiesByDay.set(day, identities.add(identityOf(feedId, alertId)));
    },
    forgetOld(nowMs) {
      const today = Math.floor(nowMs / DAY_MS);
      for (const day of identitiesByDay.keys()) if (today - day > KEPT_DAYS) identitiesByDay.delete(day);
    },
  };
}

/** 48 bits: among the 0.8 million that a full book leaves in eight days, a new event is taken for one of them once in 300 million. */
function identityOf(feedId: string, alertId: string): number {
  return hash('sha1', `${feedId}/${alertId}`, 'buffer').readUIntBE(0, 6);
}
