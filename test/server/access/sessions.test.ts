import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeptAccount } from '../../../server/access/accountFile.ts';
import { createSessions } from '../../../server/access/sessions.ts';
import { ROLES } from '../../../shared/protocol/session.ts';
import { anAccount } from '../../support/somePeople.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

async function someSessions(over: Partial<KeptAccount> = {}) {
  const clock = { nowMs: 1_000_000 };
  const accounts = new Map([['ha.lt', await anAccount(over)]]);
  const sessions = createSessions(() => clock.nowMs, (account) => accounts.get(account));
  return { clock, accounts, sessions, kept: accounts.get('ha.lt')!, begin: () => sessions.begin(accounts.get('ha.lt')!) };
}

describe('[SG4] a session', () => {
  test('is known by 256 random bits, and nothing else', async () => {
    const { sessions, begin } = await someSessions();
    const { sessionId, person } = begin();
    expect(sessionId).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(begin().sessionId).not.toBe(sessionId);
    expect(sessions.find(sessionId, true)?.person).toEqual(person);
    for (const other of [null, '', sessionId.slice(1), `${sessionId} `, sessionId.toLowerCase()]) expect(sessions.find(other, true)).toBeNull();
  });

  test.each([{ role: 'admin', idleMs: 15 * MINUTE_MS }, { role: 'auditor', idleMs: 15 * MINUTE_MS }, { role: 'operator', idleMs: 12 * HOUR_MS }, { role: 'viewer', idleMs: 12 * HOUR_MS }] as const)(
    'of a role $role ends after $idleMs ms without a request, to the millisecond, and looking at it does not make it last', async ({ role, idleMs }) => {
      const { clock, sessions, begin } = await someSessions({ role });
      const { sessionId, idleEndsAtMs } = begin();
      expect(idleEndsAtMs).toBe(clock.nowMs + idleMs);
      clock.nowMs += idleMs - 1;
      expect(sessions.find(sessionId, false)?.idleEndsAtMs).toBe(idleEndsAtMs);
      clock.nowMs += 1;
      expect(sessions.find(sessionId, false)).toBeNull();
      clock.nowMs -= 1;
      expect(sessions.find(sessionId, true)).toBeNull();
    });

  test('lasts on with each request, but never beyond twelve hours', async () => {
    const { clock, sessions, begin } = await someSessions({ role: 'admin' });
    const { sessionId } = begin();
    const startMs = clock.nowMs;
    for (let asked = 1; asked < 72; asked++) {
      clock.nowMs = startMs + asked * 10 * MINUTE_MS;
      expect(sessions.find(sessionId, true)?.idleEndsAtMs).toBe(Math.min(clock.nowMs + 15 * MINUTE_MS, startMs + 12 * HOUR_MS));
    }
    clock.nowMs = startMs + 12 * HOUR_MS;
    expect(sessions.find(sessionId, true)).toBeNull();
  });

  test.each([
    { change: 'is disabled', to: { disabledAtMs: 5 } }, { change: 'has another role', to: { role: 'viewer' as const } }, { change: 'has another password', to: { passwordHash: 'other' } },
  ])('ends when its account $change, and does not come back with it', async ({ to }) => {
    const { accounts, sessions, begin, kept } = await someSessions();
    const { sessionId } = begin();
    accounts.set('ha.lt', { ...kept, ...to });
    expect(sessions.find(sessionId, true)).toBeNull();
    accounts.set('ha.lt', kept);
    expect(sessions.find(sessionId, true)).toBeNull();
  });

  test('goes on under another name, and ends when the account is gone', async () => {
    const { accounts, sessions, begin, kept } = await someSessions();
    const { sessionId } = begin();
    accounts.set('ha.lt', { ...kept, name: 'Lê Thị Hà Giang' });
    expect(sessions.find(sessionId, true)?.person.name).toBe('Lê Thị Hà Giang');
    accounts.delete('ha.lt');
    expect(sessions.find(sessionId, true)).toBeNull();
  });

  test('in any order of comings, requests, ends and time: open exactly until it idles, is ended, is one of more than eight, or twelve hours are over', async () => {
    const account = await anAccount();
    const act = fc.oneof(
      { weight: 2, arbitrary: fc.constant({ act: 'begin' as const }) },
      { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('ask' as const, 'look' as const, 'end' as const), which: fc.nat(20) }) },
      { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.constantFrom(MINUTE_MS, 14 * MINUTE_MS, 15 * MINUTE_MS, 5 * HOUR_MS) }) },
    );
    fc.assert(fc.property(fc.constantFrom(...ROLES), fc.array(act, { maxLength: 60 }), (role, acts) => {
      const clock = { nowMs: 0 };
      const kept = { ...account, role };
      const sessions = createSessions(() => clock.nowMs, () => kept);
      const idleMs = role === 'admin' || role === 'auditor' ? 15 * MINUTE_MS : 12 * HOUR_MS;
      const model: { id: string; beganAtMs: number; lastAtMs: number; isEnded: boolean }[] = [];
      const isOpen = (one: (typeof model)[number]) => !one.isEnded && clock.nowMs < Math.min(one.lastAtMs + idleMs, one.beganAtMs + 12 * HOUR_MS);
      for (const each of acts) {
        if (each.act === 'wait') clock.nowMs += each.ms;
        else if (each.act === 'begin') {
          const open = model.filter(isOpen);
          for (const one of open.slice(0, Math.max(0, open.length - 7))) one.isEnded = true;
          model.push({ id: sessions.begin(kept).sessionId, beganAtMs: clock.nowMs, lastAtMs: clock.nowMs, isEnded: false });
        } else if (model.length > 0) {
          const one = model[each.which % model.length]!;
          const wasOpen = isOpen(one);
          if (each.act === 'end') {
            expect(sessions.end(one.id) !== null).toBe(wasOpen);
            one.isEnded = true;
          } else {
            expect(sessions.find(one.id, each.act === 'ask') !== null).toBe(wasOpen);
            if (each.act === 'ask' && wasOpen) one.lastAtMs = clock.nowMs;
          }
        }
      }
      for (const one of model) expect(sessions.find(one.id, false) !== null).toBe(isOpen(one));
    }));
  });
});
